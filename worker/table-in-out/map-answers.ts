import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { BatchWithMetadata } from '../../runtime/rpc/stream.ts';
import type { Columns, SentBatch } from '../table/scan-batches.ts';
import type { ScanPlan } from '../table/scan-plan.ts';
import { type CacheControl, cacheMetadata } from '../table/cache-control.ts';
import { type BatchOptions, ScanOutput } from '../table/scan-output.ts';
import { concatBatches, type GivenRows, shapedBatch } from './given-batch.ts';
import { parentMetadata, ParentedRows } from './parent-rows.ts';

/** What a map may give for a batch, erased. */
export type MapGiven = GivenRows<Columns> | ParentedRows | ScanOutput<GivenRows<Columns> | ParentedRows>;

/** Makes the one batch that answers an input batch out of what the map gave. */
export class MapAnswers {
  readonly #functionName: string;
  readonly #plan: ScanPlan;
  readonly #cache: CacheControl | undefined;
  readonly #tellsParents: boolean;

  /** @param options.tellsParents rows have to be one for each input row, or tell which they are from */
  constructor(functionName: string, plan: ScanPlan, options: { readonly cache: CacheControl | undefined; readonly tellsParents: boolean }) {
    this.#functionName = functionName;
    this.#plan = plan;
    this.#cache = options.cache;
    this.#tellsParents = options.tellsParents;
  }

  /** The answer out of one given batch. */
  one(given: MapGiven, inputRows: number): SentBatch {
    const [rows, options] = given instanceof ScanOutput ? [given.columns, given.options] : [given, undefined];
    const { output, schema, filter } = this.#plan;
    if (options?.notModified) return this.#sent(emptyBatch(this.#plan), [], options, true);
    const parents = rows instanceof ParentedRows ? rows.parents : undefined;
    const shaped = shapedBatch(this.#functionName, rows instanceof ParentedRows ? rows.columns : rows, schema);
    const entries = this.#parents(shaped.numRows, inputRows, parents);
    return this.#sent(filter ? filter.apply(shaped, output.fields.length) : shaped, entries, options, false);
  }

  /** The answer out of several given batches. */
  many(given: readonly MapGiven[], inputRows: number): SentBatch {
    const [only] = given;
    if (only !== undefined && given.length === 1) return this.one(only, inputRows);
    if (this.#tellsParents) throw new Error('gave several batches for one; put their rows and parents together');
    const batches = given.map((each) => this.one(each, inputRows));
    const joined = concatBatches(this.#plan.output, batches.map((each) => (each instanceof BatchWithMetadata ? (each.batch as RecordBatch) : each)));
    return this.#sent(joined, [], undefined, false);
  }

  #parents(rows: number, inputRows: number, parents: ArrayLike<number> | undefined): [string, string][] {
    const entry = this.#tellsParents ? parentMetadata(this.#functionName, rows, inputRows, parents) : undefined;
    return entry ? [entry] : [];
  }

  #sent(batch: RecordBatch, entries: [string, string][], options: BatchOptions | undefined, notModified: boolean): SentBatch {
    const cache = options?.cache ?? this.#cache;
    if (cache) entries.push(...cacheMetadata(cache, { notModified }));
    if (options?.metadata) entries.push(...Object.entries(options.metadata));
    // Of an input batch that is passed on the metadata is the client's.
    return entries.length > 0 || batch.metadata.size > 0 ? new BatchWithMetadata(batch, new Map(entries)) : batch;
  }
}

function emptyBatch({ output }: ScanPlan): RecordBatch {
  return RecordBatch.of(output, output.fields.map(() => []), { numRows: 0 });
}
