import type { CallContext } from '../../runtime/rpc/call-context.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import { namedError } from '../call/named-error.ts';
import type { Columns, ScanGiven, ScanTurns, SentBatch } from './scan-batches.ts';
import type { ScanRows } from './scan-rows.ts';
import { OwnWork, type WorkItem, type WorkQueue } from './work-queue.ts';

export { namedError };

type Given = ScanGiven<Columns>;
type Sent = IteratorResult<SentBatch>;

const over: Sent = { done: true, value: undefined };

/** What a stream of a scan consists of. */
export interface ScanParts {
  /** Of the function, for errors. */
  readonly name: string;
  readonly turns: ScanTurns;
  /** Begins the rows of an item, or of the whole scan. */
  open(item: unknown): ScanRows<Given>;
  /** Items to take one after the other; without it the rows are opened once. */
  readonly work?: WorkQueue | undefined;
  readonly call?: CallContext;
  /** Runs once if the client wants no more. */
  onCancel?(): MaybePromise<void>;
  /** Runs once at the end, whatever brought it about. */
  onEnd?(): MaybePromise<void>;
}

/** One stream of a scan: item after item, batch after batch. Stays synchronous where the scan and the storage are. */
export class ScanStream implements AsyncIterable<SentBatch>, AsyncIterator<SentBatch> {
  private readonly parts: ScanParts;
  private rows: ScanRows<Given> | undefined;
  private begun = false;
  private item: WorkItem | undefined;
  private ended = false;

  constructor(parts: ScanParts) {
    this.parts = parts;
  }

  /** Whether rows are being read. */
  get isOpen(): boolean {
    return this.rows !== undefined;
  }

  /** How far the stream is, apart from the rows that are being read. */
  progress(): { readonly begun: boolean; readonly item: WorkItem | undefined; readonly own: readonly WorkItem[] | undefined } {
    const { work } = this.parts;
    return { begun: this.begun, item: this.item, own: work instanceof OwnWork ? work.rest() : undefined };
  }

  /** Goes on with a stream that began elsewhere. @param rows absent between two items */
  goOn({ begun, item }: { readonly begun: boolean; readonly item: WorkItem | undefined }, rows: ScanRows<Given> | undefined): void {
    this.begun = begun;
    this.item = item;
    this.rows = rows;
  }

  [Symbol.asyncIterator](): AsyncIterator<SentBatch> {
    return this;
  }

  /** The next batch; at once, in spite of the type, if nothing has to be waited for: the server looks. */
  next(): Promise<Sent> {
    return this.turn() as Promise<Sent>;
  }

  turn(): MaybePromise<Sent> {
    if (this.ended) return over;
    try {
      const held = this.parts.turns.begin();
      const sent = held ? this.finish(held) : this.advance();
      return sent instanceof Promise ? sent.catch((error: unknown) => this.fail(error)) : sent;
    } catch (error) {
      return this.fail(error);
    }
  }

  /** The client wants no more, or is gone. */
  async return(): Promise<Sent> {
    if (this.ended) return over;
    this.ended = true;
    try {
      await this.rows?.return?.();
      if (this.parts.call?.signal.aborted) await this.parts.onCancel?.();
    } finally {
      await this.close();
    }
    return over;
  }

  private advance(): MaybePromise<Sent> {
    for (;;) {
      if (!this.rows) {
        const opened = this.openNext();
        if (opened instanceof Promise) return opened.then((more) => (more ? this.advance() : this.finish()));
        if (!opened) return this.finish();
      }
      const result = (this.rows as ScanRows<Given>).next();
      if (result instanceof Promise) return result.then((settled) => this.take(settled) ?? this.advance());
      const sent = this.take(result);
      if (sent) return sent;
    }
  }

  private take(result: IteratorResult<Given>): Sent | undefined {
    if (result.done) {
      this.rows = undefined;
      return undefined;
    }
    const value = this.parts.turns.take(result.value);
    return value && { done: false, value };
  }

  /** Opens the rows of the next item, if there is one. */
  private openNext(): MaybePromise<boolean> {
    const { work } = this.parts;
    if (!work) {
      if (this.begun) return false;
      this.begun = true;
      this.rows = this.parts.open(undefined);
      return true;
    }
    const item = work.next();
    return item instanceof Promise ? item.then((settled) => this.openItem(settled)) : this.openItem(item);
  }

  private openItem(item: WorkItem | undefined): boolean {
    this.item = item;
    if (!item) return false;
    this.parts.turns.workIndex = item.index;
    this.rows = this.parts.open(item.item);
    return true;
  }

  /** @param last what the client gets before the end */
  private finish(last: SentBatch | undefined = this.parts.turns.end()): MaybePromise<Sent> {
    this.ended = true;
    const sent: Sent = last ? { done: false, value: last } : over;
    const closed = this.close();
    return closed instanceof Promise ? closed.then(() => sent) : sent;
  }

  private close(): MaybePromise<void> {
    const closed = this.parts.work?.close();
    return closed instanceof Promise ? closed.then(() => this.parts.onEnd?.()) : this.parts.onEnd?.();
  }

  /** Lets go of everything and tells whose error it is; what an author says by an `RpcError` is told as it is. */
  private async fail(error: unknown): Promise<never> {
    this.ended = true;
    try {
      await this.rows?.return?.();
      await this.close();
    } catch {
      // The first error says more.
    }
    throw namedError(this.parts.name, error);
  }
}
