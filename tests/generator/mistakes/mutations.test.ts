import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { renderText } from '../../../generator/diagnostics/render-text.ts';
import { formatText } from '../../../generator/format/format-text.ts';
import { lint } from '../../../generator/lint/lint.ts';
import { rules } from '../../../generator/lint/rules.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { ParseCache } from '../../../generator/load/parse-cache.ts';
import { wholeFile } from '../../../generator/diagnostics/diagnostic.ts';

const disk = new URL('../../../', import.meta.url);
const definitions = ['vgi', 'vgi-secret', 'conformance', 'bench'].map((name) => {
  const root = `schema/${name}/protocol.yaml`;
  const { sources } = compile({ read: (path) => readFileSync(new URL(path, disk)) }, root);
  return { root, sources, bytes: Object.fromEntries(sources.map(({ file, text }) => [file, new TextEncoder().encode(text)])) };
});
const originals = definitions.flatMap(({ root, sources, bytes }) => sources.map(({ file, text }) => ({ root, file, text, others: bytes })));

/** One change of a text; places are given as shares of it. */
type Mutation = (text: string, at: number, to: number, word: string) => string;

const place = (text: string, share: number): number => Math.floor(share * text.length);
const lineAt = (text: string, share: number): readonly [lines: string[], index: number] => {
  const lines = text.split('\n');
  return [lines, Math.floor(share * lines.length)];
};
const onLines = (change: (lines: string[], index: number, other: number) => void): Mutation => (text, at, to) => {
  const [lines, index] = lineAt(text, at);
  change(lines, index, Math.floor(to * lines.length));
  return lines.join('\n');
};

const mutations: Readonly<Record<string, Mutation>> = {
  'drop a line': onLines((lines, index) => void lines.splice(index, 1)),
  'repeat a line': onLines((lines, index) => void lines.splice(index, 0, lines[index] ?? '')),
  'move a line': onLines((lines, index, other) => void lines.splice(other, 0, ...lines.splice(index, 1))),
  'indent a line': onLines((lines, index, other) => void (lines[index] = ' '.repeat(1 + (other % 3)) + lines[index])),
  'dedent a line': onLines((lines, index) => void (lines[index] = (lines[index] ?? '').replace(/^ {1,2}/, ''))),
  'copy a block': onLines((lines, index, other) => void lines.splice(other, 0, ...lines.slice(index, index + 5))),
  'drop a bit': (text, at, to) => text.slice(0, place(text, at)) + text.slice(place(text, at) + 1 + Math.floor(to * 10)),
  'put something in': (text, at, _, word) => text.slice(0, place(text, at)) + word + text.slice(place(text, at)),
  'put another word': (text, at, to, word) => {
    const found = [...text.matchAll(/[A-Za-z_0-9.]+/g)];
    const target = found[Math.floor(at * found.length)];
    const source = to < 0.5 ? word : (found[Math.floor(to * found.length)]?.[0] ?? word);
    return target === undefined ? text : text.slice(0, target.index) + source + text.slice(target.index + target[0].length);
  },
  'end here': (text, at) => text.slice(0, place(text, at)),
};

const words = ['', ' ', '\n', '\t', ':', ': ', '- ', '{', '}', '[', ']', '*a', '&a ', '!', '?', '"', "'", '|\n', '>', '#', ' #', '---\n', '%', '@', '1.0.0', '9.9.9', 'null', '0', '99999999999999999999', 'utf8', 'list<', '>', 'ipc<BindRequest>', 'FunctionType', 'types:\n', '\r\n', '\r', '\u0000', '\ufeff', '\u{1f600}', '\ud800', '__proto__', 'constructor', 'toString'];

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const changes = fc.array(fc.tuple(fc.constantFrom(...Object.keys(mutations)), share, share, fc.constantFrom(...words)), { minLength: 1, maxLength: 3 });

describe('1,000 random changes of our definitions', () => {
  it('end in a model or in errors that lie inside the files; never in an exception, never in a wait', () => {
    const parsed = new ParseCache();
    const samples = fc.sample(changes, { numRuns: 1000, seed: 3 });
    let slowest = 0;
    let broken = 0;
    // File by file, so that the parse of all the others is used again.
    for (const [index, { root, file, text, others }] of originals.entries()) {
      for (const [number, sample] of samples.entries()) {
        if (number % originals.length !== index) continue;
        const damaged = sample.reduce((current, [name, at, to, word]) => mutations[name]?.(current, at, to, word) ?? current, text);
        const what = `${file}, sample ${number}`;
        const start = performance.now();
        const compilation = compile(memoryFileSystem({ ...others, [file]: damaged }), root, wholeFile(root), parsed);
        const found = lint(compilation, rules);
        if (number % 10 === 0) formatText({ file, text: damaged.replaceAll('\ufeff', '') });
        slowest = Math.max(slowest, performance.now() - start);

        const { model, diagnostics, sources } = compilation;
        expect(model === undefined, what).toBe(diagnostics.some(({ severity }) => severity === 'error'));
        if (model === undefined) broken++;
        const lengths = new Map(sources.map((source) => [source.file, source.text.length]));
        for (const { range, message } of found) {
          if (range.start.offset > range.end.offset || range.end.offset > (lengths.get(range.file) ?? 0)) throw new Error(`${what}: a range outside its file: ${JSON.stringify(range)}`);
          if (/undefined|\[object|NaN/.test(message)) throw new Error(`${what}: ${message}`);
        }
        renderText(found, sources);
      }
    }
    expect(broken).toBeGreaterThan(500);
    expect(slowest).toBeLessThan(5000);
  }, 120_000);
});
