import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { codes } from '../../../generator/diagnostics/codes.ts';
import { wholeFile } from '../../../generator/diagnostics/diagnostic.ts';
import { evolutionCodes } from '../../../generator/diagnostics/evolution-codes.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { coveredByOtherTests } from './covered-codes.ts';
import { fixtures } from './fixtures/all.ts';
import { unmark, type Fixture } from './fixtures/fixture.ts';

const title = ({ slug, about }: Fixture): string => (about === undefined ? slug : `${slug}: ${about}`);

describe('every diagnostic of a definition is given once, where the mistake is', () => {
  it.each(fixtures.map((fixture) => [title(fixture), fixture] as const))('%s', (_, fixture) => {
    const files: Record<string, string | Uint8Array> = {};
    let expected = fixture.wholeFile === undefined ? undefined : wholeFile(fixture.wholeFile);
    for (const [path, content] of Object.entries(fixture.files)) {
      const { text, range } = typeof content === 'string' ? unmark(content) : { text: content, range: undefined };
      files[path] = text;
      if (range !== undefined && typeof text === 'string') expected = { file: path, start: positionIn(text, range[0]), end: positionIn(text, range[1]) };
    }
    const { diagnostics, model } = compile(memoryFileSystem(files), 'protocol.yaml');
    expect(diagnostics.map(({ slug }) => slug)).toEqual([fixture.slug]);
    const [found] = diagnostics;
    expect(found?.range).toEqual(expected);
    expect(found?.code).toBe(codes[fixture.slug].code);
    expect(found?.message).toContain(fixture.message ?? '');
    expect(found?.hint ?? '').toContain(fixture.hint ?? '');
    if (fixture.fixed !== undefined) expect(found?.fix).toEqual({ range: expected, text: fixture.fixed });
    expect(found?.message).not.toMatch(/\{\w+\}|undefined|\[object/);
    expect(model === undefined).toBe(found?.severity === 'error');
  });
});

describe('the registry of codes', () => {
  it('has a test for every code; those of evolution are in tests/generator/breaking', () => {
    const covered = new Set<string>([...fixtures.map(({ slug }) => slug), ...Object.values(coveredByOtherTests).flat(), ...Object.keys(evolutionCodes)]);
    expect(Object.keys(codes).filter((slug) => !covered.has(slug))).toEqual([]);
  });

  it.each(Object.entries(coveredByOtherTests))('is right about %s', (test, slugs) => {
    const text = readFileSync(new URL(test, import.meta.url), 'utf8');
    expect(slugs.filter((slug) => !text.includes(slug))).toEqual([]);
  });

  it('gives no code twice', () => {
    const numbers = Object.values(codes).map(({ code }) => code);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect(number).toMatch(/^VGI[1-9]\d{3}$/);
  });
});

function positionIn(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n');
  return { offset, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
