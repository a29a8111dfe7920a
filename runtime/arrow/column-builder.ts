import type { Column, ColumnValues } from './column.ts';
import type { DataType } from './type.ts';

/** What a column is built from: a typed array of the type's own kind (kept, not copied) or any array of values and nulls. */
export type ColumnInput = ColumnValues | readonly unknown[];

/**
 * Builds a column. `null` and `undefined` are null; 64-bit types take `bigint` and safe integers.
 * Throws `ArrowError` `invalid-value` with the row for a value that the type cannot hold.
 */
export function columnFrom(_type: DataType, _values: ColumnInput): Column {
  throw new Error('being written');
}
