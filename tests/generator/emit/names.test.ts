import { describe, expect, it } from 'vitest';
import { DiagnosticCollector } from '../../../generator/diagnostics/diagnostic.ts';
import { EmitError } from '../../../generator/emit/emit-error.ts';
import { TsNames } from '../../../generator/emit/ts/ts-names.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { NameScope } from '../../../generator/names/allocate.ts';
import { camelCase, kebabCase, pascalCase, versionSuffix } from '../../../generator/names/case.ts';
import { splitWords } from '../../../generator/names/words.ts';
import { compileModel } from './emit-library.ts';

describe('words', () => {
  it.each([
    ['catalog_table_get', ['catalog', 'table', 'get']],
    ['TableInOutFunction', ['table', 'in', 'out', 'function']],
    ['HTTPUrl', ['http', 'url']],
    ['FilterNodeV2', ['filter', 'node', 'v2']],
    ['int64_values', ['int64', 'values']],
    ['vgi-secret', ['vgi', 'secret']],
    ['x', ['x']],
  ])('of %s', (name, words) => {
    expect(splitWords(name)).toEqual(words);
  });

  it('make names of every case', () => {
    expect(camelCase('catalog_table_get')).toBe('catalogTableGet');
    expect(pascalCase('HTTPUrl')).toBe('HttpUrl');
    expect(kebabCase('TableInfo')).toBe('table-info');
    expect(versionSuffix('1.3.0')).toBe('V1_3_0');
  });
});

describe('a scope of names', () => {
  const owner = (name: string, line: number) => ({
    name,
    range: { file: 'a.yaml', start: { offset: line, line, column: 1 }, end: { offset: line, line, column: 2 } },
  });

  it('steps aside for reserved names', () => {
    const scope = new NameScope('the methods', (name) => name === 'close', new DiagnosticCollector());
    expect(scope.claim('close', owner('close', 1))).toBe('close_');
    expect(scope.claim('open', owner('open', 2))).toBe('open');
  });

  it('keeps the first of two equal names and reports the second, with the first beside it', () => {
    const diagnostics = new DiagnosticCollector();
    const scope = new NameScope('the methods', () => false, diagnostics);
    scope.claim('getIt', owner('get_it', 1));
    scope.claim('getIt', owner('getIt', 2));
    const [found, ...others] = diagnostics.sorted();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ slug: 'name-collision', range: { start: { line: 2 } }, related: [{ range: { start: { line: 1 } } }] });
    expect(found?.message).toBe('`getIt` and `get_it` in the methods both become `getIt`.');
  });
});

describe('names of TypeScript modules', () => {
  const head = 'protocol: {name: tiny, wire_name: tiny, service: Tiny, request_contract: exact, doc: For tests., versions: {1.0.0: {doc: The only one.}}}\n';
  const namesOf = (text: string) => {
    const model = compileModel(memoryFileSystem({ 'protocol.yaml': head + text }));
    return { model, names: new TsNames(model) };
  };
  const messages = (text: string): readonly string[] => {
    try {
      namesOf(text);
      return [];
    } catch (error) {
      if (!(error instanceof EmitError)) throw error;
      return error.diagnostics.map(({ message, range, related }) => `${range.start.line} ${message} (${related.map((place) => place.range.start.line).join()})`);
    }
  };
  const empty = (name: string): string => `  ${name}: {doc: Something of its own., fields: {}}\n`;

  it('reports a type that has the name of what is made for another one', () => {
    expect(messages(`types:\n${empty('Item')}${empty('EchoParams')}methods:\n  echo: {doc: Says it again., kind: unary, params: {}, result: void}\n`)).toEqual([
      '6 `echo` and `EchoParams` in the modules of tiny both become `EchoParams`. (4)',
      '6 `echo` and `EchoParams` in the modules of tiny both become `echoParamsCodec`. (4)',
    ]);
  });

  it('reports types that differ in case only', () => {
    expect(messages(`types:\n${empty('HttpUrl')}${empty('HTTPUrl')}`)[0]).toBe('4 `HTTPUrl` and `HttpUrl` in the modules of tiny both become `HttpUrl`. (3)');
  });

  it('lets a name given for TypeScript win', () => {
    const { model, names } = namesOf(`types:\n${empty('HttpUrl')}  HTTPUrl: {doc: Something of its own., fields: {}, names: {ts: Address}}\n`);
    expect(model.types.map((type) => names.of(type))).toEqual(['HttpUrl', 'Address']);
  });

  it('does not hide what generated code imports', () => {
    const { model, names } = namesOf(`types:\n${empty('Schema')}${empty('Map')}${empty('List')}methods:\n  then: {doc: Goes on from there., kind: unary, params: {}, result: void}\n`);
    expect(model.types.map((type) => names.of(type))).toEqual(['Schema_', 'Map_', 'List_']);
    expect(model.methods.map((method) => names.method(method).method)).toEqual(['then_']);
  });

  it('does not rename when something is declared after it', () => {
    const declarations = [...'abc'].map((letter) => empty(`Type${letter.toUpperCase()}`));
    const before = namesOf(`types:\n${declarations.slice(0, 2).join('')}`);
    const after = namesOf(`types:\n${declarations.join('')}`);
    expect(after.model.types.map((type) => after.names.of(type)).slice(0, 2)).toEqual(before.model.types.map((type) => before.names.of(type)));
  });
});
