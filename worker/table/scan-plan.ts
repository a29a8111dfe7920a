import type { Schema } from '../../runtime/arrow/schema.ts';
import type { CallContext } from '../../runtime/rpc/call-context.ts';
import { BatchFilter, columnsOf } from '../filters/batch-filter.ts';
import { ScanFilters } from '../filters/scan-filters.ts';
import { projectedSchema, type ScanRequest } from './scan-request.ts';

/** How a scan is carried out. */
export interface ScanPlan {
  /** All columns of the function. */
  readonly bound: Schema;
  /** What the scan has to yield: the columns asked for, those that only filters need, then those that only partition values are read from. */
  readonly schema: Schema;
  /** How many of them are not for partition values alone. */
  readonly required: number;
  readonly filters: ScanFilters;
  /** Applies the filters; absent if the scan is left to itself. */
  readonly filter: BatchFilter | undefined;
  /** What the client gets: the first columns of `schema`. */
  readonly output: Schema;
}

/**
 * Throws a `FilterError` for filters that are malformed or, with `apply`, cannot be evaluated.
 * @param apply the filters are applied to what the scan yields
 * @param alsoRead columns that are read, asked for or not: indices into the schema of bind
 */
export function planScan({ schema, projection, pushdownFilters, joinKeys }: ScanRequest, apply: boolean, call: CallContext, alsoRead: readonly number[] = []): ScanPlan {
  const filters = new ScanFilters(pushdownFilters, { schema, joinKeys }, call.protocolVersion);
  const indices = [...projection];
  const add = (index: number): void => {
    if (!indices.includes(index)) indices.push(index);
  };
  if (apply) columnsOf(filters.predicates.map(({ expression }) => expression)).forEach(add);
  const required = indices.length;
  alsoRead.forEach(add);
  const output = projectedSchema(schema, projection);
  return {
    bound: schema,
    schema: indices.length === projection.length ? output : projectedSchema(schema, indices),
    required,
    filters,
    filter: apply ? new BatchFilter(filters, indices) : undefined,
    output,
  };
}
