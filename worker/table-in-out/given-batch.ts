import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { Column } from '../../runtime/arrow/column.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, type Schema, schemaEquals } from '../../runtime/arrow/schema.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import type { Columns, ScanBatch } from '../table/scan-batches.ts';
import type { ScanOutput } from '../table/scan-output.ts';
import { InputTable } from './input-table.ts';

/** Rows that a function gives: columns by name, or in Arrow form, such as its input. */
export type GivenRows<C extends Columns> = ScanBatch<C> | RecordBatch | InputTable;

/** Rows, or `batch(rows, options)`. */
export type GivenBatch<C extends Columns> = GivenRows<C> | ScanOutput<GivenRows<C>>;

/** Columns by name of rows in any form. */
export function columnsOf(given: GivenRows<Columns>): ScanBatch<Columns> {
  if (given instanceof InputTable) return given.columns();
  return given instanceof RecordBatch ? new InputTable(given).columns() : given;
}

/**
 * The columns of a schema out of what a function gave, without touching rows that have the schema already. Throws an RpcError that names
 * function and column for one that is missing, or has another type or number of rows.
 */
export function shapedBatch(functionName: string, given: GivenRows<Columns>, schema: Schema): RecordBatch {
  const batch = given instanceof InputTable ? given.batch : given;
  if (batch instanceof RecordBatch && schemaEquals(batch.schema, schema)) return batch;
  const columns = columnsOf(given);
  let numRows = batch instanceof RecordBatch ? batch.numRows : undefined;
  const shaped = schema.fields.map((wanted) => {
    const column = shapedColumn(functionName, wanted, columns[wanted.name]);
    numRows ??= column.length;
    if (column.length === numRows) return column;
    throw new RpcError(`${functionName}: column "${wanted.name}" has ${column.length} rows, the first one has ${numRows}`, { type: 'ValueError' });
  });
  return RecordBatch.of(schema, shaped, { numRows: numRows ?? 0 });
}

function shapedColumn(functionName: string, { name, type }: Field, given: ScanBatch<Columns>[string]): Column {
  if (given === undefined) throw new RpcError(`${functionName}: gave no column "${name}"`, { type: 'ValueError' });
  if (given instanceof Column) {
    if (typeEquals(given.type, type)) return given;
    throw new RpcError(`${functionName}: column "${name}" is ${typeName(type)}, given was ${typeName(given.type)}`, { type: 'TypeError' });
  }
  try {
    return columnFrom(type, given as readonly unknown[], name);
  } catch (error) {
    throw new RpcError(`${functionName}: ${(error as Error).message}`, { type: 'TypeError', cause: error });
  }
}

/** Batches of one schema as one. */
export function concatBatches(schema: Schema, batches: readonly RecordBatch[]): RecordBatch {
  const [only, ...others] = batches;
  if (only && others.length === 0) return only;
  const columns = schema.fields.map(({ type, name }, index) => {
    const values: unknown[] = [];
    for (const batch of batches) for (const value of batch.column(index).values()) values.push(value);
    return columnFrom(type, values, name);
  });
  return RecordBatch.of(schema, columns, { numRows: batches.reduce((rows, { numRows }) => rows + numRows, 0) });
}
