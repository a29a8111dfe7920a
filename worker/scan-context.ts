import type { RecordBatch } from '../runtime/arrow/record-batch.ts';
import { type Field, Schema } from '../runtime/arrow/schema.ts';
import type { CallContext } from '../runtime/rpc/call-context.ts';
import { RpcError } from '../runtime/rpc/errors.ts';
import type { InitRequest } from '../generated/vgi/ts/index.ts';
import type { ScanFilters } from './filters/scan-filters.ts';

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

/** What a scan sees beside its arguments. */
export interface ScanContext {
  readonly call: CallContext;
  /** Names of the columns that are needed; others may be left out of what is yielded. */
  readonly columns: readonly string[];
  /**
   * What was pushed down, as one tree for clients of all versions. With `filters: 'author'` the scan has to apply what is required in it. It can
   * grow while the scan runs, before each batch that is asked for. Empty without `filters`.
   */
  readonly filters: ScanFilters;
  readonly orderBy: OrderHint | undefined;
  readonly sample: SampleHint | undefined;
  /** Most rows that will be read. DuckDB does not say. */
  readonly rowLimit: bigint | undefined;
  /** Aborted when DuckDB needs no more rows. */
  readonly signal: AbortSignal;
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
