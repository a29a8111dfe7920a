import { describe, expect, it } from 'vitest';
import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import * as arrow from '../../runtime/arrow/type.ts';
import { predicatesText } from '../../worker/filters/filter-text.ts';
import { ScanFilters } from '../../worker/filters/scan-filters.ts';
import { encoded } from './filter-documents.ts';

const schema = new Schema([
  field('a', arrow.int32, true),
  field('b', arrow.utf8, true),
  field('s', arrow.structOf([field('x', arrow.float64, true), field('in', arrow.structOf([field('y', arrow.int32, true)]), true)]), true),
  field('l', arrow.listOf(field('item', arrow.int32, true)), true),
]);

/** A batch of protocol 1.x: filters and the values that they refer to. */
function legacyBatch(filters: unknown, values: readonly (readonly [arrow.DataType, unknown])[] = [], version = '1'): RecordBatch {
  const fields = [field('filter_spec', arrow.utf8, true, new Map([['vgi_filter_version', version]])), ...values.map(([type], i) => field(`_val_${i}`, type, true))];
  return RecordBatch.of(new Schema(fields), [columnFrom(arrow.utf8, [JSON.stringify(filters)]), ...values.map(([type, value]) => columnFrom(type, [value]))]);
}

function joinKeys(name: string, values: readonly unknown[]): RecordBatch {
  return RecordBatch.of(new Schema([field(name, arrow.int32, true)], new Map([['vgi_join_keys_version', '2']])), [values]);
}

const open = (batch: RecordBatch, keys: readonly RecordBatch[] = []): ScanFilters => new ScanFilters(batch, { schema, joinKeys: keys }, '1.2.0');

describe('filters of protocol 1.x', () => {
  it('become the tree that those of 2.0.0 become', () => {
    const on = (name: string, rest: object): object => ({ column_name: name, column_index: 0, ...rest });
    const constant = (name: string, op: string, ref: number): object => on(name, { type: 'constant', op, value_ref: ref });
    const { predicates } = open(
      legacyBatch(
        [
          constant('a', 'ge', 0),
          on('b', { type: 'or', children: [on('b', { type: 'is_null' }), constant('b', 'eq', 1), on('b', { type: 'and', children: [on('b', { type: 'is_not_null' })] })] }),
          on('s', { type: 'struct', child_index: 1, child_name: 'in', child_filter: on('s', { type: 'struct', child_index: 0, child_name: 'y', child_filter: constant('s', 'lt', 0) }) }),
          on('b', { type: 'in', value_ref: 2 }),
        ],
        [[arrow.int32, 5], [arrow.utf8, 'x'], [arrow.listOf(field('l', arrow.utf8, true)), ['x', 'y']]],
      ),
    );
    expect(predicatesText(predicates)).toBe("a >= 5 AND (b IS NULL OR b = 'x' OR b IS NOT NULL) AND s.in.y < 5 AND b IN ('x', 'y')");
    expect(predicates.every(({ mode }) => mode === 'required')).toBe(true);
  });

  it('take IN lists from the join keys, several on one column in their order', () => {
    const keys = (name: string): object => ({ column_name: name, column_index: 0, type: 'join_keys', keys_column: name });
    const { predicates } = open(legacyBatch([keys('a'), keys('a')]), [joinKeys('a', [1, 2]), joinKeys('a', [2, 3])]);
    expect(predicatesText(predicates)).toBe('a IN (1, 2) AND a IN (2, 3)');
    expect(() => open(legacyBatch([keys('a')]))).toThrow(/join keys of column "a", which were not sent/);
  });

  it('may hold expressions', () => {
    const ref = { expr_type: 'column_ref', index: 0 };
    const value = (ref: number): object => ({ expr_type: 'constant', value_ref: ref });
    const call = (name: string, ...children: object[]): object => ({ expr_type: 'function', function_name: name, children });
    const expression = (name: string, expr: object): object => ({ column_name: name, column_index: 0, type: 'expression', expr });
    const either = { expr_type: 'conjunction', conjunction_type: 'or', children: [call('prefix', ref, value(0)), { expr_type: 'comparison', op: 'ne', left: ref, right: value(0) }] };
    const { predicates } = open(legacyBatch([expression('b', either), expression('l', call('contains', ref, value(1)))], [[arrow.utf8, 'x'], [arrow.int32, 7]]));
    expect(predicatesText(predicates)).toBe("(starts_with(b, 'x') OR b <> 'x') AND list_contains(l, 7)");
    expect(() => open(legacyBatch([expression('b', call('upper', ref))]))).toThrow(/filters\[0\].expr calls upper/);
  });

  it('leave to the engine an OR with a comparison that it cannot name', () => {
    const part = (op: string): object => ({ column_name: 'a', column_index: 0, type: 'constant', op, value_ref: 0 });
    const { predicates } = open(legacyBatch([{ column_name: 'a', column_index: 0, type: 'or', children: [part('eq'), part('unknown')] }, part('gt')], [[arrow.int32, 1]]));
    expect(predicatesText(predicates)).toBe('true AND a > 1');
  });

  it('are refused if they are not what a client sends', () => {
    expect(() => open(legacyBatch([], [], '2'))).toThrow(/vgi_filter_version is 2, expected 1/);
    expect(() => open(legacyBatch({}))).toThrow(/filter_spec is not a list/);
    expect(() => open(legacyBatch([{ column_name: 'z', column_index: 0, type: 'is_null' }]))).toThrow(/names column "z"/);
    expect(() => open(legacyBatch([{ column_name: 'a', column_index: 0, type: 'bloom' }]))).toThrow(/filters\[0\] has the unknown type "bloom"/);
    expect(() => open(legacyBatch([{ column_name: 'a', column_index: 0, type: 'constant', op: 'eq', value_ref: 3 }]))).toThrow(/refers to _val_3/);
    expect(() => open(legacyBatch([{ column_name: 'a', column_index: 0, type: 'constant', op: 'unknown', value_ref: 0 }], [[arrow.int32, 1]]))).toThrow(/op is "unknown"/);
  });

  it('replace one another while the scan runs, the ones from its start aside', () => {
    const above = (limit: number): RecordBatch => legacyBatch([{ column_name: 'a', column_index: 0, type: 'constant', op: 'gt', value_ref: 0 }], [[arrow.int32, limit]]);
    const filters = open(above(0));
    filters.update(encoded(above(1)));
    filters.update(encoded(above(2)));
    expect(predicatesText(filters.predicates)).toBe('a > 0 AND [a > 2]');
  });
});
