import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compile } from '../../generator/compile.ts';

const disk = new URL('../../', import.meta.url);
const definitions = ['vgi', 'vgi-secret', 'conformance', 'bench'].map((name) => {
  const root = `schema/${name}/protocol.yaml`;
  const { sources } = compile({ read: (path) => readFileSync(new URL(path, disk)) }, root);
  return { root, sources, bytes: Object.fromEntries(sources.map(({ file, text }) => [file, new TextEncoder().encode(text)])) };
});

/** Every file of our definitions, with the others of its protocol. */
export const originals = definitions.flatMap(({ root, sources, bytes }) => sources.map(({ file, text }) => ({ root, file, text, others: bytes })));

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

/** What a careless edit does. */
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
/** One to three mutations of a text: which, where, and with which word. */
export const changes = fc.array(fc.tuple(fc.constantFrom(...Object.keys(mutations)), share, share, fc.constantFrom(...words)), { minLength: 1, maxLength: 3 });

export const damage = (text: string, change: readonly (readonly [name: string, at: number, to: number, word: string])[]): string =>
  change.reduce((current, [name, at, to, word]) => mutations[name]?.(current, at, to, word) ?? current, text);
