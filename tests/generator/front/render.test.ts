import { describe, expect, it } from 'vitest';
import { createColors } from 'picocolors';
import { compile } from '../../../generator/compile.ts';
import { createDiagnostic, sortDiagnostics, wholeFile } from '../../../generator/diagnostics/diagnostic.ts';
import { renderInternalError } from '../../../generator/diagnostics/render-internal-error.ts';
import { renderJson } from '../../../generator/diagnostics/render-json.ts';
import { renderText, summarize } from '../../../generator/diagnostics/render-text.ts';
import { closest } from '../../../generator/diagnostics/suggest.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { protocolHead } from './fixtures/fixture.ts';

const text = `${protocolHead}types:\n  Item: {doc: Something sold., fields: {next: {type: ipc<Itm>?, doc: What follows.}}}\n  Size: {doc: In cm., fields: {a: {type: utf8, doc: One.}}}\nenums:\n  Item: {doc: Else., members: {A: {doc: First.}}}\n`;
const { diagnostics, sources } = compile(memoryFileSystem({ 'protocol.yaml': text }), 'protocol.yaml');

describe('the text form', () => {
  it('shows place, message, line, related places and hint', () => {
    expect(renderText(diagnostics, sources)).toBe(`protocol.yaml:12:58 - error VGI3002 unknown-type: field \`next\` of \`Item\` uses \`Itm\`, which is neither a type, an enum nor a built-in type.
  12 |   Item: {doc: Something sold., fields: {next: {type: ipc<Itm>?, doc: What follows.}}}
     |                                                          ^^^
  hint: did you mean \`Item\` (declared at protocol.yaml:12:3)?

protocol.yaml:15:3 - error VGI3001 duplicate-name: the enum \`Item\` is declared twice.
  15 |   Item: {doc: Else., members: {A: {doc: First.}}}
     |   ^^^^
  see: protocol.yaml:12:3 - the first one
  hint: rename or remove one of the two.
`);
  });

  it('counts errors, warnings and files', () => {
    expect(summarize([])).toBe('');
    expect(summarize(diagnostics)).toBe('2 errors in 1 file');
    const warning = createDiagnostic('never-served', wholeFile('other.yaml'), { owner: 'field `a`' });
    expect(summarize([warning])).toBe('1 warning in 1 file');
    expect(summarize([...diagnostics, warning])).toBe('2 errors, 1 warning in 2 files');
  });

  it('shows no line for a file as a whole', () => {
    expect(renderText([createDiagnostic('empty-file', wholeFile('protocol.yaml'), {})], sources)).toMatch(/^protocol\.yaml - error VGI1004 empty-file: .*\n {2}hint: .*\n$/);
  });

  it('is coloured only if asked', () => {
    expect(renderText(diagnostics, sources)).not.toContain('\u001b');
    expect(renderText(diagnostics, sources, createColors(true))).toContain('\u001b[31merror');
  });

  it('lines the marks up under tabs and cuts long lines around them', () => {
    const long = `# ${'x'.repeat(300)}\n\t  ${'y'.repeat(300)}here`;
    const offset = long.indexOf('here');
    const range = { file: 'a.yaml', start: { offset, line: 2, column: offset - long.indexOf('\n') }, end: { offset: offset + 4, line: 2, column: offset - long.indexOf('\n') + 4 } };
    const [, line = '', marks = ''] = renderText([createDiagnostic('yaml-syntax', range, { problem: 'no' })], [{ file: 'a.yaml', text: long }]).split('\n');
    expect(line.length).toBeLessThan(200);
    expect(line.slice(marks.indexOf('^'))).toBe('here');
    const tab = { file: 'a.yaml', start: { offset: long.indexOf('y'), line: 2, column: 4 }, end: { offset: long.indexOf('y') + 1, line: 2, column: 5 } };
    expect(renderText([createDiagnostic('yaml-syntax', tab, { problem: 'no' })], [{ file: 'a.yaml', text: long }]).split('\n')[2]).toBe('    | \t  ^');
  });

  it('cannot be used to drive a terminal', () => {
    const nasty = createDiagnostic('unknown-type', wholeFile('a.yaml'), { owner: 'field', name: '\u001b[2J\u0007' });
    expect(renderText([nasty], [])).toContain('`\\x1b[2J\\x07`');
  });
});

describe('the JSON form', () => {
  it('has everything a program may want', () => {
    const { diagnostics: found, kept } = JSON.parse(renderJson(diagnostics, { kept: 3 })) as { diagnostics: unknown[]; kept: number };
    expect(kept).toBe(3);
    expect(found).toEqual(JSON.parse(JSON.stringify(diagnostics)));
    expect(found[0]).toMatchObject({ code: 'VGI3002', slug: 'unknown-type', severity: 'error', range: { file: 'protocol.yaml', start: { line: 12, column: 58 } }, fix: { text: 'Item' } });
  });
});

describe('diagnostics', () => {
  it('are sorted by file and place, each once', () => {
    const at = (file: string, offset: number) => createDiagnostic('empty-file', { file, start: { offset, line: 1, column: offset + 1 }, end: { offset: offset + 1, line: 1, column: offset + 2 } }, {});
    expect(sortDiagnostics([at('b', 1), at('a', 7), at('a', 2), at('b', 1)]).map(({ range }) => `${range.file}${range.start.offset}`)).toEqual(['a2', 'a7', 'b1']);
  });

  it('say of our own failures that they are ours, with versions and stack', () => {
    const shown = renderInternalError(new Error('no such thing'), '1.2.3');
    expect(shown).toMatch(/VGI9001 internal: vgi-gen failed: no such thing\.\n {2}hint: this is a bug of vgi-gen/);
    expect(shown).toContain(`vgi-gen 1.2.3, node ${process.version}`);
    expect(shown).toContain('render.test.ts');
  });
});

describe('suggestions', () => {
  it.each([
    ['utf9', 'utf8'],
    ['tpye', 'type'],
    ['INT64', 'int64'],
    ['colour', undefined],
    ['x', undefined],
  ])('%s: %s', (written, meant) => {
    expect(closest(written, ['type', 'int64', 'utf8', 'binary'])).toBe(meant);
  });
});
