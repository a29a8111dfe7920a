import { describe, expect, it } from 'vitest';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import * as arrow from '../../runtime/arrow/type.ts';
import { predicatesText } from '../../worker/filters/filter-text.ts';
import { ScanFilters } from '../../worker/filters/scan-filters.ts';
import { delta, encoded, FilterWriter, type Node, predicate, snapshot, upsert } from './filter-documents.ts';

const schema = new Schema([
  field('a', arrow.int32, true),
  field('b', arrow.utf8, true),
  field('s', arrow.structOf([field('x', arrow.float64, true)]), true),
  field('t', arrow.timestamp('us', 'UTC'), true),
  field('when', arrow.timestamp('us'), true),
  field('u', arrow.uint8, true),
  field('odd', arrow.fixedBinary(16), true, new Map([['ARROW:extension:name', 'somebody.type']])),
]);

function open(batch: ReturnType<FilterWriter['batch']> | undefined, version = '2.0.0'): ScanFilters {
  return new ScanFilters(batch, { schema, joinKeys: [] }, version);
}

const w = (): FilterWriter => new FilterWriter(schema);
const isNull: Node = { node: 'is_null', expression: { node: 'column_ref', column_index: 0, column_name: 'a' }, negated: false };

describe('a snapshot', () => {
  it('becomes a typed tree', () => {
    const writer = w();
    const { predicates } = open(
      writer.batch(
        snapshot([
          predicate('query:0', { node: 'and', children: [writer.compare('ge', writer.column('a'), writer.literal(arrow.int32, 5)), { node: 'not', expression: writer.in(writer.column('b'), arrow.utf8, ['x', null], true) }] }),
          predicate('advisory:0', writer.compare('lt', { node: 'field_ref', expression: writer.column('s'), field_index: 0, field_name: 'x' }, writer.literal(arrow.float64, 1.5)), 'advisory'),
        ]),
      ),
    );
    expect(predicatesText(predicates)).toBe("(a >= 5 AND NOT (b NOT IN ('x', NULL))) AND [s.x < 1.5]");
    expect(predicates.map(({ mode, source, revision }) => [mode, source, revision])).toEqual([['required', 'query', 0n], ['advisory', 'other', 0n]]);
    expect(predicates[0]?.expression.type).toEqual(arrow.bool);
  });

  it('may be empty or missing', () => {
    expect(open(w().batch(snapshot([]))).predicates).toEqual([]);
    expect(open(undefined).predicates).toEqual([]);
  });

  const nested = (depth: number): Node => (depth === 0 ? isNull : { node: 'not', expression: nested(depth - 1) });
  const a: Node = { node: 'column_ref', column_index: 0, column_name: 'a' };

  it.each<[string, (writer: FilterWriter) => unknown, RegExp]>([
    ['an unknown key', () => ({ ...snapshot([]), note: 1 }), /the document has the unknown key "note"/],
    ['another encoding', () => ({ ...snapshot([]), encoding: 'vgi.filters.v3' }), /the document.encoding is "vgi.filters.v3"/],
    ['another profile', () => ({ ...snapshot([]), semantics: 'vgi.duckdb.standard.v2' }), /semantics is/],
    ['a delta', () => delta([]), /has the unknown key "updates"/],
    ['a duplicate key', () => JSON.stringify(snapshot([])).replace('"kind"', '"kind":"snapshot","kind"'), /character \d+: key "kind" stands twice/],
    ['text behind the document', () => `${JSON.stringify(snapshot([]))} x`, /something follows/],
    ['broken JSON', () => '{"encoding":', /not valid JSON at character 12/],
    ['a first revision that is not 0', () => snapshot([{ ...predicate('q', isNull), revision: 1 }]), /begins with revision 1/],
    ['an id twice', () => snapshot([predicate('q', isNull), predicate('q', isNull)]), /predicates\[1\].id "q" stands twice/],
    ['an empty id', () => snapshot([predicate('', isNull)]), /id has 0 bytes/],
    ['a long id', () => snapshot([predicate('ä'.repeat(65), isNull)]), /id has 130 bytes, 1 to 128/],
    ['an unknown mode', () => snapshot([predicate('q', isNull, 'maybe')]), /mode is "maybe"/],
    ['too many predicates', () => snapshot(Array.from({ length: 1025 }, (_, i) => predicate(`q${i}`, isNull))), /1025 predicates, at most 1024/],
    ['a wrong column name', () => snapshot([predicate('q', { ...isNull, expression: { ...a, column_name: 'b' } })]), /names column 0 "b", the bind schema has "a"/],
    ['a column that is not there', () => snapshot([predicate('q', { ...isNull, expression: { ...a, column_index: 99 } })]), /the bind schema has no such column/],
    ['a negative index', () => snapshot([predicate('q', { ...isNull, expression: { ...a, column_index: -1 } })]), /column_index is not an index/],
    ['a fraction as index', () => JSON.stringify(snapshot([predicate('q', isNull)])).replace('"column_index":0', '"column_index":0.0'), /column_index is not an index/],
    ['a field of what is no struct', () => snapshot([predicate('q', { ...isNull, expression: { node: 'field_ref', expression: a, field_index: 0, field_name: 'x' } })]), /names field 0 "x" of int32/],
    ['a missing literal', () => snapshot([predicate('q', { node: 'comparison', op: 'eq', left: a, right: { node: 'literal', value_ref: 4 } })]), /refers to value_4/],
    ['a root that is no condition', () => snapshot([predicate('q', a)]), /is of type int32 instead of bool/],
    ['an AND of one', () => snapshot([predicate('q', { node: 'and', children: [isNull] })]), /has 1 children/],
    ['an unknown node', () => snapshot([predicate('q', { node: 'xor' })]), /unknown node "xor"/],
    ['an unknown operator', () => snapshot([predicate('q', { node: 'comparison', op: 'like', left: a, right: a })]), /op is "like"/],
    ['an unknown function', () => snapshot([predicate('q', { node: 'call', function: 'upper', arguments: [a] })]), /function is "upper"/],
    ['an unknown contract', () => snapshot([predicate('q', { node: 'call', function: { namespace: 'a', name: 'b', version: 1 }, arguments: [a] })]), /is a\/b@1, which is not known/],
    ['arguments that fit no overload', () => snapshot([predicate('q', { node: 'call', function: 'starts_with', arguments: [a, a] })]), /no starts_with\(int32, int32\)/],
    ['types that do not compare', (writer) => snapshot([predicate('q', writer.compare('eq', writer.column('a'), writer.column('b')))]), /compares int32 with utf8/],
    ['an unknown extension type', (writer) => snapshot([predicate('q', writer.compare('eq', writer.column('odd'), writer.column('odd')))]), /extension type somebody.type/],
    ['a set that is no list', (writer) => snapshot([predicate('q', { node: 'in', expression: a, set: { kind: 'literal', value_ref: writer.slot('value', arrow.int32, 1) }, negated: false })]), /which is int32 and no list/],
    ['a set that is NULL', (writer) => snapshot([predicate('q', { node: 'in', expression: a, set: { kind: 'literal', value_ref: writer.slot('value', arrow.listOf(field('l', arrow.int32, true)), null) }, negated: false })]), /which is NULL/],
    ['join keys that were not sent', () => snapshot([predicate('q', { node: 'in', expression: a, set: { kind: 'external', batch_index: 0, column_index: 0, column_name: 'a' }, negated: false })]), /batch 0 of the join keys, there are 0/],
    ['a type slot with a value', (writer) => snapshot([predicate('q', { ...isNull, expression: { node: 'cast', expression: a, type_ref: writer.slot('type', arrow.int64, 5n) } })]), /holds a value/],
    ['a cast by way of the time zone', (writer) => snapshot([predicate('q', { ...isNull, expression: writer.cast(writer.column('t'), arrow.date32) })]), /depends on the session's time zone/],
    ['a division', (writer) => snapshot([predicate('q', { ...isNull, expression: { node: 'arithmetic', op: 'divide', left: writer.column('a'), right: writer.column('a') } })]), /depends on settings of the session/],
    ['minus of an unsigned integer', (writer) => snapshot([predicate('q', { ...isNull, expression: { node: 'negate', expression: writer.column('u') } })]), /negates uint8/],
    ['a required runtime filter', (writer) => snapshot([predicate('q', runtimeFilter(writer))]), /cannot be required/],
    ['a runtime filter inside', (writer) => snapshot([predicate('q', { node: 'not', expression: runtimeFilter(writer) }, 'advisory')]), /inside another expression/],
    ['more than 64 levels', () => snapshot([predicate('q', nested(64))]), /nested deeper than 64/],
    ['more than 10,000 nodes', () => snapshot([predicate('q', { node: 'and', children: Array.from({ length: 5000 }, () => isNull) })]), /more than 10000 expression nodes/],
    ['too many arguments', () => snapshot([predicate('q', { node: 'call', function: 'contains', arguments: Array.from({ length: 257 }, () => a) })]), /more than 256 arguments/],
    ['too much JSON', () => JSON.stringify(snapshot([])) + ' '.repeat(1 << 20), /at most 1048576/],
  ])('is refused with %s', (_, document, message) => {
    const writer = w();
    const given = document(writer);
    expect(() => open(writer.batch(given))).toThrow(message);
    expect(() => open(writer.batch(given))).toThrow(/^pushed filters: /);
  });

  it('is refused if its batch is not what it says', () => {
    const metadata = [['vgi_filter_encoding', 'vgi.filters.v2'], ['vgi_filter_version', '2'], ['vgi_evaluation_context', 'vgi.none.v1']] as const;
    const text = snapshot([]);
    expect(() => open(w().batch(text, metadata.slice(0, 2)))).toThrow(/vgi_evaluation_context=\(nothing\)/);
    expect(() => open(w().batch(text, [...metadata.slice(0, 2), ['vgi_evaluation_context', 'vgi.duckdb.session.v1']]))).toThrow(/does not advertise/);
    expect(() => open(w().batch(text, [...metadata, ['vgi_time_zone', 'UTC']]))).toThrow(/vgi_time_zone, which vgi.none.v1 rules out/);
    expect(() => open(w().batch(text, [metadata[0], ['vgi_filter_version', '1'], metadata[2]]))).toThrow(/vgi_filter_version=1, expected 2/);
    const large = w();
    large.slot('value', arrow.binary, new Uint8Array((16 << 20) + 1));
    expect(() => open(large.batch(text))).toThrow(/literals take more than 16777216 bytes/);
  });
});

function runtimeFilter(writer: FilterWriter): Node {
  const algorithm = { namespace: 'duckdb.runtime_filter', name: 'bloom', version: 1 };
  return { node: 'runtime_filter', algorithm, input: writer.column('a'), artifact_ref: writer.slot('artifact', arrow.binary, new Uint8Array(8)), null_handling: 'pass' };
}

describe('a delta', () => {
  const above = (limit: number, id: string, revision: number): string => {
    const writer = w();
    return encoded(writer.batch(delta([upsert(id, revision, writer.compare('gt', writer.column('a'), writer.literal(arrow.int32, limit)))])));
  };
  const remove = (id: string, revision: number): string => encoded(w().batch(delta([{ operation: 'remove', id, revision }])));

  it('adds, replaces and removes; what is stale changes nothing', () => {
    const filters = open(undefined);
    const states: string[] = [];
    for (const update of [above(1, 'x', 2), above(2, 'x', 1), above(3, 'x', 2), above(4, 'x', 3), above(5, 'y', 0), remove('x', 3), remove('x', 4), above(6, 'x', 4), above(7, 'x', 5)]) {
      filters.update(update);
      states.push(predicatesText(filters.predicates));
    }
    expect(states).toEqual(['[a > 1]', '[a > 1]', '[a > 1]', '[a > 4]', '[a > 4] AND [a > 5]', '[a > 4] AND [a > 5]', '[a > 5]', '[a > 5]', '[a > 7] AND [a > 5]']);
  });

  it('tells by a number whether anything changed', () => {
    const filters = open(undefined);
    const before = filters.revision;
    filters.update(above(1, 'x', 0));
    const after = filters.revision;
    filters.update(above(2, 'x', 0));
    expect([after > before, filters.revision]).toEqual([true, after]);
  });

  it('orders revisions beyond 2^53', () => {
    const filters = open(undefined);
    const at = (revision: string, limit: number): string => {
      const writer = w();
      const document = delta([upsert('x', 12345, writer.compare('gt', writer.column('a'), writer.literal(arrow.int32, limit)))]);
      return encoded(writer.batch(JSON.stringify(document).replace('12345', revision)));
    };
    filters.update(at('18446744073709551614', 1));
    filters.update(at('18446744073709551615', 2));
    expect(predicatesText(filters.predicates)).toBe('[a > 2]');
    expect(() => filters.update(at('18446744073709551616', 3))).toThrow(/not an unsigned 64-bit integer/);
  });

  it('counts as a whole: one wrong update and none applies', () => {
    const writer = w();
    const filters = open(writer.required(isNull));
    const good = upsert('x', 1, isNull);
    const refuse = (updates: readonly Node[], message: RegExp): void => {
      expect(() => filters.update(encoded(w().batch(delta(updates))))).toThrow(message);
      expect(filters.predicates).toHaveLength(1);
    };
    refuse([good, upsert('y', 1, { node: 'xor' })], /unknown node "xor"/);
    refuse([good, upsert('query:0', 1, isNull)], /"query:0", which is required/);
    refuse([good, { operation: 'remove', id: 'query:0', revision: 9 }], /"query:0", which is required/);
    refuse([good, good], /stands twice/);
    refuse([good, upsert('y', 1, isNull, 'required')], /adds a required predicate/);
    refuse([good, { operation: 'remove', id: 'z', revision: 1, expression: isNull }], /unknown key "expression"/);
    refuse([good, { operation: 'merge', id: 'z', revision: 1 }], /operation is "merge"/);
    filters.update(encoded(w().batch(delta([good]))));
    expect(filters.predicates).toHaveLength(2);
  });

  it('cannot make a scan remember more than 4,096 ids', () => {
    const filters = open(undefined);
    for (let part = 0; part < 4; part++) filters.update(encoded(w().batch(delta(Array.from({ length: 1024 }, (_, i) => ({ operation: 'remove', id: `${part}:${i}`, revision: 0 }))))));
    expect(() => filters.update(above(1, 'one more', 0))).toThrow(/more than 4096 predicates/);
  });
});
