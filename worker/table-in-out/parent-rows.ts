import { RpcError } from '../../runtime/rpc/errors.ts';
import { rpcKeys } from '../../generated/vgi/ts/metadata.ts';
import type { Columns, ScanBatch } from '../table/scan-batches.ts';

/** Columns of a row function with the input row that each of their rows came from. */
export class ParentedRows<B extends ScanBatch<Columns> = ScanBatch<Columns>> {
  readonly columns: B;
  readonly parents: ArrayLike<number>;

  constructor(columns: B, parents: ArrayLike<number>) {
    this.columns = columns;
    this.parents = parents;
  }
}

/**
 * Rows of a row function that are not one for each input row, in order: `parents` has the number of the input row, from 0, for each of them.
 * DuckDB puts the columns of that row beside it.
 */
export function withParents<B extends ScanBatch<Columns>>(columns: B, parents: ArrayLike<number>): ParentedRows<B> {
  return new ParentedRows(columns, parents);
}

/**
 * The metadata that tells the parents of a batch; `undefined` for one row for each input row. Throws an RpcError for parents that are
 * missing, too few or none of the input's rows.
 */
export function parentMetadata(functionName: string, rows: number, inputRows: number, parents: ArrayLike<number> | undefined): [string, string] | undefined {
  if (!parents) {
    if (rows === inputRows) return undefined;
    if (rows === 0) return [rpcKeys.parentRow, ''];
    throw new RpcError(`${functionName}: gave ${rows} rows for ${inputRows}; say which input row each is from by withParents(columns, parents)`, { type: 'ValueError' });
  }
  if (parents.length !== rows) throw new RpcError(`${functionName}: gave ${parents.length} parents for ${rows} rows`, { type: 'ValueError' });
  const bytes = Buffer.alloc(rows * 4);
  let inOrder = rows === inputRows;
  for (let row = 0; row < rows; row++) {
    const parent = parents[row] as number;
    if (!Number.isInteger(parent) || parent < 0 || parent >= inputRows) {
      throw new RpcError(`${functionName}: row ${row} has parent ${parent}, the input has rows 0 to ${inputRows - 1}`, { type: 'ValueError' });
    }
    inOrder &&= parent === row;
    bytes.writeInt32LE(parent, row * 4);
  }
  return inOrder ? undefined : [rpcKeys.parentRow, bytes.toString('base64')];
}
