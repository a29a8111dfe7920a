import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import { cacheKeys } from '../../generated/vgi/ts/metadata.ts';
import type { ScanFilters } from '../filters/scan-filters.ts';
import { FunctionContext } from '../call/function-context.ts';
import type { InitCall } from '../call/init-call.ts';
import type { ScanPlan } from './scan-plan.ts';
import type { OrderHint, SampleHint, ScanRequest } from './scan-request.ts';

/** What a scan sees beside its arguments. `B` is the state that its `bind` made, `I` an item of its `plan`. */
export class ScanContext<B = undefined, I = undefined> extends FunctionContext {
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
  /** The state that `bind` made. */
  readonly bound: B;
  /** The item of `plan` that this run of the scan is for. */
  readonly item: I;
  /** Whether the storage of the execution was asked for. */
  usesStorage = false;
  readonly #init: InitCall;

  constructor(init: InitCall, request: ScanRequest, plan: ScanPlan, bound: B, item: I) {
    super(init.bind);
    this.columns = plan.schema.fields.map((column) => column.name);
    this.filters = plan.filters;
    this.orderBy = request.orderBy;
    this.sample = request.sample;
    this.rowLimit = request.rowLimit;
    this.bound = bound;
    this.item = item;
    this.#init = init;
  }

  /** Aborted when DuckDB needs no more rows. */
  get signal(): AbortSignal {
    return this.call.signal;
  }

  /** The etag of the result that the client holds and asks about; told with the first batch that it asks for. */
  get ifNoneMatch(): string | undefined {
    return this.call.inputMetadata.get(cacheKeys.ifNoneMatch);
  }

  /** The time of last change of the result that the client holds and asks about. */
  get ifModifiedSince(): Date | undefined {
    const text = this.call.inputMetadata.get(cacheKeys.ifModifiedSince);
    return text === undefined ? undefined : new Date(text);
  }

  /** Storage shared by the streams of this scan. It is cleared at the end, unless the function has a `dynamicToString` to read it. */
  readonly executionStorage = (): Promise<ScopedStorage> => {
    this.usesStorage = true;
    return this.#init.executionStorage();
  };
}
