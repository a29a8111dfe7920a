import type { NumericArray } from '../arrow/column.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import { RpcError } from './errors.ts';

/** Values of one column of a stream batch: the type's typed array when nothing is null, or any array of values and nulls. */
export type ColumnValuesOf<T> = [T] extends [number]
  ? Exclude<NumericArray, BigInt64Array | BigUint64Array> | readonly (T | null)[]
  : [T] extends [bigint]
    ? BigInt64Array | BigUint64Array | readonly (T | null)[]
    : readonly (T | null)[];

/** A stream batch as columns by wire name. */
export type StreamColumns = Readonly<Record<string, ColumnValuesOf<never> | NumericArray | readonly unknown[]>>;

/** The record batch of a schema from columns by name. Throws a `TypeError` RpcError that names a column missing or of another length. */
export function batchFromColumns(schema: Schema, columns: StreamColumns): RecordBatch {
  const values = schema.fields.map(({ name }) => {
    const column = columns[name];
    if (column === undefined) {
      throw new RpcError(`the stream emitted no column "${name}" (got: ${Object.keys(columns).join(', ') || 'none'})`, { type: 'TypeError' });
    }
    return column;
  });
  const numRows = values[0]?.length ?? 0;
  for (const [index, column] of values.entries()) {
    if (column.length !== numRows) {
      const name = schema.fields[index]?.name;
      throw new RpcError(`the stream emitted ${column.length} rows in column "${name}", and ${numRows} in the first one`, { type: 'TypeError' });
    }
  }
  return RecordBatch.of(schema, values, { numRows });
}

/** The columns of a record batch by wire name. */
export function columnsFromBatch(batch: RecordBatch): StreamColumns {
  const columns: Record<string, NumericArray | readonly unknown[]> = {};
  for (const [index, { name }] of batch.schema.fields.entries()) columns[name] = batch.columnValues(index);
  return columns;
}
