import type { CallContext } from '../../runtime/rpc/call-context.ts';
import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { MaybePromise, ResumableProducer } from '../../runtime/rpc/stream.ts';
import { batchKeys } from '../../generated/vgi/ts/metadata.ts';
import type { ScanFilters } from '../filters/scan-filters.ts';
import type { InitCall } from '../call/init-call.ts';
import type { ScanTurns, SentBatch } from './scan-batches.ts';
import type { ScanRows } from './scan-rows.ts';
import type { ScanStream } from './scan-stream.ts';
import { OwnWork, SharedWork, type WorkItem, type WorkQueue } from './work-queue.ts';

/** A stream of a scan with its state, and a way to go on from one. */
export interface ResumableRows<S> {
  readonly stream: ScanStream;
  readonly turns: ScanTurns;
  readonly filters: ScanFilters;
  /** The state of the rows that are being read. */
  state(): S | undefined;
  /** The rows of an item from a state on. */
  step(item: unknown, from: S): ScanRows<never>;
}

/** All progress of one stream, as it travels through the client between two requests. */
export interface ScanProgress<S> {
  /** Where the streams of the scan share their storage. */
  executionId: Uint8Array;
  /** Filters that came while the scan ran: the client sends each once. */
  news: string[];
  /** Whether a batch was sent. */
  sent: boolean;
  /** Whether rows were opened, and which item they are of. */
  begun: boolean;
  item?: WorkItem | undefined;
  /** The state of the rows; absent between two items. */
  rows?: S | undefined;
  /** The items are those of the storage. */
  readonly shared: boolean;
  /** Items of a stream that has its work to itself. */
  own?: readonly WorkItem[] | undefined;
}

/** A scan that can go on in another process, batch by batch. */
export class ResumableScan<S> implements ResumableProducer<RecordBatch, ScanProgress<S>> {
  readonly state: ScanProgress<S>;
  private readonly reopen: (call: CallContext, work: WorkQueue | undefined) => ResumableRows<S>;
  private readonly call: InitCall;
  /** The rows of the progress that was asked for last. */
  private open: { readonly of: ScanProgress<S>; readonly rows: ResumableRows<S> };

  /** @param work of a function with a plan */
  constructor(first: ResumableRows<S>, reopen: (call: CallContext, work: WorkQueue | undefined) => ResumableRows<S>, call: InitCall, work: WorkQueue | undefined) {
    this.reopen = reopen;
    this.call = call;
    this.state = { executionId: call.executionId, news: [], sent: false, begun: false, shared: work instanceof SharedWork, own: work instanceof OwnWork ? work.rest() : undefined };
    this.open = { of: this.state, rows: first };
  }

  produce(progress: ScanProgress<S>, call: CallContext): MaybePromise<SentBatch | undefined> {
    const rows = this.rowsOf(progress, call);
    const news = call.inputMetadata.get(batchKeys.pushdownFilters);
    if (news !== undefined) progress.news.push(news);
    const sent = rows.stream.turn();
    return sent instanceof Promise ? sent.then((result) => this.advanced(progress, rows, result)) : this.advanced(progress, rows, sent);
  }

  async onCancel(progress: ScanProgress<S>, call: CallContext): Promise<void> {
    await this.rowsOf(progress, call).stream.return();
  }

  private advanced(progress: ScanProgress<S>, rows: ResumableRows<S>, { done, value }: IteratorResult<SentBatch>): SentBatch | undefined {
    Object.assign(progress, rows.stream.progress(), { sent: true, rows: rows.stream.isOpen ? rows.state() : undefined });
    return done ? undefined : value;
  }

  private rowsOf(progress: ScanProgress<S>, call: CallContext): ResumableRows<S> {
    if (this.open.of !== progress) this.open = { of: progress, rows: this.resumed(progress, call) };
    this.open.rows.turns.call = call;
    return this.open.rows;
  }

  private resumed(progress: ScanProgress<S>, call: CallContext): ResumableRows<S> {
    const { begun, item, own, shared } = progress;
    this.call.executionId = progress.executionId;
    const work = own ? new OwnWork(own) : shared ? new LaterWork(async () => new SharedWork(await this.call.executionStorage({ reserved: true }), false)) : undefined;
    const rows = this.reopen(call, work);
    for (const each of progress.news) rows.filters.update(each);
    rows.turns.goOn(progress.sent, item?.index);
    rows.stream.goOn({ begun, item }, progress.rows === undefined ? undefined : rows.step(item?.item, progress.rows));
    return rows;
  }
}

/** A queue that is opened when it is first needed. */
class LaterWork implements WorkQueue {
  private readonly opening: () => Promise<WorkQueue>;
  private opened: Promise<WorkQueue> | undefined;

  constructor(opening: () => Promise<WorkQueue>) {
    this.opening = opening;
  }

  async next(): Promise<WorkItem | undefined> {
    return (await this.queue()).next();
  }

  async close(): Promise<void> {
    await (await this.queue()).close();
  }

  private queue(): Promise<WorkQueue> {
    this.opened ??= this.opening();
    return this.opened;
  }
}
