import { bool, type Field, field, int64, RecordBatch, Schema, uint64, unionOf, utf8 } from 'vgi-gen/runtime/v1';

/** Shape `ColumnStatistics`: that nothing is known of the values but their number. */
export function columnStatistics(fields: readonly Field[]): RecordBatch {
  const types = fields.map(({ type }) => type);
  const bounds = unionOf('sparse', [field('null', types[0] ?? int64, true)]);
  const schema = new Schema([
    field('column_name', utf8),
    field('min', bounds, true),
    field('max', bounds, true),
    field('has_null', bool),
    field('has_not_null', bool),
    field('distinct_count', int64, true),
    field('contains_unicode', bool, true),
    field('max_string_length', uint64, true),
  ]);
  const all = <T>(value: T): T[] => fields.map(() => value);
  return RecordBatch.of(schema, [fields.map(({ name }) => name), all(null), all(null), all(true), all(true), all(10n), all(null), all(null)], { numRows: fields.length });
}
