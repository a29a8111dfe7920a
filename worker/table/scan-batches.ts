import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { Column } from '../../runtime/arrow/column.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, Schema } from '../../runtime/arrow/schema.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import type { CallContext } from '../../runtime/rpc/call-context.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import { BatchWithMetadata } from '../../runtime/rpc/stream.ts';
import { batchKeys } from '../../generated/vgi/ts/metadata.ts';
import type { ColumnOutput, ColumnType } from '../declare/column-types.ts';
import { debugLine, filterDebug } from '../debug-output.ts';
import { predicatesText } from '../filters/filter-text.ts';
import type { ScanPlan } from './scan-plan.ts';
import { type CacheControl, cacheMetadata, stillHolds } from './cache-control.ts';
import { PartitionBounds } from './partition-values.ts';
import { type BatchOptions, ScanOutput } from './scan-output.ts';
import { iteratedRows } from './scan-rows.ts';
import { ScanStream } from './scan-stream.ts';

/** Columns as declared: by name, with their types. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** One batch of a scan. All columns given have the same length. */
export type ScanBatch<C extends Columns> = { readonly [K in keyof C]?: ColumnOutput<C[K]> | Column };

/** What a scan may yield: columns, or `batch(columns, options)`. */
export type ScanGiven<C extends Columns> = ScanBatch<C> | ScanOutput<ScanBatch<C>>;

/** A batch on its way to the client. */
export type SentBatch = RecordBatch | BatchWithMetadata<RecordBatch>;

/** How long a scan may go on without a row that passes before the client is given a turn, in milliseconds. */
const PATIENCE = 20;

/** What accompanies the batches of a scan beside their rows. */
export interface ScanMetadata {
  /** Batches have a place in the order of the result: that of their work item unless they say so themselves. */
  readonly batchIndex?: boolean;
  /** The columns whose bounds each batch tells. */
  readonly partitionFields?: readonly Field[];
  /** Told with the first batch. */
  readonly cache?: CacheControl | undefined;
}

/** The batches that the client gets, out of what a scan yields. */
export function scanBatches(name: string, batches: AsyncIterable<ScanGiven<Columns>> | Iterable<ScanGiven<Columns>>, plan: ScanPlan, call: CallContext): AsyncIterable<SentBatch> {
  const turns = new ScanTurns(name, plan, call);
  return new ScanStream({ name, turns, open: () => iteratedRows(batches) });
}

/** The turns of a stream: each brings news of the filters and ends with one batch. */
export class ScanTurns {
  private readonly name: string;
  private readonly plan: ScanPlan;
  /** The call whose turns these are; over HTTP each request is one of its own. */
  call: CallContext;
  private readonly metadata: ScanMetadata;
  private readonly bounds: PartitionBounds | undefined;
  private readonly known: ReadonlySet<string>;
  private begun = 0;
  private first = true;
  /** Place of the work item that the rows are from. */
  workIndex: number | undefined;

  constructor(name: string, plan: ScanPlan, call: CallContext, metadata: ScanMetadata = {}) {
    this.name = name;
    this.plan = plan;
    this.call = call;
    this.metadata = metadata;
    this.bounds = metadata.partitionFields?.length ? new PartitionBounds(name, metadata.partitionFields) : undefined;
    this.known = new Set(plan.bound.fields.map((each) => each.name));
    if (filterDebug) {
      const applied = plan.filter ? 'worker' : 'scan';
      debugLine('filters', { function: name, by: applied, filters: predicatesText(plan.filters.predicates) || '(none)' });
    }
  }

  /** The stream began elsewhere. */
  goOn(sent: boolean, workIndex: number | undefined): void {
    this.first = !sent;
    this.workIndex = workIndex;
  }

  /** Before the scan is asked for a batch. A client that asks about a result that is still good gets the answer that is returned, and no more. */
  begin(): SentBatch | undefined {
    const { cache } = this.metadata;
    if (this.first && cache && stillHolds(cache, this.call.inputMetadata)) return this.sent(this.emptyBatch(), undefined, undefined, true);
    const news = this.call.inputMetadata.get(batchKeys.pushdownFilters);
    if (news !== undefined) {
      this.plan.filters.update(news);
      if (filterDebug) debugLine('filters_update', { function: this.name, filters: predicatesText(this.plan.filters.predicates) });
    }
    if (this.plan.filter) this.begun = performance.now();
    return undefined;
  }

  /** The client's batch, or `undefined` to go on: each batch costs a round trip, which one without rows is not worth. */
  take(given: ScanGiven<Columns>): SentBatch | undefined {
    const [columns, options] = given instanceof ScanOutput ? [given.columns, given.options] : [given, undefined];
    if (options && 'notModified' in options && options.notModified) return this.sent(this.emptyBatch(), undefined, options, true);
    const { filter, output } = this.plan;
    const batch = this.batch(columns, options?.partitionValues !== undefined);
    const passed = filter ? filter.apply(batch, this.bounds ? batch.schema.fields.length : output.fields.length) : batch;
    if (filterDebug && filter) debugLine('filters_applied', { function: this.name, rows: batch.numRows, passed: passed.numRows });
    if (filter && passed.numRows === 0 && !options && performance.now() - this.begun <= PATIENCE) return undefined;
    const asked = passed.schema.fields.length === output.fields.length ? passed : RecordBatch.of(output, output.fields.map((_, index) => passed.column(index)), { numRows: passed.numRows });
    return this.sent(asked, passed, options, false);
  }

  /** What there is to tell of a result that had no batch at all: how long it may be kept. */
  end(): SentBatch | undefined {
    return this.first && this.metadata.cache ? this.sent(this.emptyBatch(), undefined, undefined, false) : undefined;
  }

  private sent(batch: RecordBatch, read: RecordBatch | undefined, options: BatchOptions | undefined, notModified: boolean): SentBatch {
    const entries: [string, string][] = [];
    const { metadata, bounds } = this;
    if (metadata.batchIndex) {
      const index = options?.batchIndex ?? this.workIndex ?? (batch.numRows === 0 ? 0 : undefined);
      if (index !== undefined) entries.push([batchKeys.batchIndex, String(index)]);
    } else if (options?.batchIndex !== undefined) throw this.misuse('a batch index needs `batchIndex: true` on the function');
    if (options?.partitionValues && !bounds) throw this.misuse('partition_values need partition-annotated columns, see `partitions` and `partitionColumn`');
    if (bounds && batch.numRows > 0) {
      const text = bounds.text((each) => (read as RecordBatch).column(each.name), options?.partitionValues);
      if (text !== undefined) entries.push([batchKeys.partitionValues, text]);
    }
    if (options?.cache && !this.first) throw this.misuse('cache control goes with the first batch of a scan');
    const cache = this.first ? (options?.cache ?? metadata.cache) : undefined;
    if (cache) entries.push(...cacheMetadata(cache, { notModified }));
    if (options?.metadata) entries.push(...Object.entries(options.metadata));
    this.first = false;
    return entries.length === 0 ? batch : new BatchWithMetadata(batch, new Map(entries));
  }

  private misuse(text: string): RpcError {
    return new RpcError(`${this.name}: ${text}`, { type: 'ValueError' });
  }

  private emptyBatch(): RecordBatch {
    const { output } = this.plan;
    return RecordBatch.of(output, output.fields.map(() => []), { numRows: 0 });
  }

  /** The columns that are needed, out of what the scan gave. @param told the partition columns may be left out */
  private batch(given: ScanBatch<Columns>, told: boolean): RecordBatch {
    if (typeof given !== 'object' || given === null) throw this.misuse(`the scan gave ${String(given)} in place of columns`);
    const { schema, required } = this.plan;
    let numRows: number | undefined;
    const columns: Column[] = [];
    for (const [index, wanted] of schema.fields.entries()) {
      const values = given[wanted.name];
      if (values === undefined) {
        // What only partition values are read from comes last.
        if (told && index >= required) break;
        throw new RpcError(`${this.name}: the scan gave no column "${wanted.name}"`, { type: 'ValueError' });
      }
      const column = this.column(wanted, values);
      numRows ??= column.length;
      if (column.length !== numRows) {
        throw new RpcError(`${this.name}: column "${wanted.name}" has ${column.length} rows, the first one has ${numRows}`, { type: 'ValueError' });
      }
      columns.push(column);
    }
    for (const each in given) if (!this.known.has(each)) throw new RpcError(`${this.name}: the scan gave a column "${each}" that was not declared`, { type: 'ValueError' });
    const read = columns.length === schema.fields.length ? schema : new Schema(schema.fields.slice(0, columns.length));
    return RecordBatch.of(read, columns, { numRows: numRows ?? 0 });
  }

  private column({ name, type }: Field, values: Column | readonly unknown[] | ColumnOutput<ColumnType>): Column {
    if (values instanceof Column) {
      if (typeEquals(values.type, type)) return values;
      throw new RpcError(`${this.name}: column "${name}" is ${typeName(type)}, the scan gave ${typeName(values.type)}`, { type: 'TypeError' });
    }
    try {
      return columnFrom(type, values, name);
    } catch (error) {
      throw new RpcError(`${this.name}: ${(error as Error).message}`, { type: 'TypeError', cause: error });
    }
  }
}
