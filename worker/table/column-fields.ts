import { type Field, field, Schema } from '../../runtime/arrow/schema.ts';
import { columnKeys } from '../../generated/vgi/ts/metadata.ts';
import type { ColumnType } from '../declare/column-types.ts';

/** The schema of declared columns. */
export function columnsSchema(columns: Readonly<Record<string, ColumnType>>): Schema {
  return new Schema(Object.entries(columns).map(([name, { type, notNull: required, metadata }]): Field => field(name, type, !required, metadata)));
}

/** A column without NULLs. */
export function notNull<T extends ColumnType>(type: T): T {
  return { ...type, notNull: true };
}

/** A column whose values the batches of a partitioned function are grouped by, see `partitions`. */
export function partitionColumn<T extends ColumnType>(type: T): T {
  return withMetadata(type, { [columnKeys.partitionColumn]: 'true' });
}

/** The column that identifies a row, hidden by DuckDB and read as `rowid`: its values are unique and stay the same. */
export function rowIdColumn<T extends ColumnType>(type: T): T {
  return withMetadata(type, { [columnKeys.isRowId]: '' });
}

/** A type with further field metadata, such as that of an Arrow extension type. */
export function withMetadata<T extends ColumnType>(type: T, metadata: Readonly<Record<string, string>>): T {
  return { ...type, metadata: new Map([...(type.metadata ?? []), ...Object.entries(metadata)]) };
}
