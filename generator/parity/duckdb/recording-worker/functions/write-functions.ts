import { field, int64, RecordBatch, Schema, utf8 } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import { dataFields, type StoredTable } from '../memory-catalog.ts';
import { columnIndex } from '../table-columns.ts';
import { argumentValues, type FunctionCall, type RecordedFunction } from './recorded-function.ts';
import { map } from './row-functions.ts';
import { tableOf } from './table-functions.ts';

type Row = readonly unknown[];

/** A write of one batch: the table after it, and the rows that RETURNING shows. */
type Write = (table: StoredTable, input: RecordBatch) => { readonly table: StoredTable; readonly returned: readonly Row[] };

const countSchema = new Schema([field('count', int64)]);

const rowsOf = (batch: RecordBatch): Row[] => Array.from({ length: batch.numRows }, (_, row) => batch.columns.map((column) => column.get(row)));

/** Whether the client wants the rows: what the option is called changed in 2.0.0, and a write function gets it as plain bytes. */
function wantsRows({ bind }: FunctionCall): boolean {
  const options = RecordBatch.fromIpc(argumentValues(bind.arguments).named['write_options'] as Uint8Array);
  return options.schema.indexOf('result_mode') >= 0 ? options.column('result_mode').get(0) === 'rows' : options.column('return_chunks').get(0) === true;
}

function writeFunction(name: string, write: Write): RecordedFunction {
  return {
    info: { name, description: 'Writes to a table.', functionType: vgi.FunctionType.TABLE, arguments: new Schema([field('schema', utf8, true), field('name', utf8, true)]), outputSchema: countSchema },
    bind: (call) => (wantsRows(call) ? new Schema(dataFields(tableOf(call).info.columns)) : countSchema),
    open({ outputSchema }, call) {
      const returnsRows = wantsRows(call);
      return map(outputSchema, (input) => {
        const { table, returned } = write(tableOf(call), input);
        call.catalog.putTable(table.info.schemaPath, table.info.name, table);
        if (!returnsRows) return RecordBatch.of(outputSchema, [[BigInt(returned.length)]]);
        return RecordBatch.of(outputSchema, outputSchema.fields.map((_, column) => returned.map((row) => row[column] ?? null)), { numRows: returned.length });
      });
    },
  };
}

const insertRows = writeFunction('insert_rows', (table, input) => {
  const inserted = rowsOf(input);
  const rows = new Map([...table.rows, ...inserted.map((row, index) => [table.nextRowId + BigInt(index), row] as const)]);
  return { table: { ...table, rows, nextRowId: table.nextRowId + BigInt(inserted.length) }, returned: inserted };
});

/** The last column holds the row ids, those before it new values by name. */
const updateRows = writeFunction('update_rows', (table, input) => {
  const changed = input.schema.fields.slice(0, -1).map(({ name }) => columnIndex(dataFields(table.info.columns), name));
  const rows = new Map(table.rows);
  const returned = rowsOf(input).map((given) => {
    const id = given.at(-1) as bigint;
    const row = [...(rows.get(id) ?? [])];
    changed.forEach((column, position) => (row[column] = given[position]));
    rows.set(id, row);
    return row;
  });
  return { table: { ...table, rows }, returned };
});

const deleteRows = writeFunction('delete_rows', (table, input) => {
  const rows = new Map(table.rows);
  const returned = rowsOf(input).map(([id]) => {
    const row = rows.get(id as bigint) ?? [];
    rows.delete(id as bigint);
    return row;
  });
  return { table: { ...table, rows }, returned };
});

export const writeFunctions: readonly RecordedFunction[] = [insertRows, updateRows, deleteRows];
