import { describe, expect, test } from 'vitest';
import { Column, columnFrom, field, RecordBatch, Schema, schemaEquals } from '../../runtime/v1.ts';
import * as t from '../../runtime/arrow/type.ts';
import { samples } from './samples.ts';

const batchOf = (type: t.DataType, values: readonly unknown[]): RecordBatch => RecordBatch.of(new Schema([field('c', type, true)]), [values]);

describe('a column of every type', () => {
  test.each(samples)('$name: values survive building and an IPC stream', ({ type, values }) => {
    const read = RecordBatch.fromIpc(batchOf(type, values).toIpc());
    expect(columnFrom(type, values).values()).toEqual(values);
    expect(read.columnValues('c')).toEqual(values);
    expect(values.map((_, row) => read.column(0).get(row))).toEqual(values);
    expect(values.map((_, row) => read.column(0).isNull(row))).toEqual(values.map((value) => value === null));
    expect(read.schema.fields[0]?.type).toEqual(type);
  });

  test.each(samples)('$name: slices have their rows and are written without the others', ({ type, values }) => {
    for (let start = 0; start <= values.length; start++) {
      const sliced = batchOf(type, values).slice(start);
      expect([...sliced.columnValues(0)]).toEqual(values.slice(start));
      expect([...RecordBatch.fromIpc(sliced.toIpc()).columnValues(0)]).toEqual(values.slice(start));
    }
  });

  test.each(samples)('$name: no rows', ({ type }) => {
    const read = RecordBatch.fromIpc(batchOf(type, []).toIpc());
    expect(read.numRows).toBe(0);
    expect([...read.columnValues(0)]).toEqual([]);
  });

  test.each(samples)('$name: bytes at an odd address read the same', ({ type, values }) => {
    const stream = batchOf(type, values).toIpc();
    const shifted = new Uint8Array(stream.length + 1);
    shifted.set(stream, 1);
    expect(RecordBatch.fromIpc(shifted.subarray(1)).columnValues(0)).toEqual(values);
  });
});

test('all types side by side, with the columns taken in any order', () => {
  const schema = new Schema(samples.map(({ name, type }) => field(name, type, true)));
  const rows = samples.map(({ values }) => Array.from({ length: 20 }, (_, i) => values[i % values.length]));
  const read = RecordBatch.fromIpc(RecordBatch.of(schema, rows).toIpc());
  expect(schemaEquals(read.schema, schema)).toBe(true);
  for (let i = samples.length - 1; i >= 0; i--) expect(read.columnValues(samples[i]?.name as string)).toEqual(rows[i]);
  expect(read.select(['utf8', 'dictionary']).columns.map((column) => column.get(0))).toEqual(['', 'A']);
});

test.each(['sparse', 'dense'] as const)('a %s union', (mode) => {
  const members = [field('n', t.int32, true), field('s', t.utf8, true)];
  const dense = mode === 'dense';
  const column = new Column({
    type: t.unionOf(mode, members, [5, 7]),
    length: 4,
    typeIds: Int8Array.of(5, 7, 7, 5),
    offsets: dense ? Int32Array.of(0, 0, 1, 1) : undefined,
    children: dense
      ? [columnFrom(t.int32, [1, null]), columnFrom(t.utf8, ['b', 'c'])]
      : [columnFrom(t.int32, [1, 0, 0, null]), columnFrom(t.utf8, ['', 'b', 'c', ''])],
  });
  const batch = RecordBatch.of(new Schema([field('u', column.type, true)]), [column]);
  const read = RecordBatch.fromIpc(batch.toIpc());
  expect(read.columnValues('u')).toEqual([1, 'b', 'c', null]);
  expect(read.column('u').isNull(3)).toBe(true);
  expect(read.slice(1, 3).columnValues('u')).toEqual(['b', 'c']);
  expect(RecordBatch.fromIpc(read.slice(2).toIpc()).columnValues('u')).toEqual(['c', null]);
});

test('a typed array of the type is kept, another one is converted', () => {
  const own = Float64Array.of(1, 2);
  expect(columnFrom(t.float64, own).values()).toBe(own);
  expect(columnFrom(t.int64, [1, 2]).values()).toEqual(BigInt64Array.of(1n, 2n));
  expect(columnFrom(t.int16, Int32Array.of(1, 2)).values()).toEqual(Int16Array.of(1, 2));
});

test('batches without columns keep their number of rows and their metadata', () => {
  const batch = RecordBatch.of(new Schema([]), [], { numRows: 7, metadata: [['k', 'v'], ['k2', 'ü']] });
  const read = RecordBatch.fromIpc(batch.toIpc());
  expect(read.numRows).toBe(7);
  expect([...read.metadata]).toEqual([['k', 'v'], ['k2', 'ü']]);
});

test.each([
  ['int8', t.int8, 128],
  ['int8', t.int8, 1.5],
  ['int32', t.int32, '1'],
  ['int64', t.int64, 2n ** 63n],
  ['int64', t.int64, 1.5],
  ['uint64', t.uint64, -1n],
  ['float64', t.float64, '1'],
  ['bool', t.bool, 1],
  ['utf8', t.utf8, 5],
  ['binary', t.binary, 'text'],
  ['fixed_binary<2>', t.fixedBinary(2), Uint8Array.of(1)],
  ['decimal128<38, 0>', t.decimal128(38, 0), 2n ** 127n],
  ['list<utf8>', t.listOf(field('item', t.utf8, true)), 'text'],
  ['fixed_list<utf8, 2>', t.fixedListOf(field('item', t.utf8, true), 2), ['one']],
  ['map<utf8, utf8>', t.mapOf(field('key', t.utf8), field('value', t.utf8, true)), {}],
  ['struct<a: utf8?>', t.structOf([field('a', t.utf8, true)]), 5],
  ['interval<year_month>', t.interval('year_month'), { months: 1, days: 1, nanoseconds: 0n }],
  ['null', t.nullType, 0],
] as const)('%s does not take %#', (name, type, value) => {
  expect(() => RecordBatch.of(new Schema([field('c', type, true)]), [[value]])).toThrow(expect.objectContaining({ name: 'ArrowError', code: 'invalid-value', message: expect.stringContaining(`column "c", row 0`) }));
  expect(() => columnFrom(type, [value])).toThrow(name);
});

test('columns that do not fit the schema are refused', () => {
  const schema = new Schema([field('a', t.int32), field('b', t.utf8)]);
  const mismatch = (columns: readonly (Column | readonly unknown[])[]): void => {
    RecordBatch.of(schema, columns);
  };
  expect(() => mismatch([[1]])).toThrow('[mismatch] 1 columns for a schema of 2');
  expect(() => mismatch([[1, 2], ['a']])).toThrow('[mismatch] column "b" has 1 rows in a batch of 2');
  expect(() => mismatch([columnFrom(t.int64, [1n]), ['a']])).toThrow('[mismatch] column "a" is int64 where the schema says int32');
  expect(() => RecordBatch.of(schema, [[1], ['a']]).column('c')).toThrow('no column "c" in the batch (it has: a, b)');
});
