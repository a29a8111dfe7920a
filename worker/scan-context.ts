import type { BindCall } from './bind-call.ts';
import type { ScanFilters } from './filters/scan-filters.ts';
import { FunctionContext } from './function-context.ts';
import type { ScanPlan } from './scan-plan.ts';
import type { OrderHint, SampleHint, ScanRequest } from './scan-request.ts';

/** What a scan sees beside its arguments. */
export class ScanContext extends FunctionContext {
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

  constructor(bind: BindCall, request: ScanRequest, plan: ScanPlan) {
    super(bind);
    this.columns = plan.schema.fields.map((column) => column.name);
    this.filters = plan.filters;
    this.orderBy = request.orderBy;
    this.sample = request.sample;
    this.rowLimit = request.rowLimit;
  }

  /** Aborted when DuckDB needs no more rows. */
  get signal(): AbortSignal {
    return this.call.signal;
  }
}
