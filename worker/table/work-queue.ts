import { decodeState, encodeState } from '../../runtime/rpc/state-codec.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';

/** One part of a scan's work, with its place in the order of all. */
export interface WorkItem<I = unknown> {
  readonly index: number;
  readonly item: I;
}

/** Where the streams of a scan take their work from; each item goes to one of them. */
export interface WorkQueue {
  next(): MaybePromise<WorkItem | undefined>;
  /** This stream takes no more. The last stream of the scan removes what is left. */
  close(): MaybePromise<void>;
}

/** The work of one stream alone: nothing is stored. */
export class OwnWork implements WorkQueue {
  private readonly items: readonly WorkItem[];
  private taken = 0;

  constructor(items: readonly WorkItem[]) {
    this.items = items;
  }

  next(): WorkItem | undefined {
    return this.items[this.taken++];
  }

  /** What has not been taken. */
  rest(): readonly WorkItem[] {
    return this.items.slice(this.taken);
  }

  close(): void {
    this.taken = this.items.length;
  }
}

const NAMESPACE = '_vgi/work';
const STREAMS = 'streams';

/**
 * The work of a scan whose streams may run in several processes. Items are handed out in the order of the plan, so that what is left when the
 * last stream ends comes after all that was read. A process that dies is never counted out: what its scan left expires with the execution.
 */
export class SharedWork implements WorkQueue {
  private readonly storage: ScopedStorage;
  private readonly keeps: boolean;
  private closed = false;

  /**
   * @param storage that of the execution, with reserved namespaces
   * @param keeps leaves in it what others than the queue have stored
   */
  constructor(storage: ScopedStorage, keeps: boolean) {
    this.storage = storage;
    this.keeps = keeps;
  }

  /** Counts a stream in. @param items what the first stream has planned, which the others find there */
  async begin(items: readonly unknown[] | undefined): Promise<this> {
    await this.storage.counterAdd(NAMESPACE, STREAMS, 1);
    if (items) await this.storage.queuePush(NAMESPACE, items.map((item, index) => encodeState([index, item])));
    return this;
  }

  next(): MaybePromise<WorkItem | undefined> {
    const popped = this.storage.queuePop(NAMESPACE);
    return popped instanceof Promise ? popped.then(workItem) : workItem(popped);
  }

  close(): MaybePromise<void> {
    if (this.closed) return;
    this.closed = true;
    const left = this.storage.counterAdd(NAMESPACE, STREAMS, -1);
    return left instanceof Promise ? left.then((count) => this.clearIfLast(count)) : this.clearIfLast(left);
  }

  /** Below zero where the last but one removed the count while this stream was beginning. */
  private clearIfLast(streams: number): MaybePromise<void> {
    if (streams > 0) return undefined;
    if (!this.keeps) return this.storage.clear();
    const cleared = this.storage.queueClear(NAMESPACE);
    return cleared instanceof Promise ? cleared.then(() => undefined) : undefined;
  }
}

function workItem(bytes: Uint8Array | undefined): WorkItem | undefined {
  if (!bytes) return undefined;
  const [index, item] = decodeState(bytes) as [number, unknown];
  return { index, item };
}
