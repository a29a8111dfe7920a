import { readFileSync } from 'node:fs';
import * as peer from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { readMessages } from '../../runtime/arrow/ipc-stream.ts';
import { StreamDecoder } from '../../runtime/arrow/stream-decoder.ts';
import { endOfStream, StreamEncoder, writeSchemaMessage } from '../../runtime/arrow/stream-encoder.ts';
import { ArrowError, columnFrom, field, RecordBatch, Schema } from '../../runtime/v1.ts';
import * as t from '../../runtime/arrow/type.ts';

const item = (type: peer.DataType): peer.Field => new peer.Field('item', type, true);

interface Shared {
  readonly name: string;
  readonly type: peer.DataType;
  readonly own: t.DataType;
  readonly values: readonly unknown[];
}

/** Types that both sides have, with values that apache-arrow's builders take as ours do. */
const shared: readonly Shared[] = [
  { name: 'bool', type: new peer.Bool(), own: t.bool, values: [true, null, false] },
  { name: 'int8', type: new peer.Int8(), own: t.int8, values: [-128, null, 127] },
  { name: 'uint16', type: new peer.Uint16(), own: t.uint16, values: [0, null, 65535] },
  { name: 'int32', type: new peer.Int32(), own: t.int32, values: [1, null, -1] },
  { name: 'int64', type: new peer.Int64(), own: t.int64, values: [-(2n ** 63n), null, 5n] },
  { name: 'uint64', type: new peer.Uint64(), own: t.uint64, values: [2n ** 64n - 1n, null] },
  { name: 'float32', type: new peer.Float32(), own: t.float32, values: [1.5, null] },
  { name: 'float64', type: new peer.Float64(), own: t.float64, values: [0.1, null] },
  { name: 'utf8', type: new peer.Utf8(), own: t.utf8, values: ['', 'grüße 🙂', null] },
  { name: 'large_utf8', type: new peer.LargeUtf8(), own: t.largeUtf8, values: ['a', null, 'bc'] },
  { name: 'binary', type: new peer.Binary(), own: t.binary, values: [Uint8Array.of(1, 2), null, new Uint8Array(0)] },
  { name: 'large_binary', type: new peer.LargeBinary(), own: t.largeBinary, values: [Uint8Array.of(1, 2), null] },
  { name: 'fixed_binary', type: new peer.FixedSizeBinary(2), own: t.fixedBinary(2), values: [Uint8Array.of(1, 2), null] },
  { name: 'list', type: new peer.List(item(new peer.Utf8())), own: t.listOf(field('item', t.utf8, true)), values: [['a', null], null, []] },
  { name: 'fixed_list', type: new peer.FixedSizeList(2, item(new peer.Int32())), own: t.fixedListOf(field('item', t.int32, true), 2), values: [[1, 2], null] },
  { name: 'struct', type: new peer.Struct([new peer.Field('x', new peer.Float64(), true)]), own: t.structOf([field('x', t.float64, true)]), values: [{ x: 1 }, null, { x: null }] },
  { name: 'dictionary', type: new peer.Dictionary(new peer.Utf8(), new peer.Int16(), 0), own: t.dictionaryOf(t.int16, t.utf8), values: ['a', 'b', null, 'a'] },
];

/** A value of apache-arrow, whose lists and structs are views, as plain JS. */
function plain(value: unknown): unknown {
  if (value instanceof peer.Vector) return [...value].map(plain);
  if (value instanceof peer.StructRow) return Object.fromEntries(Object.entries(value.toJSON()).map(([key, member]) => [key, plain(member)]));
  return value;
}

function peerStream(columns: Record<string, peer.Vector>): Uint8Array {
  return peer.RecordBatchStreamWriter.writeAll(new peer.Table(columns).batches).toUint8Array(true);
}

describe('apache-arrow', () => {
  test.each(shared)('$name: what it writes is read', ({ type, own, values }) => {
    const read = RecordBatch.fromIpc(peerStream({ c: peer.vectorFromArray(values as unknown[], type) }));
    expect(t.typeEquals(read.schema.fields[0]?.type as t.DataType, own)).toBe(true);
    expect(read.columnValues('c')).toEqual(values);
  });

  test.each(shared)('$name: it reads what is written here', ({ type, own, values }) => {
    const table = peer.tableFromIPC(RecordBatch.of(new Schema([field('c', own, true)]), [values]).toIpc());
    const column = table.getChild('c') as peer.Vector;
    expect(column.type.toString()).toBe(type.toString());
    expect([...column].map(plain)).toEqual(values);
    expect(column.nullCount).toBe(values.filter((value) => value === null).length);
  });

  test('maps, both ways', () => {
    const own = t.mapOf(field('key', t.utf8), field('value', t.int32, true));
    const table = peer.tableFromIPC(RecordBatch.of(new Schema([field('m', own, true)]), [[new Map([['a', 1], ['b', null]]), null]]).toIpc());
    expect((table.getChild('m')?.get(0) as peer.MapRow).toJSON()).toEqual({ a: 1, b: null });
    expect(RecordBatch.fromIpc(peer.tableToIPC(table)).columnValues('m')).toEqual([new Map([['a', 1], ['b', null]]), null]);
  });

  test('schema and field metadata, both ways', () => {
    const schema = new Schema([field('a', t.int32, true, new Map([['ARROW:extension:name', 'x.y'], ['ARROW:extension:metadata', '{}']]))], new Map([['s', 'ü']]));
    const read = peer.tableFromIPC(RecordBatch.of(schema, [[1]]).toIpc()).schema;
    expect([[...read.metadata], [...(read.fields[0]?.metadata ?? [])]]).toEqual([[...schema.metadata], [...(schema.fields[0]?.metadata ?? [])]]);
    const back = Schema.fromIpc(peer.tableToIPC(new peer.Table(new peer.Schema(read.fields, read.metadata), new peer.RecordBatch(read, peer.makeData({ type: new peer.Struct(read.fields), length: 0, children: [peer.makeData({ type: new peer.Int32(), length: 0 })] })))));
    expect(back.fields).toEqual(schema.fields);
    expect([...back.metadata]).toEqual([...schema.metadata]);
  });

  test('streams of several batches, with dictionaries that change', () => {
    const dictionary = t.dictionaryOf(t.int8, t.utf8);
    const schema = new Schema([field('d', dictionary, true)]);
    const same = columnFrom(dictionary, ['a', 'b']);
    const encoder = new StreamEncoder(schema);
    const columns = [same, same.slice(1), columnFrom(dictionary, ['c', null]), same];
    const chunks = columns.map((column) => encoder.batch(RecordBatch.of(schema, [column])));
    const stream = Buffer.concat([writeSchemaMessage(schema), ...chunks.flat(), endOfStream]);
    expect(readMessages(stream).map(({ kind }) => kind)).toEqual(['schema', 'dictionary', 'batch', 'batch', 'dictionary', 'batch', 'dictionary', 'batch']);
    const batches = [...peer.RecordBatchReader.from(stream)];
    expect(batches.map((batch) => [...(batch.getChildAt(0) as peer.Vector)])).toEqual([['a', 'b'], ['b'], ['c', null], ['a', 'b']]);
  });

  test('batches without rows or columns', () => {
    expect(peer.tableFromIPC(RecordBatch.of(new Schema([field('a', t.utf8)]), [[]]).toIpc()).numRows).toBe(0);
    const empty = RecordBatch.fromIpc(peerStream({ a: peer.vectorFromArray([], new peer.Utf8()) }));
    expect([empty.numRows, empty.columnValues('a')]).toEqual([0, []]);
  });
});

describe('pyarrow', () => {
  const { streams } = JSON.parse(readFileSync(new URL('pyarrow-streams.json', import.meta.url), 'utf8')) as { streams: Record<string, string> };
  const bytesOf = (name: string): Uint8Array => Buffer.from(streams[name] as string, 'base64');
  const columnsOf = (batch: RecordBatch): Record<string, unknown> => Object.fromEntries(batch.schema.fields.map(({ name }) => [name, [...batch.columnValues(name)]]));

  const rows = {
    i: [1, null, 3],
    s: ['x', null, 'grün'],
    d: ['a', 'b', null],
    m: [new Map([['k', 1n]]), null, new Map()],
    n: [null, null, null],
    l: [['a', null], null, ['b']],
    st: [{ x: 1.5, y: null }, null, { x: 2.5, y: 'q' }],
    mi: [{ months: 1, days: 2, nanoseconds: -3n }, null, null],
  };
  const from = (start: number): Record<string, unknown> => Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, values.slice(start)]));

  test.each([
    ['plain', rows],
    ['legacy-framing', rows],
    ['sliced', from(1)],
    ['no-rows', from(3)],
    ['version-4-union', { u: [1n, 'z', 2n], i: [7, 8, 9] }],
    ['version-5-union', { u: [1n, 'z', 2n], i: [7, 8, 9] }],
    ['no-columns', {}],
  ])('%s is read, and is the same when written again', (name, expected) => {
    const batch = RecordBatch.fromIpc(bytesOf(name));
    expect(columnsOf(batch)).toEqual(expected);
    expect(columnsOf(RecordBatch.fromIpc(batch.withMetadata([]).toIpc()))).toEqual(expected);
    const decoder = new StreamDecoder(batch.schema);
    const forwarded = readMessages(bytesOf(name)).slice(1).flatMap((message) => decoder.read(message) ?? []);
    expect(columnsOf(RecordBatch.fromIpc(forwarded[0]?.toIpc() as Uint8Array))).toEqual(expected);
  });

  test('metadata of schema, field and batch', () => {
    const batch = RecordBatch.fromIpc(bytesOf('metadata'));
    expect([[...batch.schema.metadata], [...(batch.schema.fields[0]?.metadata ?? [])], [...batch.metadata]]).toEqual([[['s', 't']], [['f', 'g']], [['k', 'v'], ['k2', 'ü']]]);
  });

  test('a batch without columns keeps its rows', () => {
    expect(RecordBatch.fromIpc(bytesOf('no-columns')).numRows).toBe(2);
  });

  test('deltas add to a dictionary, another one takes its place; earlier batches keep theirs', () => {
    const [schema, ...messages] = readMessages(bytesOf('dictionary-delta'));
    const decoder = new StreamDecoder(schema as NonNullable<typeof schema>);
    const batches = messages.flatMap((message) => decoder.read(message) ?? []);
    expect(messages.map(({ kind }) => kind)).toEqual(['dictionary', 'batch', 'dictionary', 'batch', 'dictionary', 'batch']);
    expect(batches.map((batch) => batch.columnValues('d'))).toEqual([['a', 'b'], ['a', 'b', 'c'], ['z']]);
  });

  test.each([
    ['lz4', 'unsupported-compression', 'the batch is compressed with LZ4_FRAME; send it uncompressed'],
    ['zstd', 'unsupported-compression', 'the batch is compressed with ZSTD; send it uncompressed'],
    ['utf8-view', 'unsupported-type', 'column "v" has the Arrow type utf8 view, which is not supported'],
    ['binary-view', 'unsupported-type', 'column "v" has the Arrow type binary view, which is not supported'],
    ['run-end', 'unsupported-type', 'column "v" has the Arrow type run-end encoded, which is not supported'],
    ['list-view', 'unsupported-type', 'column "v" has the Arrow type list view, which is not supported'],
    ['large-list-view', 'unsupported-type', 'column "v" has the Arrow type large list view, which is not supported'],
    ['decimal32', 'unsupported-type', 'column "v" is a decimal of 32 bits; 128 and 256 are supported'],
  ])('%s is refused', (name, code, text) => {
    const read = (): unknown => RecordBatch.fromIpc(bytesOf(name)).columns;
    expect(read).toThrow(ArrowError);
    expect(read).toThrow(`[${code}] ${text}`);
  });
});
