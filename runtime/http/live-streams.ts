import { RpcError } from '../rpc/errors.ts';
import { swallow } from '../rpc/dispatch.ts';
import type { ServerCall } from '../rpc/server-call.ts';
import type { StreamTurns } from '../rpc/stream-turns.ts';
import { keyOf, type ResolvedCall } from './call-cache.ts';

export interface LiveStreamLimits {
  /** Streams that are kept; the one that was idle longest is closed for a new one. Default 1000. */
  readonly maxStreams?: number;
  /** Seconds without a request after which a stream is closed; default 300. */
  readonly idleSeconds?: number;
}

/** A stream whose progress lives in a generator of this process. */
export interface LiveStream {
  readonly resolved: ResolvedCall;
  readonly turns: StreamTurns;
  /** The call that the generator was made for; its handler logs here for as long as it runs. */
  readonly call: ServerCall;
}

interface Entry extends LiveStream {
  /** Turn that the cursor of the next request must name. */
  turn: number;
  idleSince: number;
  busy: boolean;
}

const lost = (message: string): RpcError => new RpcError(message, { type: 'StreamLostError', kind: 'stream_lost' });

/**
 * The streams between two requests whose handlers are generators. They need this very process: behind a balancer, and after a restart,
 * the client gets a `StreamLostError`. Handlers that return a resumable stream have no such limit.
 */
export class LiveStreams {
  readonly #entries = new Map<string, Entry>();
  readonly #maxStreams: number;
  readonly #idleMs: number;
  #sweep: NodeJS.Timeout | undefined;

  constructor(limits: LiveStreamLimits = {}) {
    this.#maxStreams = limits.maxStreams ?? 1000;
    this.#idleMs = (limits.idleSeconds ?? 300) * 1000;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Keeps a stream that begins; its requests must be taken and released. */
  open(stream: LiveStream): void {
    if (this.#entries.size >= this.#maxStreams) this.#makeRoom();
    this.#entries.set(keyOf(stream.resolved.state.callId), { ...stream, turn: 0, idleSince: performance.now(), busy: true });
    this.#sweep ??= setInterval(() => this.#closeIdle(), Math.min(this.#idleMs, 30_000)).unref();
  }

  /** What a stream is, if it is here. */
  find(callId: Uint8Array): ResolvedCall | undefined {
    return this.#entries.get(keyOf(callId))?.resolved;
  }

  /** The stream for one request. Throws `StreamLostError` if it is not here, has gone on since, or is in use. */
  take(callId: Uint8Array, turn: number): LiveStream {
    const entry = this.#entries.get(keyOf(callId));
    if (!entry) throw lost('the stream is not held by this process: it ended, was idle too long, or was opened elsewhere');
    if (entry.busy) throw lost('another request of this stream is being served');
    if (entry.turn !== turn) throw lost(`the cursor is of turn ${turn}, the stream is at turn ${entry.turn}; it cannot go back`);
    entry.busy = true;
    return entry;
  }

  /** After a turn: the number that the next cursor must carry. */
  release(callId: Uint8Array): number {
    const key = keyOf(callId);
    const entry = this.#entries.get(key);
    if (!entry) return 0;
    entry.busy = false;
    entry.turn += 1;
    entry.idleSince = performance.now();
    // The map is in the order of idleness.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.turn;
  }

  /** The request is over, whether it made a turn or not. */
  free(callId: Uint8Array): void {
    const entry = this.#entries.get(keyOf(callId));
    if (entry) entry.busy = false;
  }

  /** Forgets a stream that ended. */
  drop(callId: Uint8Array): void {
    this.#entries.delete(keyOf(callId));
    if (this.#entries.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => this.#close(entry)));
  }

  #makeRoom(): void {
    for (const entry of this.#entries.values()) {
      if (entry.busy) continue;
      void this.#close(entry);
      return;
    }
    throw new RpcError(`${this.#maxStreams} streams are open already`, { type: 'ResourceExhaustedError' });
  }

  #closeIdle(): void {
    const before = performance.now() - this.#idleMs;
    for (const entry of this.#entries.values()) {
      if (!entry.busy && entry.idleSince < before) void this.#close(entry);
    }
  }

  async #close(entry: Entry): Promise<void> {
    this.drop(entry.resolved.state.callId);
    entry.call.abort();
    await swallow(() => entry.turns.close());
  }
}
