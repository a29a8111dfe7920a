import type { CacheControl } from './cache-control.ts';

/** Values of partition columns by name: the one value that a batch has, or the least and the greatest. */
export type PartitionValues = Readonly<Record<string, unknown>>;

export interface BatchOptions {
  /** Place of the batch in the order of the whole result, below 10^13 and never falling within a stream; for `batchIndex: true`. */
  readonly batchIndex?: bigint | number;
  /**
   * Stands in for the least and greatest values that the batch itself shows: a value for each partition column, or `[least, greatest]`. The
   * columns themselves may then be left out. Without any name nothing is told.
   */
  readonly partitionValues?: PartitionValues;
  /** On the first batch, in place of what the function's `cache` says. */
  readonly cache?: CacheControl;
  /** Custom metadata of the batch message. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Columns that a scan yields, with what accompanies them. */
export class ScanOutput<B> {
  readonly columns: B;
  readonly options: BatchOptions & { readonly notModified?: boolean };

  constructor(columns: B, options: BatchOptions & { readonly notModified?: boolean }) {
    this.columns = columns;
    this.options = options;
  }
}

/** A batch with a batch index, partition values or cache control of its own. */
export function batch<B>(columns: B, options: BatchOptions): ScanOutput<B> {
  return new ScanOutput(columns, options);
}

/** Answers a client that asked whether the result that it holds is still good: it is. Has to be the first that a scan yields, and the last. */
export function notModified(cache: CacheControl): ScanOutput<Record<never, never>> {
  return new ScanOutput({}, { cache, notModified: true });
}
