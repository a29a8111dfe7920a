import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, Schema } from '../../runtime/arrow/schema.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import type { InitRequest } from '../../generated/vgi/ts/index.ts';

/** The ORDER BY with LIMIT above a scan. A hint: the engine sorts and cuts anyway. */
export interface OrderHint {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
  readonly nulls: 'first' | 'last';
  /** Rows that are kept, if it is known. */
  readonly limit?: bigint;
}

/** TABLESAMPLE of a function that declares `sampling`; the function alone does the sampling. */
export interface SampleHint {
  /** Share of the rows, 0 to 100. */
  readonly percentage: number;
  /** The same seed gives the same rows. */
  readonly seed?: bigint;
}

/** What the start of a scan asks for. */
export interface ScanRequest {
  /** The schema that bind answered. */
  readonly schema: Schema;
  /** Indices into it of the columns to give, in order. */
  readonly projection: readonly number[];
  readonly pushdownFilters: RecordBatch | undefined;
  readonly joinKeys: readonly RecordBatch[];
  readonly orderBy: OrderHint | undefined;
  readonly sample: SampleHint | undefined;
  readonly rowLimit: bigint | undefined;
}

/** Reads a scan's part out of the protocol's request. Throws an RpcError if the projection names columns that are not there. */
export function scanRequest(request: InitRequest): ScanRequest {
  const { outputSchema: schema, projectionIds, orderByColumnName: column, tablesamplePercentage: percentage } = request;
  return {
    schema,
    projection: projectionIds ? projectionIds.map((id) => columnIndex(id, schema)) : schema.fields.map((_, index) => index),
    pushdownFilters: request.pushdownFilters,
    joinKeys: request.joinKeys ?? [],
    orderBy: column === undefined ? undefined : {
      column,
      direction: request.orderByDirection === 'DESC' ? 'descending' : 'ascending',
      nulls: request.orderByNullOrder === 'NULLS_FIRST' ? 'first' : 'last',
      ...(request.orderByLimit !== undefined && { limit: request.orderByLimit }),
    },
    sample: percentage === undefined ? undefined : { percentage, ...(request.tablesampleSeed !== undefined && { seed: request.tablesampleSeed }) },
    rowLimit: request.rowLimit,
  };
}

/** Some columns of a schema, in the order given. */
export function projectedSchema({ fields, metadata }: Schema, indices: readonly number[]): Schema {
  return new Schema(indices.map((index) => fields[index] as Field), metadata);
}

function columnIndex(id: bigint, { fields }: Schema): number {
  if (id < 0n || id >= fields.length) throw new RpcError(`projection names column ${id}, the schema has ${fields.length}`, { type: 'ProtocolError' });
  return Number(id);
}
