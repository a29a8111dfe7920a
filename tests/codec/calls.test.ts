import { describe, expect, test } from 'vitest';
import { IpcMessageReader } from '../../runtime/arrow/ipc-message-reader.ts';
import * as v from '../../runtime/v1.ts';
import { testCodec } from './layouts.ts';

const { field, optional, required, Schema } = v;
const item = (type: v.DataType): v.Field => field('item', type, true);

interface Node {
  readonly name: string;
  readonly next: Node | undefined;
  readonly kind: 'LEAF' | 'INNER';
}

const nodeCodec: v.RecordCodec<Node> = testCodec<Node>(
  'Node',
  new Schema([field('name', v.utf8), field('next', v.binary, true), field('kind', v.dictionaryOf(v.int16, v.utf8))]),
  { name: required(v.utf8Value), next: optional(v.ipcValue(() => nodeCodec)), kind: required(v.enumValue(['LEAF', 'INNER'])) },
  { dictionaries: { kind: ['LEAF', 'INNER'] } },
);

const listCodec = testCodec<{ items: readonly (Node | null)[]; label: string }>('Nodes', new Schema([field('items', v.listOf(item(v.largeBinary))), field('label', v.utf8)]), {
  items: required(v.listValue(v.nullable(v.ipcValue(() => nodeCodec)))),
  label: required(v.utf8Value),
});

const leaf = (name: string): Node => ({ name, next: undefined, kind: 'LEAF' });
const chain = (length: number): Node => Array.from({ length }).reduce<Node>((next, _, i) => ({ name: `n${i}`, next, kind: 'INNER' }), leaf('end'));

describe('nested records', () => {
  test('one in another, and in lists', () => {
    expect(nodeCodec.decode(nodeCodec.encode(chain(10)))).toEqual(chain(10));
    const value = { items: [leaf('a'), null, chain(2), leaf('ü')], label: 'x' };
    expect(listCodec.decode(listCodec.encode(value))).toEqual(value);
  });

  test('each is a complete stream by itself', () => {
    const batch = v.RecordBatch.fromIpc(listCodec.encode({ items: [chain(1), leaf('b')], label: '' }));
    const items = batch.columnValues('items')[0] as Uint8Array[];
    expect(items.map((bytes) => nodeCodec.decode(bytes))).toEqual([chain(1), leaf('b')]);
    expect(items.map((bytes) => v.RecordBatch.fromIpc(bytes).columnValues('kind')[0])).toEqual(['INNER', 'LEAF']);
  });

  test('more than the first buffer holds', () => {
    const value = { items: Array.from({ length: 3000 }, (_, i) => leaf(`name ${i} ${'x'.repeat(i % 300)}`)), label: 'many' };
    for (let i = 0; i < 3; i++) expect(listCodec.decode(listCodec.encode(value))).toEqual(value);
  });

  test('errors say in which column', () => {
    expect(() => listCodec.encode({ items: [leaf('a'), { ...leaf('b'), kind: 'ROOT' as 'LEAF' }], label: '' })).toThrow(
      '[unknown-enum-member] Nodes.items.item > Node: column "kind" is "ROOT", expected one of LEAF, INNER',
    );
    const other = testCodec<{ name: string }>('Other', new Schema([field('title', v.utf8)]), { name: required(v.utf8Value) });
    const sent = v.RecordBatch.of(new Schema([field('items', v.listOf(item(v.binary))), field('label', v.utf8)]), [[[other.encode({ name: 'x' })]], ['l']]);
    expect(() => listCodec.decode(sent.toIpc())).toThrow('[field-missing] Nodes.items.item > Node: record has no column "name" (got: title)');
  });

  test('nesting without end is refused', () => {
    let bytes = nodeCodec.encode(leaf('end'));
    for (let i = 0; i < 100; i++) bytes = v.RecordBatch.of(new Schema([field('name', v.utf8), field('next', v.binary), field('kind', v.utf8)]), [['n'], [bytes], ['INNER']]).toIpc();
    expect(() => nodeCodec.decode(bytes)).toThrow('[nesting-too-deep] ');
    expect(nodeCodec.decode(nodeCodec.encode(chain(3)))).toEqual(chain(3));
  });
});

describe('values that are Arrow data', () => {
  const codec = testCodec<{ schema: v.Schema; batch: v.RecordBatch | undefined }>('Data', new Schema([field('schema', v.binary), field('batch', v.largeBinary, true)]), {
    schema: required(v.schemaValue),
    batch: optional(v.largeBatchValue),
  });
  const schema = new Schema([field('a', v.int64, true, new Map([['k', 'v']]))], new Map([['s', 't']]));
  const batch = v.RecordBatch.of(schema, [[1n, null]], { metadata: [['m', 'n']] });

  test('schemas and batches keep what they have', () => {
    const read = codec.decode(codec.encode({ schema, batch }));
    expect(read.schema.fields).toEqual(schema.fields);
    expect([...read.schema.metadata]).toEqual([['s', 't']]);
    expect(read.batch?.columnValues('a')).toEqual([1n, null]);
    expect([...(read.batch?.metadata ?? [])]).toEqual([['m', 'n']]);
    expect(codec.decode(codec.encode({ schema, batch: undefined })).batch).toBe(undefined);
    expect(codec.decode(codec.encode(read)).batch?.toIpc()).toEqual(batch.toIpc());
  });

  test('what is none is refused with the column', () => {
    const send = (a: Uint8Array, b: Uint8Array): Uint8Array => v.RecordBatch.of(codec.schema, [[a], [b]]).toIpc();
    expect(() => codec.decode(send(Uint8Array.of(1), batch.toIpc()))).toThrow('[not-ipc] Data: column "schema" is no Arrow schema: [truncated]');
    expect(() => codec.decode(send(schema.toIpc(), schema.toIpc()))).toThrow('[not-ipc] Data: column "batch" is no record batch: [malformed] the stream holds a schema but no record batch');
    expect(() => codec.encode({ schema: {} as v.Schema, batch })).toThrow('[invalid-value] Data: column "schema" is a value of type Object, which is no binary');
  });
});

describe('calls', () => {
  const metadata = new Map([['vgi_rpc.method', 'bind'], ['vgi_rpc.protocol_version', '2.0.0'], ['empty', ''], ['text', 'grüße 🙂']]);

  test.each([
    ['a map', metadata],
    ['pairs', [...metadata]],
    ['an iterator', metadata.entries()],
    ['no metadata', new Map<string, string>()],
  ])('metadata as %s travels on the batch', (_name, given) => {
    const pairs = given instanceof Map ? given : Array.isArray(given) ? given : [...metadata];
    const bytes = nodeCodec.encodeCall(chain(1), Array.isArray(given) || given instanceof Map ? given : metadata.entries());
    expect([...v.RecordBatch.fromIpc(bytes).metadata]).toEqual([...pairs]);
    expect(nodeCodec.decode(bytes)).toEqual(chain(1));
  });

  test('metadata that changes from call to call, past what is remembered', () => {
    const changing = new Map<string, string>();
    for (let i = 0; i < 200; i++) {
      changing.set('id', `request ${i % 150}`).set(`key ${i % 3}`, 'x'.repeat(i * 8));
      const split = v.splitIpcStream(nodeCodec.encodeCall(leaf(`n${i}`), changing));
      expect([...(split.batch?.customMetadata ?? [])]).toEqual([...changing]);
      expect(nodeCodec.decodeMessages(split)).toEqual(leaf(`n${i}`));
    }
  });

  test('messages from a transport, from this and from another writer', () => {
    const foreign = v.RecordBatch.of(new Schema([field('kind', v.dictionaryOf(v.int8, v.utf8)), field('name', v.utf8)]), [['INNER'], ['n']]).toIpc();
    for (const [bytes, expected] of [
      [nodeCodec.encodeCall(chain(2), metadata), chain(2)],
      [foreign, { name: 'n', next: undefined, kind: 'INNER' }],
      [foreign, { name: 'n', next: undefined, kind: 'INNER' }],
    ] as const) {
      const messages = new IpcMessageReader().push(bytes);
      const [schemaMessage, ...rest] = messages.filter(({ kind }) => kind !== 'end');
      const batch = rest.pop();
      expect(nodeCodec.decodeMessages({ schemaMessage: schemaMessage?.bytes as Uint8Array, dictionaries: rest, batch })).toEqual(expected);
    }
    expect(() => nodeCodec.decodeMessages({ schemaMessage: nodeCodec.schema.toIpc(), dictionaries: [] })).toThrow('[row-count] Node: record has no batch');
  });
});

test('results are not overwritten by later ones, after errors too', () => {
  const results: Uint8Array[] = [];
  for (let i = 0; i < 300; i++) {
    results.push(nodeCodec.encode(leaf(`n${i}`)));
    if (i % 7 === 0) expect(() => nodeCodec.encode({ ...leaf('x'), kind: undefined as unknown as 'LEAF' })).toThrow('unexpected-null');
  }
  results.forEach((bytes, i) => {
    expect(nodeCodec.decode(bytes).name).toBe(`n${i}`);
  });
});

test('codecs can be used from inside a write', () => {
  const thing = testCodec<{ name: string }>('Thing', new Schema([field('name', v.utf8)]), { name: required(v.utf8Value) });
  const holder = testCodec<{ before: string; thing: { name: string }; after: string }>('Holder', new Schema([field('before', v.utf8), field('thing', v.binary), field('after', v.utf8)]), {
    before: required(v.utf8Value),
    thing: required(v.ipcValue(() => thing)),
    after: required(v.utf8Value),
  });
  const inner = {
    get name() {
      return thing.decode(thing.encode({ name: 'main' })).name;
    },
  };
  expect(holder.decode(holder.encode({ before: 'b', thing: inner, after: 'a' }))).toEqual({ before: 'b', thing: { name: 'main' }, after: 'a' });
});

test('a dictionary of free text that cannot be indexed is an error', () => {
  const codec = testCodec<{ words: readonly string[] }>('Words', new Schema([field('words', v.listOf(item(v.dictionaryOf(v.int16, v.utf8))))]), { words: required(v.listValue(v.dictionaryValue)) });
  const words = Array.from({ length: 32768 }, (_, i) => `w${i}`);
  expect(codec.decode(codec.encode({ words: [...words, ...words] })).words.length).toBe(65536);
  expect(() => codec.encode({ words: [...words, 'one more'] })).toThrow('[too-large] Words: column "words.item" has more than 32768 distinct values');
});

test('generated code whose parts do not belong together says so', () => {
  const broken = (schema: v.Schema, codec: v.ValueCodec<unknown>, dictionaries = {}): (() => unknown) => () => testCodec<{ c: unknown }>('X', schema, { c: required(codec) }, { dictionaries }).encode({ c: 1 });
  expect(broken(new Schema([field('c', v.utf8)]), v.listValue(v.utf8Value))).toThrow('record X: column "c" is utf8 in the prefix, its codec is for a list; generate the code again');
  for (const [type, codec] of [[v.int32, v.utf8Value], [v.utf8, v.binaryValue], [v.utf8, v.boolValue], [v.int64, v.int32Value], [v.utf8, v.schemaValue], [v.utf8, v.dictionaryValue], [v.dictionaryOf(v.int8, v.utf8), v.dictionaryValue], [v.binary, v.enumTextValue(['A'])], [v.listOf(item(v.utf8)), v.mapValue(v.utf8Value, v.utf8Value)], [v.utf8, v.structValue({ columns: {} })], [v.fixedListOf(item(v.utf8), 2), v.fixedListValue(v.utf8Value, 3)]] as const) {
    expect(broken(new Schema([field('c', type)]), codec as v.ValueCodec<unknown>)).toThrow(/^record X: column "c" is .* in the prefix, its codec is for .*; generate the code again$/);
  }
  expect(broken(new Schema([field('c', v.utf8), field('d', v.utf8)]), v.utf8Value)).toThrow('record X: 1 columns for a prefix of 2');
  expect(broken(new Schema([field('c', v.dictionaryOf(v.int16, v.utf8))]), v.enumValue(['A']), { c: ['B'] })).toThrow('its prefix lists the members B where its codec has A');
  expect(() => testCodec('Y', new Schema([field('c', v.utf8)]), {}, { dictionaries: { c: ['A'] } })).toThrow('no dictionary-encoded field "c" in the schema');
});
