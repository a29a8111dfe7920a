import { columnFrom } from '../arrow/column-builder.ts';
import type { Column } from '../arrow/column.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import { type Schema, schemaEquals } from '../arrow/schema.ts';
import type { DataType } from '../arrow/type.ts';
import { typeEquals } from '../arrow/type-equals.ts';
import { typeName } from '../arrow/type-name.ts';
import { RpcError } from './errors.ts';

const cannotCast = (message: string): RpcError => new RpcError(message, { type: 'TypeError' });

/**
 * The batch with the columns of the schema: numbers are cast, names and order must fit. Throws a `TypeError` RpcError for
 * other names or types that no number cast leads to. Nullability is taken from the schema, as vgi-rpc does for exchange inputs.
 */
export function castBatch(batch: RecordBatch, schema: Schema): RecordBatch {
  if (schemaEquals(batch.schema, schema)) return batch;
  const got = batch.schema.fields;
  const names = (fields: readonly { name: string }[]): string => fields.map(({ name }) => name).join(', ') || 'none';
  if (got.length !== schema.fields.length || got.some(({ name }, index) => name !== schema.fields[index]?.name)) {
    throw cannotCast(`the input has columns (${names(got)}), the method takes (${names(schema.fields)})`);
  }
  const columns = schema.fields.map(({ name, type }, index) => castColumn(batch.column(index), type, name));
  return RecordBatch.of(schema, columns, { numRows: batch.numRows, metadata: batch.metadata });
}

function castColumn(column: Column, type: DataType, name: string): Column {
  if (typeEquals(column.type, type)) return column;
  const from = column.type.kind;
  const numeric = from === 'int' || from === 'float';
  if (!numeric || (type.kind !== 'int' && type.kind !== 'float')) {
    throw cannotCast(`input column "${name}" is ${typeName(column.type)}, the method takes ${typeName(type)}`);
  }
  const big = type.kind === 'int' && type.bits === 64;
  const values: (number | bigint | null)[] = new Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const value = column.get(row) as number | bigint | null;
    if (value === null) values[row] = null;
    else if (big) values[row] = typeof value === 'bigint' ? value : wholeNumber(value, name);
    else values[row] = Number(value);
  }
  return columnFrom(type, values);
}

function wholeNumber(value: number, name: string): bigint {
  if (!Number.isInteger(value)) throw cannotCast(`input column "${name}" holds ${value}, which is not a whole number`);
  return BigInt(value);
}
