import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { Column } from '../../runtime/arrow/column.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, field, Schema } from '../../runtime/arrow/schema.ts';
import * as arrow from '../../runtime/arrow/type.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import { statisticsKeys } from '../../generated/vgi/ts/metadata.ts';

/** What is known of a column's values. Promises: DuckDB leaves out scans that they show to be empty. */
export interface ColumnStatistics<V = unknown> {
  /** Least and greatest value; left out if unknown. */
  readonly min?: V;
  readonly max?: V;
  /** Whether NULLs, and whether other values may occur; both by default. */
  readonly hasNull?: boolean;
  readonly hasNotNull?: boolean;
  readonly distinctCount?: bigint;
  /** Of text: whether characters beyond ASCII may occur. */
  readonly containsUnicode?: boolean;
  /** Of text: bytes of the longest one. */
  readonly maxStringLength?: bigint;
}

/**
 * Shape `ColumnStatistics`: a row for each column; `min` and `max` are sparse unions with a member for each type that occurs.
 * @param options.maxAge seconds for which the client may keep them; without it there is no limit
 */
export function columnStatistics(
  name: string,
  schema: Schema,
  statistics: Readonly<Record<string, ColumnStatistics | undefined>>,
  options: { readonly maxAge?: number } = {},
): RecordBatch {
  const rows = Object.entries(statistics).flatMap(([column, known]) => (known ? [{ field: fieldOf(name, schema, column), known }] : []));
  const types = distinctTypes(rows.map(({ field: { type } }) => type));
  const members = types.map((type) => field(arrow.typeName(type), type, true));
  const bounds = arrow.unionOf('sparse', members.length > 0 ? members : [field('null', arrow.nullType, true)]);
  const memberOf = rows.map(({ field: { type } }) => types.findIndex((each) => arrow.typeEquals(each, type)));
  const union = (bound: 'min' | 'max'): Column =>
    new Column({
      type: bounds,
      length: rows.length,
      typeIds: Int8Array.from(memberOf),
      children: bounds.fields.map(({ type }, member) => columnFrom(type, rows.map(({ known }, row) => (memberOf[row] === member ? (known[bound] ?? null) : null)))),
    });
  const values = [
    rows.map(({ field: each }) => each.name),
    union('min'),
    union('max'),
    rows.map(({ known }) => known.hasNull ?? true),
    rows.map(({ known }) => known.hasNotNull ?? true),
    rows.map(({ known }) => known.distinctCount ?? null),
    rows.map(({ known }) => known.containsUnicode ?? null),
    rows.map(({ known }) => known.maxStringLength ?? null),
  ];
  const metadata = options.maxAge === undefined ? {} : { metadata: new Map([[statisticsKeys.cacheMaxAgeSeconds, String(options.maxAge)]]) };
  return RecordBatch.of(statisticsSchema(bounds), values, { numRows: rows.length, ...metadata });
}

function statisticsSchema(bounds: arrow.UnionType): Schema {
  return new Schema([
    field('column_name', arrow.utf8),
    field('min', bounds, true),
    field('max', bounds, true),
    field('has_null', arrow.bool),
    field('has_not_null', arrow.bool),
    field('distinct_count', arrow.int64, true),
    field('contains_unicode', arrow.bool, true),
    field('max_string_length', arrow.uint64, true),
  ]);
}

function fieldOf(name: string, schema: Schema, column: string): Field {
  const found = schema.fields.find((each) => each.name === column);
  if (!found) throw new RpcError(`${name}: statistics name "${column}", which is not a column`, { type: 'ValueError' });
  return found;
}

function distinctTypes(types: readonly arrow.DataType[]): arrow.DataType[] {
  const distinct: arrow.DataType[] = [];
  for (const type of types) if (!distinct.some((each) => arrow.typeEquals(each, type))) distinct.push(type);
  return distinct;
}
