import { describe, expect, it } from 'vitest';
import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import * as arrow from '../../runtime/arrow/type.ts';
import { BatchFilter } from '../../worker/filters/batch-filter.ts';
import { ScanFilters } from '../../worker/filters/scan-filters.ts';
import { delta, encoded, FilterWriter, type Node, predicate, snapshot, upsert } from './filter-documents.ts';
import { sampleColumns, sampleValues } from './sample-table.ts';

const pair = arrow.structOf([field('x', arrow.int32, true), field('y', arrow.utf8, true)]);
const schema = new Schema([field('id', arrow.int32, true), field('i', arrow.int64, true), field('f', arrow.float64, true), field('t', arrow.utf8, true), field('flag', arrow.bool, true), field('p', pair, true), field('l', arrow.listOf(field('item', arrow.int32, true)), true)]);
const batch = RecordBatch.of(schema, [
  [0, 1, 2, 3, 4, 5],
  [10n, -1n, null, 9_007_199_254_740_993n, 0n, 1n << 62n],
  [0, -0, NaN, null, 1.5, -Infinity],
  ['', 'abc', null, 'ab', 'xabx', 'ABC'],
  [true, false, null, true, false, true],
  [{ x: 1, y: 'a' }, null, { x: null, y: 'b' }, { x: 3, y: null }, { x: 1, y: 'c' }, null],
  [[1, 2], [], null, [null, 3], [1], [null]],
].map((values, i) => columnFrom((schema.fields[i] as Schema['fields'][number]).type, values)));

/** Ids of the rows that pass. */
function pass(build: (writer: FilterWriter) => Node): unknown[] {
  const writer = new FilterWriter(schema);
  const filters = new ScanFilters(writer.required(build(writer)), { schema, joinKeys: [] }, '2.0.0');
  const filter = new BatchFilter(filters, schema.fields.map((_, i) => i));
  return [...(filter.apply(batch, schema.fields.length).column('id').values() as readonly unknown[])];
}

describe('conditions', () => {
  const not = (expression: Node): Node => ({ node: 'not', expression });
  const isNull = (expression: Node): Node => ({ node: 'is_null', expression, negated: false });

  it('compare in three-valued logic', () => {
    expect(pass((w) => w.compare('gt', w.column('i'), w.literal(arrow.int64, 0n)))).toEqual([0, 3, 5]);
    expect(pass((w) => not(w.compare('gt', w.column('i'), w.literal(arrow.int64, 0n))))).toEqual([1, 4]);
    expect(pass((w) => isNull(w.compare('gt', w.column('i'), w.literal(arrow.int64, null))))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(pass((w) => w.compare('lt', w.literal(arrow.int64, 0n), w.column('i')))).toEqual([0, 3, 5]);
    expect(pass((w) => w.compare('distinct_from', w.column('i'), w.literal(arrow.int64, 0n)))).toEqual([0, 1, 2, 3, 5]);
    expect(pass((w) => w.compare('not_distinct_from', w.column('i'), w.literal(arrow.int64, null)))).toEqual([2]);
    expect(pass((w) => w.compare('not_distinct_from', w.column('i'), w.column('i')))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(pass((w) => ({ node: 'or', children: [w.column('flag'), isNull(w.column('flag'))] }))).toEqual([0, 2, 3, 5]);
    expect(pass((w) => ({ node: 'and', children: [w.literal(arrow.bool, true), not(w.column('flag'))] }))).toEqual([1, 4]);
    expect(pass((w) => w.literal(arrow.bool, null))).toEqual([]);
  });

  it('put NaN above all floats and take -0 as 0', () => {
    expect(pass((w) => w.compare('gt', w.column('f'), w.literal(arrow.float64, 0)))).toEqual([2, 4]);
    expect(pass((w) => w.compare('eq', w.column('f'), w.literal(arrow.float64, NaN)))).toEqual([2]);
    expect(pass((w) => w.compare('lt', w.column('f'), w.literal(arrow.float64, NaN)))).toEqual([0, 1, 4, 5]);
    expect(pass((w) => w.in(w.column('f'), arrow.float64, [NaN, -0]))).toEqual([0, 1, 2]);
  });

  it('compare numbers of different types', () => {
    expect(pass((w) => w.compare('ge', w.column('i'), w.literal(arrow.decimal128(5, 1), 95n)))).toEqual([0, 3, 5]);
    expect(pass((w) => w.compare('gt', w.column('i'), w.literal(arrow.uint64, (1n << 64n) - 1n)))).toEqual([]);
    expect(pass((w) => w.compare('le', w.column('id'), w.literal(arrow.int64, 1n << 40n)))).toHaveLength(6);
    expect(pass((w) => w.compare('lt', w.column('f'), w.column('id')))).toEqual([1, 4, 5]);
  });

  it('find members of sets', () => {
    expect(pass((w) => w.in(w.column('i'), arrow.int64, [10n, 9_007_199_254_740_992n]))).toEqual([0]);
    expect(pass((w) => w.in(w.column('i'), arrow.int64, [10n, 9_007_199_254_740_993n]))).toEqual([0, 3]);
    expect(pass((w) => w.in(w.column('i'), arrow.int64, [10n, 0n], true))).toEqual([1, 3, 5]);
    expect(pass((w) => w.in(w.column('i'), arrow.int64, [10n, null]))).toEqual([0]);
    expect(pass((w) => w.in(w.column('i'), arrow.int64, [10n, null], true))).toEqual([]);
    expect(pass((w) => w.in(w.column('i'), arrow.int64, []))).toEqual([]);
    expect(pass((w) => w.in(w.column('i'), arrow.int64, [], true))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(pass((w) => w.in(w.column('t'), arrow.utf8, ['', 'ab']))).toEqual([0, 3]);
    expect(pass((w) => w.in(w.column('p'), pair, [{ x: null, y: 'b' }]))).toEqual([2]);
  });

  it('look into texts, lists and structs', () => {
    const call = (name: string, ...args: Node[]): Node => ({ node: 'call', function: name, arguments: args });
    expect(pass((w) => call('starts_with', w.column('t'), w.literal(arrow.utf8, 'ab')))).toEqual([1, 3]);
    expect(pass((w) => call('ends_with', w.column('t'), w.literal(arrow.utf8, 'bc')))).toEqual([1]);
    expect(pass((w) => call('contains', w.column('t'), w.literal(arrow.utf8, 'ab')))).toEqual([1, 3, 4]);
    // "ca" lies in the bytes, across two rows.
    expect(pass((w) => call('contains', w.column('t'), w.literal(arrow.utf8, 'ca')))).toEqual([]);
    expect(pass((w) => call('contains', w.column('t'), w.literal(arrow.utf8, '')))).toEqual([0, 1, 3, 4, 5]);
    expect(pass((w) => isNull(call('contains', w.column('t'), w.literal(arrow.utf8, null))))).toHaveLength(6);
    expect(pass((w) => call('starts_with', w.column('t'), w.column('t')))).toEqual([0, 1, 3, 4, 5]);
    expect(pass((w) => call('list_contains', w.column('l'), w.literal(arrow.int32, 3)))).toEqual([3]);
    expect(pass((w) => not(call('list_contains', w.column('l'), w.literal(arrow.int32, 3))))).toEqual([0, 1, 4, 5]);
    const x = (w: FilterWriter): Node => ({ node: 'field_ref', expression: w.column('p'), field_index: 0, field_name: 'x' });
    expect(pass((w) => w.compare('eq', x(w), w.literal(arrow.int32, 1)))).toEqual([0, 4]);
    expect(pass((w) => isNull(x(w)))).toEqual([1, 2, 5]);
  });

  it('cast and compute', () => {
    const add = (w: FilterWriter, amount: number): Node => ({ node: 'arithmetic', op: 'add', left: w.column('id'), right: w.literal(arrow.int32, amount) });
    expect(pass((w) => w.compare('eq', w.cast(w.column('id'), arrow.utf8), w.literal(arrow.utf8, '4')))).toEqual([4]);
    expect(pass((w) => w.compare('ge', add(w, 10), w.literal(arrow.int32, 14)))).toEqual([4, 5]);
    expect(() => pass((w) => w.compare('ge', add(w, 0x7fff_ffff), w.literal(arrow.int32, 14)))).toThrow(/^filter: overflow in 1 \+ 2147483647 of type int32/);
    expect(() => pass((w) => isNull(w.cast(w.column('t'), arrow.int32)))).toThrow(/cannot cast "" to int32/);
  });

  it('do not fail on rows that are decided already', () => {
    const short = (w: FilterWriter): Node => w.compare('lt', w.column('id'), w.literal(arrow.int32, 2));
    const risky = (w: FilterWriter): Node => w.compare('gt', w.cast(w.column('i'), arrow.int8), w.literal(arrow.int8, 0));
    expect(pass((w) => ({ node: 'and', children: [short(w), risky(w)] }))).toEqual([0]);
    expect(pass((w) => ({ node: 'or', children: [not(short(w)), risky(w)] }))).toEqual([0, 2, 3, 4, 5]);
    expect(() => pass(risky)).toThrow(/cannot cast "9007199254740993" to int8/);
  });

  it('fail the scan if something required cannot be evaluated', () => {
    expect(() => pass((w) => isNull(w.cast(w.column('p'), arrow.int32)))).toThrow(/the cast from struct<.*> to int32 cannot be evaluated/);
  });
});

describe('the filter of batches', () => {
  it('drops columns that only filters need and keeps every type whole', () => {
    const names = Object.keys(sampleColumns);
    const full = new Schema([field('id', arrow.int32), ...names.map((name) => field(name, (sampleColumns[name] as { type: arrow.DataType }).type, true))]);
    const rows = 100;
    const whole = RecordBatch.of(full, [Int32Array.from({ length: rows }, (_, i) => i), ...names.map((name) => sampleValues(name, rows))]);
    const writer = new FilterWriter(full);
    const wanted = [0, 3, 4, 5, 17, 64, 99];
    const filters = new ScanFilters(writer.required(writer.in(writer.column('id'), arrow.int32, wanted)), { schema: full, joinKeys: [] }, '2.0.0');
    const moved = whole.select([...names, 'id']);
    const filter = new BatchFilter(filters, [...names.map((_, i) => i + 1), 0]);
    const passed = RecordBatch.fromIpc(filter.apply(moved, names.length).toIpc());
    expect(passed.schema.fields.map(({ name }) => name)).toEqual(names);
    for (const name of names) expect([...(passed.column(name).values() as readonly unknown[])], name).toEqual(wanted.map((row) => whole.column(name).get(row)));
  });

  it('takes sets from the join keys', () => {
    const keys = RecordBatch.of(new Schema([field('other', arrow.utf8, true), field('key', arrow.int64, true)]), [['x', 'y'], [10n, 0n]]);
    const writer = new FilterWriter(schema);
    const set = (index: number, name: string): Node => ({ node: 'in', expression: writer.column('i'), set: { kind: 'external', batch_index: 0, column_index: index, column_name: name }, negated: false });
    const open = (expression: Node): ScanFilters => new ScanFilters(writer.required(expression), { schema, joinKeys: [keys] }, '2.0.0');
    const filter = new BatchFilter(open(set(1, 'key')), schema.fields.map((_, i) => i));
    expect([...(filter.apply(batch, 1).column('id').values() as Int32Array)]).toEqual([0, 4]);
    expect(() => open(set(0, 'key'))).toThrow(/names column 0 "key" of the join keys, the batch has "other"/);
    expect(() => open(set(0, 'other'))).toThrow(/compares int64 with utf8/);
  });

  it('passes over advisory filters that it cannot evaluate, or that need a column that was not read', () => {
    const writer = new FilterWriter(schema);
    const bloom = { namespace: 'duckdb.runtime_filter', name: 'bloom', version: 1 };
    const artifact: Node = { node: 'runtime_filter', algorithm: bloom, input: writer.column('i'), artifact_ref: writer.slot('artifact', arrow.binary, new Uint8Array(8)), null_handling: 'reject' };
    const spatial: Node = { node: 'call', function: { namespace: 'duckdb.spatial', name: 'intersects_extent', version: 1 }, arguments: [writer.column('t')] };
    const unread = writer.compare('eq', writer.column('flag'), writer.literal(arrow.bool, true));
    const filters = new ScanFilters(writer.batch(snapshot([artifact, spatial, unread].map((each, i) => predicate(`advisory:${i}`, each, 'advisory')))), { schema, joinKeys: [] }, '2.0.0');
    expect(filters.predicates).toHaveLength(3);
    expect(new BatchFilter(filters, [0, 1]).apply(batch.select(['id', 'i']), 2).numRows).toBe(6);
  });

  it('follows the news, and leaves alone what is advisory and risky', () => {
    const writer = new FilterWriter(schema);
    const risky: Node = { node: 'is_null', expression: writer.cast(writer.column('t'), arrow.int32), negated: false };
    const filters = new ScanFilters(writer.batch(snapshot([predicate('advisory:0', risky, 'advisory')])), { schema, joinKeys: [] }, '2.0.0');
    const filter = new BatchFilter(filters, schema.fields.map((_, i) => i));
    expect(filter.apply(batch, 1).numRows).toBe(6);
    const news = new FilterWriter(schema);
    filters.update(encoded(news.batch(delta([upsert('top', 1, news.compare('ge', news.column('id'), news.literal(arrow.int32, 4)))]))));
    expect(filter.apply(batch, 1).numRows).toBe(2);
  });
});
