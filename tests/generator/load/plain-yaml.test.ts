import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticCollector } from '../../../generator/diagnostics/diagnostic.ts';
import { commentsIn, lexComments } from '../../../generator/load/comments.ts';
import { parseAnyYaml } from '../../../generator/load/parse-any-yaml.ts';
import { readPlainYaml } from '../../../generator/load/plain-yaml.ts';
import { SourceLocator, type SourceNode } from '../../../generator/load/source-node.ts';
import { changes, damage, originals } from '../damaged-definitions.ts';

/** Values, order of members and positions of everything. */
const shown = (node: SourceNode): unknown => {
  const { start, end } = node.range;
  const { start: keyStart, end: keyEnd } = node.keyRange;
  const children = [...node.entries()].map(([name, child]) => [name, shown(child)]);
  return [node.value, start.offset, start.line, start.column, end.offset, keyStart.offset, keyEnd.offset, children];
};

const read = (text: string): unknown => {
  const node = readPlainYaml(new SourceLocator('a.yaml', text));
  return node && shown(node);
};

/** What the `yaml` package makes of a text; `undefined` if it finds something wrong. */
const readWithPackage = (text: string): unknown => {
  const diagnostics = new DiagnosticCollector();
  const node = parseAnyYaml(new SourceLocator('a.yaml', text), diagnostics);
  return diagnostics.sorted().length === 0 ? node && shown(node) : undefined;
};

/** Reads like the package, or not at all. */
function expectSame(text: string): boolean {
  const plain = read(text);
  if (plain === undefined) return false;
  expect(plain, JSON.stringify(text)).toEqual(readWithPackage(text));
  expect(commentsIn(text), JSON.stringify(text)).toEqual(lexComments(text));
  return true;
}

describe('the reader of plain YAML', () => {
  it('reads all of our definitions, like the yaml package', () => {
    expect(originals.filter(({ text }) => !expectSame(text)).map(({ file }) => file)).toEqual([]);
  });

  it('reads damaged definitions like the package or not at all', () => {
    let readable = 0;
    for (const [index, change] of fc.sample(changes, { numRuns: 2000, seed: 7 }).entries()) {
      const { text } = originals[index % originals.length] as (typeof originals)[number];
      // Short pieces, so that the damage is not one place among thousands.
      const lines = text.split('\n');
      const from = lines.findIndex((line, at) => at >= (index * 7) % lines.length && /^[a-z]/.test(line));
      if (expectSame(damage(lines.slice(Math.max(0, from), from + 60).join('\n'), change))) readable++;
    }
    expect(readable).toBeGreaterThan(300);
  });

  it('reads random arrangements of the parts of YAML like the package or not at all', () => {
    const part = fc.constantFrom('a', 'b: ', 'c:', 'key: text', '- ', '-', '{', '}', '[', ']', ', ', ',', ': ', ':', '\n', '\n  ', '\n    ', '\n\n', ' ', '  ', '# c', ' # d', '"', "'", '"q"', "'it''s'", '"\\n"', '|\n', '>-\n', '>\n  x\n', '|-', '1', '-1', '0', '007', '1.0', '1.0.0', '2026-06-15', '1e3', 'null', '~', 'true', 'text two', '?', '&x', '*x', '!t', '@', '%', '`', '...', '\u00e4', '\u00a0', '\u2028', '__proto__: ', 'e: [', 'f: {g: ', 'h: |\n  lines\n  more\n', 'i: >-\n  one\n\n  two\n', 'j:\n  k: ');
    const text = fc.array(part, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(''));
    let readable = 0;
    for (const sample of fc.sample(text, { numRuns: 20_000, seed: 11 })) {
      if (expectSame(sample)) readable++;
      if (expectSame(`x: ${sample}\n`)) readable++;
      if (expectSame(`x:\n  y: ${sample}\n`)) readable++;
    }
    expect(readable).toBeGreaterThan(1000);
  });
});
