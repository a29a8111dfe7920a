import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { renderText } from '../../../generator/diagnostics/render-text.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { parseType } from '../../../generator/model/parse-type.ts';
import { unmark } from './fixtures/fixture.ts';
import { nameFixtures } from './fixtures/names.ts';
import { shapeFixtures } from './fixtures/shape.ts';
import { typeFixtures } from './fixtures/types.ts';

/** Definitions to damage: those of the fixtures, which have a bit of everything. */
const texts = [...shapeFixtures, ...nameFixtures, ...typeFixtures].flatMap(({ files }) => Object.values(files).map((text) => unmark(String(text)).text));

const pieces = fc.constantFrom('', ' ', '\n', '\t', ':', '- ', '{', '}', '[', ']', '*a', '&a ', '!', '?', '"', "'", '|\n', '#', '---\n', '1.0.0', 'null', '0', 'utf8', 'list<', '>', 'types:\n', '\r\n', '\u0000', '\u{1f600}');
const damage = fc.record({ text: fc.constantFrom(...texts), edits: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat({ max: 12 }), insert: pieces }), { minLength: 1, maxLength: 4 }) });

describe('whatever the input', () => {
  it('compiling ends with a model or with errors that lie inside the files', () => {
    fc.assert(
      fc.property(damage, ({ text, edits }) => {
        let damaged = text;
        for (const { at, drop, insert } of edits) {
          const offset = Math.floor(at * damaged.length);
          damaged = damaged.slice(0, offset) + insert + damaged.slice(offset + drop);
        }
        const { model, diagnostics, sources } = compile(memoryFileSystem({ 'protocol.yaml': damaged }), 'protocol.yaml');
        expect(model === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
        for (const { range, message } of diagnostics) {
          expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
          expect(range.end.offset).toBeLessThanOrEqual(damaged.length);
          expect(message).not.toMatch(/undefined|\[object|NaN/);
        }
        renderText(diagnostics, sources);
      }),
      { numRuns: 400 },
    );
  });

  it('type expressions are read or refused at a place inside them', () => {
    const tokens = fc.constantFrom('list', 'map', 'utf8', 'timestamp', 'us', 'decimal128', 'ipc', 'Item', '<', '>', ',', ' ', '?', '!', '3', '-', 'é', '');
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const parsed = parseType(text, () => false);
        if (parsed.ok) return;
        expect(parsed.problem.from).toBeGreaterThanOrEqual(0);
        expect(parsed.problem.to).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the definitions of this project', () => {
  const folder = new URL('../../../schema/', import.meta.url);
  const roots = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/protocol.yaml`, folder)));

  it.each(roots.map(({ name }) => name))('%s gives the same diagnostics with any line ends', (name) => {
    const read = (path: string, change: (text: string) => string) => {
      try {
        return new TextEncoder().encode(change(readFileSync(new URL(path, folder), 'utf8')));
      } catch {
        return undefined;
      }
    };
    const [lf, crlf] = ['\n', '\r\n'].map((end) => compile({ read: (path) => read(path, (text) => text.replaceAll('\n', end)) }, `${name}/protocol.yaml`));
    expect(lf?.sources.length).toBeGreaterThan(0);
    expect(crlf?.diagnostics.map(({ slug, range }) => [slug, range.file, range.start.line, range.start.column])).toEqual(lf?.diagnostics.map(({ slug, range }) => [slug, range.file, range.start.line, range.start.column]));
  });
});
