import type { Schema } from '../runtime/arrow/schema.ts';
import type { CallContext } from '../runtime/rpc/call-context.ts';
import { BatchFilter, columnsOf } from './filters/batch-filter.ts';
import { ScanFilters } from './filters/scan-filters.ts';
import { projectedSchema, type ScanRequest } from './scan-request.ts';

/** How a scan is carried out. */
export interface ScanPlan {
  /** What the scan has to yield: the columns asked for, then those that only filters need. */
  readonly schema: Schema;
  readonly filters: ScanFilters;
  /** Applies the filters and drops the columns that were for them alone; absent if the scan is left to itself. */
  readonly filter: BatchFilter | undefined;
  /** What the client gets. */
  readonly output: Schema;
}

/** Throws a `FilterError` for filters that are malformed or, with `apply`, cannot be evaluated. */
export function planScan({ schema, projection, pushdownFilters, joinKeys }: ScanRequest, apply: boolean, call: CallContext): ScanPlan {
  const filters = new ScanFilters(pushdownFilters, { schema, joinKeys }, call.protocolVersion);
  const output = projectedSchema(schema, projection);
  if (!apply) return { schema: output, filters, filter: undefined, output };
  const needed = columnsOf(filters.predicates.map(({ expression }) => expression));
  const indices = [...projection, ...[...needed].filter((index) => !projection.includes(index))];
  return { schema: indices.length === projection.length ? output : projectedSchema(schema, indices), filters, filter: new BatchFilter(filters, indices), output };
}
