import { RpcError } from '../../runtime/rpc/errors.ts';
import type { InitRequest } from '../../generated/vgi/ts/index.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import { openRequest, sealRequest } from './sealed-request.ts';

/** Where the request that opened an execution waits for the calls that carry no arguments. */
const NAMESPACE = '_vgi/buffering_init';
const KEY = 'request';

/** States of an execution that have rows, by their ids: DuckDB passes on the last one of each of its threads only (observed at 2.0.0). */
const STATES = '_vgi/buffering_states';

/** Executions that this process remembers, to read the request of each from the storage once. */
const REMEMBERED = 64;

interface Execution {
  readonly request: InitRequest;
  /** Ids, in hexadecimal, of the states that are in the storage by now. */
  readonly states: Set<string>;
}

/** One call of an execution, which names it and little else. */
export interface ExecutionCall {
  readonly functionName: string;
  readonly executionId: Uint8Array;
  readonly attachOpaqueData?: Uint8Array | undefined;
}

/**
 * What calls of an execution leave for each other beside the author's own: the request that opened it, because `process` and `combine` are
 * calls of their own, to any process (vgi-semantics, section 10), and the states that rows went to.
 */
export class BufferedExecutions {
  readonly #known = new Map<string, Execution>();

  /** Stores the request of a new execution, for all processes. */
  async open(executionId: Uint8Array, request: InitRequest, storage: ScopedStorage): Promise<void> {
    await storage.statePut(NAMESPACE, KEY, sealRequest(request, executionId));
    this.#remember(executionId, request);
  }

  /** The request of an execution. Throws an RpcError for one that is over or unknown. */
  async request({ functionName, executionId, attachOpaqueData }: ExecutionCall, storage: () => Promise<ScopedStorage>): Promise<InitRequest> {
    const known = this.#known.get(hex(executionId));
    if (known) return known.request;
    const bytes = await (await storage()).stateGet(NAMESPACE, KEY);
    if (!bytes) throw new RpcError(`${functionName}: this execution is not known; it is over, or processes of the worker do not share their storage`, { type: 'StateError' });
    const request = openRequest(bytes, attachOpaqueData, executionId);
    this.#remember(executionId, request);
    return request;
  }

  /** Notes that a state has rows. The one that stands for all of the execution needs no note. */
  async addState(executionId: Uint8Array, stateId: Uint8Array, storage: () => Promise<ScopedStorage>): Promise<void> {
    const states = this.#known.get(hex(executionId))?.states;
    const id = hex(stateId);
    if (id === hex(executionId) || states?.has(id)) return;
    await (await storage()).statePut(STATES, stateId, new Uint8Array());
    states?.add(id);
  }

  /** Ids of all states that have rows, each once: those that the client names first. */
  async states(given: readonly Uint8Array[], storage: ScopedStorage): Promise<Uint8Array[]> {
    const noted = (await storage.stateScan(STATES)).map(({ key }) => key);
    return [...new Map([...given, ...noted].map((id) => [hex(id), id])).values()];
  }

  /** Removes all that an execution left. */
  async close(executionId: Uint8Array, storage: ScopedStorage): Promise<void> {
    this.#known.delete(hex(executionId));
    await storage.clear();
  }

  #remember(executionId: Uint8Array, request: InitRequest): void {
    const oldest = this.#known.keys().next();
    if (this.#known.size >= REMEMBERED && !oldest.done) this.#known.delete(oldest.value);
    this.#known.set(hex(executionId), { request, states: new Set() });
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
