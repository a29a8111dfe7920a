import { columnFrom, field, int64, listOf, RecordBatch, Schema, unionOf, utf8 } from 'vgi-gen/runtime/v1';
import { newBindRequest } from 'vgi-gen/vgi';
import { describe, expect, it } from 'vitest';
import type { Expression, Predicate } from '../../worker/filters/expression.ts';
import { columnNamesOf, discreteValues } from '../../worker/filters/discrete-values.ts';
import { cacheMetadata, stillHolds } from '../../worker/table/cache-control.ts';
import { columnStatistics } from '../../worker/table/column-statistics.ts';
import { columnBounds, PartitionBounds } from '../../worker/table/partition-values.ts';
import { splitPayload, splitToken } from '../../worker/table/split-token.ts';

const bool = { kind: 'bool' } as const;
const n: Expression = { node: 'column_ref', type: int64, index: 0, name: 'n' };
const is = (operator: 'eq' | 'gt', value: bigint | null, column: Expression = n): Expression => ({ node: 'comparison', type: bool, operator, left: column, right: { node: 'literal', type: int64, value } });
const isIn = (...values: (bigint | null)[]): Expression => ({ node: 'in', type: bool, expression: n, set: columnFrom(int64, values), negated: false });
const all = (...children: Expression[]): Expression => ({ node: 'and', type: bool, children });
const any = (...children: Expression[]): Expression => ({ node: 'or', type: bool, children });
const other: Expression = { node: 'column_ref', type: int64, index: 1, name: 'm' };
const required = (...expressions: Expression[]): Predicate[] => expressions.map((expression, index) => ({ id: `p${index}`, revision: 0n, mode: 'required', source: 'query', expression }));

describe('the values that filters list', () => {
  it.each<[string, Expression[], unknown]>([
    ['nothing', [], undefined],
    ['a range', [is('gt', 3n)], undefined],
    ['=', [is('eq', 3n)], [3n]],
    ['= NULL, which no row fulfils', [is('eq', null)], []],
    ['IN, with NULL and repetitions', [isIn(3n, null, 1n, 3n)], [3n, 1n]],
    ['IN beside a range', [all(isIn(1n, 2n), is('gt', 1n))], [1n, 2n]],
    ['the shorter of two lists', [isIn(1n, 2n, 3n), isIn(2n, 3n)], [2n, 3n]],
    ['OR of lists', [any(is('eq', 1n), isIn(2n, 1n))], [1n, 2n]],
    ['OR with a range', [any(is('eq', 1n), is('gt', 5n))], undefined],
    ['OR with another column', [any(is('eq', 1n), is('eq', 1n, other))], undefined],
    ['NOT', [{ node: 'not', type: bool, expression: is('eq', 1n) }], undefined],
  ])('%s', (_, expressions, values) => {
    expect(discreteValues(required(...expressions), 'n')).toEqual(values);
  });

  it('names the columns that are read', () => {
    expect(columnNamesOf(required(all(is('gt', 1n), is('eq', 2n, other))))).toEqual(new Set(['n', 'm']));
  });
});

describe('bounds of partition columns', () => {
  it('pass over NULL and order text by its bytes', () => {
    expect(columnBounds(columnFrom(utf8, ['b', null, 'Z', '\u{1F600}', '\uFFFD']))).toEqual(['Z', '\u{1F600}']);
    expect(columnBounds(columnFrom(int64, [null, null]))).toEqual([null, null]);
    expect(columnBounds(columnFrom(int64, new BigInt64Array([3n, -1n, 2n])))).toEqual([-1n, 3n]);
  });

  it('travel as a batch of two rows', () => {
    const fields = [field('a', int64, true), field('b', utf8, true)];
    const bounds = new PartitionBounds('f', fields);
    const text = bounds.text(({ name }) => (name === 'a' ? columnFrom(int64, [2n, 1n]) : columnFrom(utf8, ['x', 'x'])), undefined);
    const batch = RecordBatch.fromIpc(Buffer.from(text as string, 'base64'));
    expect([...batch.columnValues('a')]).toEqual([1n, 2n]);
    expect([...batch.columnValues('b')]).toEqual(['x', 'x']);
    const none = (): never => expect.unreachable();
    expect(() => bounds.text(none, { a: 1n })).toThrow('f: partition_values lacks the partition column "b"');
    expect(() => bounds.text(none, { a: 1n, b: 'x', c: 1n })).toThrow('"c", which is not a partition column');
    expect(bounds.text(none, {})).toBeUndefined();
  });
});

describe('cache control', () => {
  it('is told in metadata', () => {
    const metadata = Object.fromEntries(cacheMetadata({ ttl: 5, etag: '"a"', lastModified: new Date(1_000), perPartition: true }));
    expect(metadata).toEqual({ 'vgi.cache.ttl': '5', 'vgi.cache.scope': 'catalog', 'vgi.cache.etag': '"a"', 'vgi.cache.last_modified': '1970-01-01T00:00:01Z', 'vgi.cache.revalidatable': '1', 'vgi.cache.partition_scope': '1' });
    expect(() => cacheMetadata({ ttl: -1 })).toThrow('cache.ttl takes whole seconds');
    expect(() => cacheMetadata({ staleIfError: 0.5 })).toThrow('cache.staleIfError takes whole seconds');
  });

  it('knows what still holds', () => {
    const holds = (cache: Parameters<typeof stillHolds>[0], ...metadata: [string, string][]): boolean => stillHolds(cache, new Map(metadata));
    expect(holds({ etag: '"a"' }, ['vgi.cache.if_none_match', '"a"'])).toBe(true);
    expect(holds({ etag: '"b"' }, ['vgi.cache.if_none_match', '"a"'])).toBe(false);
    expect(holds({ etag: '"a"' })).toBe(false);
    expect(holds({ lastModified: new Date(1_900) }, ['vgi.cache.if_modified_since', '1970-01-01T00:00:01Z'])).toBe(true);
    expect(holds({ lastModified: new Date(2_000) }, ['vgi.cache.if_modified_since', '1970-01-01T00:00:01Z'])).toBe(false);
    expect(holds({ ttl: 1 }, ['vgi.cache.if_modified_since', '1970-01-01T00:00:01Z'])).toBe(false);
  });
});

describe('column statistics', () => {
  const schema = new Schema([field('a', int64, true), field('b', utf8, true), field('c', int64, true), field('l', listOf(field('item', int64, true)), true)]);

  it('have a union member for each type', () => {
    const batch = columnStatistics('f', schema, { a: { min: 1n, max: 2n }, b: { min: 'x', hasNull: false }, c: { max: 9n } }, { maxAge: 60 });
    expect(batch.schema.fields[1]?.type).toEqual(unionOf('sparse', [field('int64', int64, true), field('utf8', utf8, true)]));
    expect([...batch.columnValues('min')]).toEqual([1n, 'x', null]);
    expect([...batch.columnValues('max')]).toEqual([2n, null, 9n]);
    expect([...batch.columnValues('has_null')]).toEqual([true, false, true]);
    expect(batch.metadata.get('cache_max_age_seconds')).toBe('60');
    expect(RecordBatch.fromIpc(batch.toIpc()).numRows).toBe(3);
  });

  it('refuse columns that are not there, and may be empty', () => {
    expect(() => columnStatistics('f', schema, { z: {} })).toThrow('f: statistics name "z", which is not a column');
    expect(RecordBatch.fromIpc(columnStatistics('f', schema, {}).toIpc()).numRows).toBe(0);
  });
});

describe('a split token', () => {
  const bind = newBindRequest({ functionName: 'f', functionType: 'TABLE', arguments: RecordBatch.of(new Schema([field('args', int64, true)]), [[1n]]) });
  const token = splitToken({ bind, catalogVersion: 7n }, Buffer.from('payload'));

  it('gives its payload to the call that it was made for', () => {
    expect(Buffer.from(splitPayload({ bind, catalogVersion: 7n }, token)).toString()).toBe('payload');
    expect(token[0]).toBe(1);
    expect(Buffer.from(token).readUInt16LE(2)).toBe(8);
    expect(Buffer.from(token).readBigInt64LE(20)).toBe(7n);
  });

  it.each<[string, Parameters<typeof splitPayload>[0], Uint8Array, string]>([
    ['another function', { bind: { ...bind, functionName: 'g' }, catalogVersion: 7n }, token, '[SPLIT_TOKEN_INVALID]'],
    ['another point in time', { bind: { ...bind, atUnit: 'VERSION', atValue: '1' }, catalogVersion: 7n }, token, '[SPLIT_TOKEN_INVALID]'],
    ['a later catalog', { bind, catalogVersion: 8n }, token, '[SPLIT_SNAPSHOT_EXPIRED]'],
    ['a sealed token', { bind, catalogVersion: 7n }, token.with(1, 1), '[SPLIT_TOKEN_INVALID]'],
    ['another version', { bind, catalogVersion: 7n }, token.with(0, 2), '[SPLIT_TOKEN_INVALID]'],
    ['a part of a token', { bind, catalogVersion: 7n }, token.subarray(0, 20), '[SPLIT_TOKEN_INVALID]'],
  ])('is refused for %s', (_, subject, bytes, message) => {
    expect(() => splitPayload(subject, bytes)).toThrow(message);
  });
});
