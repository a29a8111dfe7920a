import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { diskFileSystem, memoryFileSystem, type FileSystem } from '../../../generator/load/file-system.ts';
import { definition, protocolHead } from './fixtures/fixture.ts';

const projectFolder = new URL('../../..', import.meta.url).pathname;

function modelOf(files: Readonly<Record<string, string>>) {
  const { model, diagnostics } = compile(memoryFileSystem(files), 'protocol.yaml');
  expect(diagnostics).toEqual([]);
  if (model === undefined) throw new Error('no model');
  return model;
}

describe('a definition without mistakes', () => {
  it('needs ten lines', () => {
    const text = `protocol:
  name: parrot
  wire_name: parrot.v1
  service: Parrot
  request_contract: exact
  doc: A bird that repeats what it hears.
  versions: {1.0.0: {doc: The first words.}}
methods:
  repeat_words: {kind: unary, doc: Says it again., params: {words: {type: utf8, doc: What to say.}}, result: utf8}
`;
    const model = modelOf({ 'protocol.yaml': text });
    expect(model.protocol).toMatchObject({ name: 'parrot', current: '1.0.0', versions: [{ version: '1.0.0', served: true }] });
    expect(model.methods).toMatchObject([{ name: 'repeat_words', kind: 'unary', since: '1.0.0', params: [{ name: 'words', carriesNull: false, secret: false, was: [] }], result: { type: { type: { kind: 'utf8' } } } }]);
  });

  it('fills in what was left out', () => {
    const model = modelOf(
      definition(`types:
  Item:
    doc: Something sold.
    since: 1.4.0
    fields:
      path:
        type: list<utf8>
        doc: From the root.
        was: [{before: 2.0.0, name: name, type: utf8, convert: single_component_path}]
      label: {type: utf8?, doc: Null if it has none., was: [{before: 2.0.0, type: utf8}]}
enums:
  Colour: {doc: What it looks like., members: {NULL: {doc: Not known., value: none}}}
batches:
  Rows: {doc: What was sold., columns: {item: {type: any, doc: Its number.}}}
`),
    );
    expect(model.protocol.current).toBe('2.0.0');
    const [path, label] = model.types[0]?.fields ?? [];
    expect(path).toMatchObject({ since: '1.4.0', was: [{ before: '2.0.0', name: 'name', type: { type: { kind: 'utf8' }, nullable: false }, convert: 'single_component_path' }] });
    expect(label?.was).toMatchObject([{ name: 'label', type: { nullable: false } }]);
    expect(model.enums).toMatchObject([{ encoding: 'dictionary', since: '1.0.0', members: [{ name: 'NULL', value: 'none' }] }]);
    expect(model.batches).toMatchObject([{ rows: 'any', open: false, columns: [{ name: 'item', type: 'any', since: '1.0.0' }] }]);
  });

  it('tells a default of null from no default', () => {
    const [first, second, third] = modelOf(
      definition('types:\n  Item:\n    doc: Something sold.\n    fields:\n      a: {type: utf8?, doc: One thing., default: null}\n      b: {type: utf8?, doc: Another., default: }\n      c: {type: utf8?, doc: Yet another.}\n'),
    ).types[0]?.fields ?? [];
    expect([first?.default, second?.default, third?.default]).toEqual([{ value: null }, { value: null }, undefined]);
  });

  it('makes one field of a wrapped request, and reads all forms of results, streams and operations', () => {
    const { methods } = modelOf(
      definition(`types:
  Question: {doc: Asked once., fields: {}}
methods:
  ask: {kind: unary, doc: Waits for an answer., request: Question, result: {type: ipc<Question>?, doc: Asked in return.}, operation: {object: table, action: ask, default: {constant: null}}}
  tell: {kind: unary, doc: Waits for nothing., result: void, operation: {object: table, action: tell, default: no_op}}
  talk: {kind: stream, doc: Goes on., header: Question, input: dynamic, output: {words: {type: utf8?, doc: Said so far.}}, operation: {object: table, action: talk, required: true}}
`),
    );
    const [ask, tell, talk] = methods;
    expect(ask).toMatchObject({ request: 'Question', params: [{ name: 'request', type: { type: { kind: 'ipc', name: 'Question' }, nullable: false } }], result: { doc: 'Asked in return.' } });
    expect(ask?.operation).toEqual({ object: 'table', action: 'ask', required: false, default: { kind: 'constant', value: null } });
    expect(tell?.result).toBeUndefined();
    expect(talk).toMatchObject({ header: 'Question', input: { dynamic: true }, output: { dynamic: false, fields: [{ name: 'words' }] }, operation: { required: true } });
  });

  it('needs no default for a removed field that an adapter supplies', () => {
    const files = definition('types:\n  Item:\n    doc: Something sold.\n    adapt: adaptItem\n    fields:\n      price: {type: int64, doc: In cents., removed: 2.0.0}\n');
    expect(modelOf(files).types[0]?.adapt).toBe('adaptItem');
    const { diagnostics } = compile(memoryFileSystem({ 'protocol.yaml': String(files['protocol.yaml']).replace('    adapt: adaptItem\n', '') }), 'protocol.yaml');
    expect(diagnostics.map(({ slug }) => slug)).toEqual(['missing-default']);
  });

  it('reads aliases where they stand', () => {
    const [say, repeat] = modelOf(
      definition(`methods:
  say: {kind: producer, doc: Talks., params: {}, output: &words {words: {type: utf8?, doc: Said so far.}}}
  again: {kind: producer, doc: Talks once more., output: *words}
`),
    ).methods;
    expect(repeat?.output).toEqual(say?.output);
  });
});

describe('the same definition gives the same model', () => {
  const files: Readonly<Record<string, string>> = {
    'protocol.yaml': `${protocolHead}include: [b/one.yaml, a.yaml]\ntypes:\n  Root: {doc: Where it starts., fields: {}}\n`,
    'a.yaml': 'types:\n  A:\n    doc: >-\n      Comes\n      last.\n    fields:\n      x:\n        type: "list<Colour>"\n        doc: |\n          Two\n          lines.\n',
    'b/one.yaml': 'include: [two.yaml]\ntypes:\n  One: {doc: Second., fields: {two: {type: ipc<Two>, doc: Inside.}}}\n',
    'b/two.yaml': 'types:\n  Two: {doc: Third., fields: {}}\nenums:\n  Colour: {doc: What it looks like., members: {RED: {doc: As blood.}}}\n',
  };
  const expected = modelOf(files);

  it('in the order of includes, depth first', () => {
    expect(expected.types.map(({ name }) => name)).toEqual(['Root', 'One', 'Two', 'A']);
  });

  it('whatever order the files are held in', () => {
    expect(modelOf(Object.fromEntries(Object.entries(files).reverse()))).toEqual(expected);
  });

  it('with CRLF, apart from offsets', () => {
    const crlf = modelOf(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')])));
    expect(withoutOffsets(crlf)).toEqual(withoutOffsets(expected));
  });

  it('with a byte order mark', () => {
    expect(modelOf({ ...files, 'a.yaml': `\ufeff${files['a.yaml']}` })).toEqual(expected);
  });

  it('from another working folder', () => {
    const first = compile(diskFileSystem(projectFolder), 'schema/conformance/protocol.yaml');
    const relative = compile(diskFileSystem(`${projectFolder}/docs/../`), './schema/../schema/conformance/protocol.yaml');
    expect(first.sources.length).toBeGreaterThan(1);
    expect(relative).toEqual(first);
  });
});

describe('loading', () => {
  it('reads a file that two others include once', () => {
    let reads = 0;
    const files = { 'protocol.yaml': `${protocolHead}include: [a.yaml, b.yaml]\n`, 'a.yaml': 'include: [c.yaml]\n', 'b.yaml': 'include: [c.yaml]\n', 'c.yaml': 'types: {T: {doc: Shared by both., fields: {}}}\n' };
    const memory = memoryFileSystem(files);
    const counting: FileSystem = {
      read(path) {
        if (path === 'c.yaml') reads++;
        return memory.read(path);
      },
    };
    const { model, sources } = compile(counting, 'protocol.yaml');
    expect(model?.types.map(({ name }) => name)).toEqual(['T']);
    expect([reads, sources.map(({ file }) => file)]).toEqual([1, ['protocol.yaml', 'a.yaml', 'c.yaml', 'b.yaml']]);
  });

  it('says why a file cannot be read', () => {
    const locked: FileSystem = {
      read(path) {
        if (path === 'a.yaml') throw new Error('permission denied');
        return memoryFileSystem({ 'protocol.yaml': `${protocolHead}include: [a.yaml]\n` }).read(path);
      },
    };
    expect(compile(locked, 'protocol.yaml').diagnostics).toMatchObject([{ slug: 'file-not-readable', message: 'cannot read `a.yaml`: permission denied.', range: { start: { line: 11, column: 11 } } }]);
  });

  it('does not report names as unknown that a missing file may declare', () => {
    const files = { 'protocol.yaml': `${protocolHead}include: [gone.yaml]\ntypes: {T: {doc: Something else., fields: {x: {type: Gone, doc: Elsewhere.}}}}\n` };
    expect(compile(memoryFileSystem(files), 'protocol.yaml').diagnostics.map(({ slug }) => slug)).toEqual(['file-not-found']);
  });
});

describe('several mistakes', () => {
  it('are all found, wherever they are, in the order of files and places', () => {
    const files = {
      'protocol.yaml': `${protocolHead}include: [b.yaml, a.yaml]\n`,
      'b.yaml': 'types:\n  B:\n    doc: Something.\n    fields:\n      x: {type: Nowhere, doc: Not there.}\n      y: {type: list<, doc: Not read.}\n      z: {typ: utf8, doc: Misspelled.}\n  C: {doc: Fine., fields: {b: {type: B?, doc: Broken elsewhere.}, w: {type: Missing?, doc: Not there.}}}\n',
      'a.yaml': 'enums:\n  E: {doc: Fine., members: {A: {doc: First., since: 9.0.0}}}\n',
    };
    expect(compile(memoryFileSystem(files), 'protocol.yaml').diagnostics.map(({ slug, range }) => `${range.file}:${range.start.line} ${slug}`)).toEqual([
      'a.yaml:2 unknown-version',
      'b.yaml:5 unknown-type',
      'b.yaml:6 type-syntax',
      'b.yaml:7 unknown-property',
      'b.yaml:8 unknown-type',
    ]);
  });
});

const withoutOffsets = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'offset' ? undefined : member)));
