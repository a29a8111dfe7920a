import { decodeState, encodeState } from '../../runtime/rpc/state-codec.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import type { InitCall } from '../call/init-call.ts';

/** Place of a substream's state, which the author's functions may replace as a whole. */
export interface StateHolder<S> {
  value: S;
  /** A request that goes on with the stream in another process knows it from here. */
  readonly executionId: Uint8Array;
  /** Whether something may be left in the storage of the execution. */
  usesStorage?: boolean;
}

/** How long the state of a substream is kept after its last batch, in milliseconds: DuckDB asks for the rest on the same connection, but may read slowly. */
const LIFETIME = 3_600_000;

/** Where HTTP requests, each of which may reach another process, leave it. */
const NAMESPACE = '_vgi/tio_state';

interface Kept<S> {
  readonly holder: StateHolder<S>;
  usedAt: number;
}

/**
 * States of substreams between their input and their `finalize`. Over a byte channel both phases come on one connection, so to one process
 * (vgi-semantics, section 10), and the state stays there as it is; over HTTP it is stored with each batch.
 */
export class SubstreamStates<S> {
  readonly #functionName: string;
  readonly #kept = new Map<string, Kept<S>>();

  constructor(functionName: string) {
    this.#functionName = functionName;
  }

  /** Keeps a state from its beginning on: nothing tells when the input is over. */
  keep(call: InitCall, holder: StateHolder<S>): void {
    const now = Date.now();
    for (const [key, { usedAt }] of this.#kept) if (now - usedAt > LIFETIME) this.#kept.delete(key);
    this.#kept.set(keyOf(call), { holder, usedAt: now });
  }

  /** After a batch. */
  used(call: InitCall, holder: StateHolder<S>): MaybePromise<void> {
    if (isHttp(call)) return this.#store(call, holder);
    const kept = this.#kept.get(keyOf(call));
    if (kept) kept.usedAt = Date.now();
  }

  /** The substream has failed or was given up. */
  drop(call: InitCall): MaybePromise<void> {
    this.#kept.delete(keyOf(call));
    return isHttp(call) ? this.#remove(call) : undefined;
  }

  /** The state for `finalize`, which is then kept no longer. Throws an RpcError if it is not there. */
  async take(call: InitCall): Promise<StateHolder<S>> {
    const key = keyOf(call);
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    if (kept && !isHttp(call)) return kept.holder;
    const stored = isHttp(call) ? await this.#fetch(call) : undefined;
    if (stored ?? kept) return stored ?? (kept as Kept<S>).holder;
    throw new RpcError(`${this.#functionName}: the state of this substream is not known; its input went to another process or was read more than an hour ago`, { type: 'StateError' });
  }

  async #store(call: InitCall, holder: StateHolder<S>): Promise<void> {
    await (await call.executionStorage({ reserved: true })).statePut(NAMESPACE, keyOf(call), encodeState(holder));
  }

  async #remove(call: InitCall): Promise<void> {
    await (await call.executionStorage({ reserved: true })).stateDelete(NAMESPACE, [keyOf(call)]);
  }

  async #fetch(call: InitCall): Promise<StateHolder<S> | undefined> {
    const storage = await call.executionStorage({ reserved: true });
    const bytes = await storage.stateGet(NAMESPACE, keyOf(call));
    if (bytes) await this.#remove(call);
    return bytes && (decodeState(bytes) as StateHolder<S>);
  }
}

const isHttp = ({ call }: InitCall): boolean => call.transport === 'http';

/** Clients of 1.0.0 name no substream, but give each an execution of its own. */
function keyOf({ executionId, request: { substreamId } }: InitCall): string {
  return `${Buffer.from(executionId).toString('hex')}/${substreamId ? Buffer.from(substreamId).toString('hex') : ''}`;
}
