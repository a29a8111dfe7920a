import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainedCodes } from '../../../generator/diagnostics/explain-code.ts';
import { renderPage } from './render-page.ts';
import { samples } from './samples.ts';

const file = new URL('../../../docs/diagnostics.md', import.meta.url);

describe('docs/diagnostics.md', () => {
  it('is what the registry and the fixtures give', () => {
    const page = renderPage();
    if (process.env['RECORD'] === 'true') writeFileSync(file, page);
    expect(readFileSync(file, 'utf8')).toBe(page);
  });

  it('has every code once, with a meaning and an example', () => {
    const page = readFileSync(file, 'utf8');
    for (const { code, slug, meaning } of explainedCodes()) {
      expect(page.split(`\n### ${code} ${slug}\n`)).toHaveLength(2);
      expect(page).toContain(meaning);
    }
    expect(page).not.toMatch(/undefined|\[object/);
  });

  it('has samples for nothing twice', () => {
    expect(new Set(samples.map(({ slug }) => slug)).size).toBe(samples.length);
  });
});
