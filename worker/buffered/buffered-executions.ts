import { RpcError } from '../../runtime/rpc/errors.ts';
import type { InitRequest } from '../../generated/vgi/ts/index.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import { openRequest, sealRequest } from './sealed-request.ts';

/** Where the request that opened an execution waits for the calls that carry no arguments. */
const NAMESPACE = '_vgi/buffering_init';
const KEY = 'request';

/** Executions whose requests this process remembers, to read each from the storage once. */
const REMEMBERED = 64;

/** One call of an execution, which names it and little else. */
export interface ExecutionCall {
  readonly functionName: string;
  readonly executionId: Uint8Array;
  readonly attachOpaqueData?: Uint8Array | undefined;
}

/** The requests that opened executions of buffered functions: `process` and `combine` are calls of their own, to any process (vgi-semantics, section 10). */
export class BufferedExecutions {
  readonly #requests = new Map<string, InitRequest>();

  /** Stores the request of a new execution, for all processes. */
  async open(executionId: Uint8Array, request: InitRequest, storage: ScopedStorage): Promise<void> {
    await storage.statePut(NAMESPACE, KEY, sealRequest(request, executionId));
    this.#remember(executionId, request);
  }

  /** The request of an execution. Throws an RpcError for one that is over or unknown. */
  async request({ functionName, executionId, attachOpaqueData }: ExecutionCall, storage: () => Promise<ScopedStorage>): Promise<InitRequest> {
    const known = this.#requests.get(keyOf(executionId));
    if (known) return known;
    const bytes = await (await storage()).stateGet(NAMESPACE, KEY);
    if (!bytes) throw new RpcError(`${functionName}: this execution is not known; it is over, or processes of the worker do not share their storage`, { type: 'StateError' });
    const request = openRequest(bytes, attachOpaqueData, executionId);
    this.#remember(executionId, request);
    return request;
  }

  /** Removes all that an execution left. */
  async close(executionId: Uint8Array, storage: ScopedStorage): Promise<void> {
    this.#requests.delete(keyOf(executionId));
    await storage.clear();
  }

  #remember(executionId: Uint8Array, request: InitRequest): void {
    const oldest = this.#requests.keys().next();
    if (this.#requests.size >= REMEMBERED && !oldest.done) this.#requests.delete(oldest.value);
    this.#requests.set(keyOf(executionId), request);
  }
}

const keyOf = (executionId: Uint8Array): string => Buffer.from(executionId).toString('hex');
