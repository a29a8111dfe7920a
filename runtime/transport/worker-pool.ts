import { availableParallelism } from 'node:os';
import type { ClientConnection, OutgoingCall } from '../rpc/client-connection.ts';
import type { ClientStream } from '../rpc/client-stream.ts';
import { transportError } from '../rpc/errors.ts';
import { abortable, CallAborted } from '../rpc/abortable.ts';
import { SubprocessConnection, type SubprocessOptions } from './subprocess.ts';

export interface WorkerPoolOptions extends SubprocessOptions {
  /** Most workers at the same time; calls beyond wait, in order. Default: the number of processors. */
  readonly maxWorkers?: number;
  /** Workers that are started at once and kept. Default 0. */
  readonly warmWorkers?: number;
  /** Milliseconds without a call after which other workers end. Default 60,000. */
  readonly idleTimeout?: number;
}

const DEFAULT_IDLE_TIMEOUT = 60_000;

type Waiting = (worker: SubprocessConnection | Error) => void;

/**
 * Worker processes of one command that stay warm between calls. Calls made at the same time run in different workers, a stream has its
 * worker to itself until it ends. A worker that ended or was given up is replaced by the next call; no call is made twice. The `timeout` of
 * a call is for its wait for a worker, and then for its answer.
 */
export class WorkerPool implements ClientConnection {
  readonly #start: () => SubprocessConnection;
  readonly #maxWorkers: number;
  readonly #warmWorkers: number;
  readonly #idleTimeout: number;
  readonly #workers = new Set<SubprocessConnection>();
  /** The one that was used last is used next: the others can come to rest. */
  readonly #idle: SubprocessConnection[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #timers = new Map<SubprocessConnection, NodeJS.Timeout>();
  #closed = false;

  constructor(command: string, args: readonly string[] = [], options: WorkerPoolOptions = {}) {
    this.#start = () => SubprocessConnection.start(command, args, options);
    this.#warmWorkers = options.warmWorkers ?? 0;
    this.#maxWorkers = Math.max(1, this.#warmWorkers, options.maxWorkers ?? availableParallelism());
    this.#idleTimeout = options.idleTimeout ?? DEFAULT_IDLE_TIMEOUT;
    for (let i = 0; i < this.#warmWorkers; i++) this.#give(this.#started());
  }

  /** Workers that run now. */
  get size(): number {
    return this.#workers.size;
  }

  async call(call: OutgoingCall): Promise<unknown> {
    const worker = await this.#take(call);
    try {
      return await worker.call(call);
    } finally {
      this.#give(worker);
    }
  }

  async openStream(call: OutgoingCall): Promise<ClientStream<unknown>> {
    const worker = await this.#take(call);
    try {
      return await worker.openStream(call);
    } finally {
      void worker.idle.then(() => this.#give(worker));
    }
  }

  /** Lets running calls finish, and ends the workers. Calls that wait fail. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const waiting of this.#waiting.splice(0)) waiting(closedError());
    await Promise.all([...this.#workers].map((worker) => this.#end(worker)));
  }

  async #take(call: OutgoingCall): Promise<SubprocessConnection> {
    if (this.#closed) throw closedError();
    for (let worker = this.#idle.pop(); worker; worker = this.#idle.pop()) {
      this.#keep(worker);
      if (worker.usable) return worker;
      void this.#end(worker);
    }
    if (this.#workers.size < this.#maxWorkers) return this.#started();
    return this.#wait(call);
  }

  async #wait({ options, method }: OutgoingCall): Promise<SubprocessConnection> {
    let resolve!: Waiting;
    const free = new Promise<SubprocessConnection>((take, fail) => {
      resolve = (worker) => (worker instanceof Error ? fail(worker) : take(worker));
    });
    this.#waiting.push(resolve);
    try {
      return await abortable(free, options, method);
    } catch (error) {
      const at = this.#waiting.indexOf(resolve);
      if (at >= 0) this.#waiting.splice(at, 1);
      throw error instanceof CallAborted ? error.reason : error;
    }
  }

  #started(): SubprocessConnection {
    const worker = this.#start();
    this.#workers.add(worker);
    return worker;
  }

  /** Takes a worker back: for the call that waits longest, or to rest. */
  #give(worker: SubprocessConnection): void {
    if (this.#closed) return;
    if (!worker.usable) void this.#end(worker);
    const next = this.#waiting.shift();
    if (next) next(worker.usable ? worker : this.#started());
    else if (worker.usable) this.#rest(worker);
  }

  #rest(worker: SubprocessConnection): void {
    this.#idle.push(worker);
    if (this.#workers.size <= this.#warmWorkers) return;
    const timer = setTimeout(() => {
      this.#idle.splice(this.#idle.indexOf(worker), 1);
      void this.#end(worker);
    }, this.#idleTimeout);
    this.#timers.set(worker, timer.unref());
  }

  #keep(worker: SubprocessConnection): void {
    clearTimeout(this.#timers.get(worker));
    this.#timers.delete(worker);
  }

  async #end(worker: SubprocessConnection): Promise<void> {
    this.#keep(worker);
    this.#workers.delete(worker);
    await worker.close();
  }
}

const closedError = (): Error => transportError('the pool of workers is closed');
