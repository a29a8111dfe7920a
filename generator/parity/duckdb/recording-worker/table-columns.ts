import { type Field, RpcError } from 'vgi-gen/runtime/v1';
import { type StoredTable, tableColumns } from './memory-catalog.ts';

/** Position of a column, by its name. Throws if there is none. */
export function columnIndex(fields: readonly Field[], name: string): number {
  const index = fields.findIndex((each) => each.name.toLowerCase() === name.toLowerCase());
  if (index < 0) throw new RpcError(`there is no column ${name}`, { type: 'ColumnNotFoundError' });
  return index;
}

/** The table with other columns; its rows stay as they are. */
export const withFields = (table: StoredTable, fields: readonly Field[]): StoredTable => ({ ...table, info: { ...table.info, columns: tableColumns(fields) } });

/** The column with an entry of its metadata set, or taken away. */
export function withMetadata(column: Field, key: string, text: string | undefined): Field {
  const metadata = new Map(column.metadata);
  if (text === undefined) metadata.delete(key);
  else metadata.set(key, text);
  return { ...column, metadata };
}
