import { RpcError } from '../../runtime/rpc/errors.ts';
import type { TimeTravel } from '../call/bind-call.ts';
import type { TableFunction } from '../table/table-function.ts';
import type { ResolvedTable, Table } from './table.ts';

/** Whether a table can be read as it was at another time. */
export function travelsInTime(table: Table): boolean {
  return 'at' in table || ('timeTravel' in table && table.timeTravel === true);
}

/** A table as it is, or was at a point in time. Throws an RpcError if it knows no other time. */
export function resolveTable(name: string, table: Table, time: TimeTravel | undefined): ResolvedTable {
  if ('at' in table) return { ...(table.comment !== undefined && { comment: table.comment }), ...table.at(time) };
  const resolved = 'kind' in table ? { function: table } : table;
  // DuckDB itself refuses AT for tables of several branches, with a message that names the reason.
  if (time && !travelsInTime(table) && !('branches' in resolved)) {
    throw new RpcError(`table ${name} does not support time travel; leave out AT`, { type: 'ValueError' });
  }
  return resolved;
}

/** The functions of this catalog that give a table's rows at present. */
export function functionsBehind(name: string, table: Table): readonly TableFunction[] {
  const resolved = resolveTable(name, table, undefined);
  const sources = 'branches' in resolved ? resolved.branches : [resolved];
  return sources.flatMap((source) => ('function' in source ? [source.function] : []));
}
