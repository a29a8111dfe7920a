import { ScopeLease } from './scope-lease.ts';
import { counterOverflow } from './storage-error.ts';
import type { StorageScope } from './storage-scope.ts';
import {
  isKeyList,
  type KeyRange,
  type LogEntry,
  type LogScanOptions,
  type ScanOptions,
  type StateEntry,
  type Storage,
  type StorageCounts,
  type StorageOptions,
} from './storage.ts';

interface MemoryScope {
  expiresAt: number;
  /** By namespace, then by the text of the key. */
  readonly states: Map<string, Map<string, StateEntry>>;
  /** Counters and logs by namespace and key, joined. */
  readonly counters: Map<string, number>;
  readonly logs: Map<string, LogEntry[]>;
  /** By namespace. */
  readonly queues: Map<string, MemoryQueue>;
}

/** Items before `head` are taken; they are dropped once they are the greater part. */
interface MemoryQueue {
  items: Uint8Array[];
  head: number;
}

/** Storage inside one process, for a worker that has only one: all results are there at once, and gone when it ends. */
export class MemoryStorage implements Storage {
  readonly backend = 'memory';
  readonly #lease: ScopeLease;
  readonly #scopes = new Map<string, MemoryScope>();

  constructor(options: StorageOptions = {}) {
    this.#lease = new ScopeLease(options);
  }

  stateGet(scope: StorageScope, namespace: string, keys: readonly Uint8Array[]): (Uint8Array | undefined)[] {
    const states = this.#scopes.get(scope.text)?.states.get(namespace);
    return keys.map((key) => states?.get(text(key))?.value);
  }

  statePut(scope: StorageScope, namespace: string, entries: readonly StateEntry[]): void {
    const { states } = this.#written(scope);
    const entriesByKey = states.get(namespace) ?? new Map<string, StateEntry>();
    states.set(namespace, entriesByKey);
    for (const { key, value } of entries) entriesByKey.set(text(key), { key: copy(key), value: copy(value) });
  }

  stateScan(scope: StorageScope, namespace: string, options: ScanOptions): StateEntry[] {
    const found = this.#keysIn(scope, namespace, options);
    if (options.reverse === true) found.reverse();
    const states = this.#scopes.get(scope.text)?.states.get(namespace);
    return found.slice(0, options.limit).flatMap((key) => states?.get(key) ?? []);
  }

  stateDrain(scope: StorageScope, namespace: string): StateEntry[] {
    const entries = this.stateScan(scope, namespace, {});
    this.#scopes.get(scope.text)?.states.delete(namespace);
    this.#release(scope);
    return entries;
  }

  stateDelete(scope: StorageScope, namespace: string, which: readonly Uint8Array[] | KeyRange): number {
    const states = this.#scopes.get(scope.text)?.states.get(namespace);
    const keys = isKeyList(which) ? which.map(text) : this.#keysIn(scope, namespace, which);
    const removed = keys.filter((key) => states?.delete(key)).length;
    this.#release(scope);
    return removed;
  }

  counterAdd(scope: StorageScope, namespace: string, key: Uint8Array, delta: number): number {
    const { counters } = this.#written(scope);
    const name = join(namespace, key);
    const value = (counters.get(name) ?? 0) + delta;
    if (!Number.isSafeInteger(value)) throw counterOverflow();
    counters.set(name, value);
    return value;
  }

  counterGet(scope: StorageScope, namespace: string, key: Uint8Array): number {
    return this.#scopes.get(scope.text)?.counters.get(join(namespace, key)) ?? 0;
  }

  append(scope: StorageScope, namespace: string, key: Uint8Array, items: readonly Uint8Array[]): number {
    const { logs } = this.#written(scope);
    const name = join(namespace, key);
    const log = logs.get(name) ?? [];
    logs.set(name, log);
    for (const item of items) log.push({ id: log.length + 1, value: copy(item) });
    return log.length;
  }

  logScan(scope: StorageScope, namespace: string, key: Uint8Array, { afterId = 0, limit = Infinity }: LogScanOptions): LogEntry[] {
    const log = this.#scopes.get(scope.text)?.logs.get(join(namespace, key)) ?? [];
    // The item with id n stands at n - 1.
    const start = Math.max(afterId, 0);
    return log.slice(start, start + limit);
  }

  queuePush(scope: StorageScope, namespace: string, items: readonly Uint8Array[]): void {
    const { queues } = this.#written(scope);
    const queue = queues.get(namespace) ?? { items: [], head: 0 };
    queues.set(namespace, queue);
    for (const item of items) queue.items.push(copy(item));
  }

  queuePop(scope: StorageScope, namespace: string): Uint8Array | undefined {
    const queue = this.#scopes.get(scope.text)?.queues.get(namespace);
    if (queue === undefined || queue.head === queue.items.length) {
      this.#release(scope);
      return undefined;
    }
    const item = queue.items[queue.head++];
    if (queue.head * 2 >= queue.items.length) {
      queue.items = queue.items.slice(queue.head);
      queue.head = 0;
    }
    return item;
  }

  queueClear(scope: StorageScope, namespace: string): number {
    const queues = this.#scopes.get(scope.text)?.queues;
    const queue = queues?.get(namespace);
    queues?.delete(namespace);
    this.#release(scope);
    return queue === undefined ? 0 : queue.items.length - queue.head;
  }

  keepAlive(scope: StorageScope): void {
    const stored = this.#scopes.get(scope.text);
    if (stored !== undefined) stored.expiresAt = this.#lease.expiry(scope);
  }

  clear(scope: StorageScope): void {
    this.#scopes.delete(scope.text);
  }

  collectExpired(): number {
    const now = this.#lease.seconds;
    let removed = 0;
    for (const [name, { expiresAt }] of this.#scopes) {
      if (expiresAt <= now && this.#scopes.delete(name)) removed += 1;
    }
    return removed;
  }

  counts(): StorageCounts {
    const total = { scopes: this.#scopes.size, states: 0, counters: 0, logItems: 0, queueItems: 0 };
    for (const scope of this.#scopes.values()) {
      const { states, counters, logItems, queueItems } = countsOf(scope);
      total.states += states;
      total.counters += counters;
      total.logItems += logItems;
      total.queueItems += queueItems;
    }
    return total;
  }

  close(): void {
    this.#scopes.clear();
  }

  /** The scope's data, made if need be, with its life renewed. */
  #written(scope: StorageScope): MemoryScope {
    if (this.#lease.collectionDue()) this.collectExpired();
    const expiresAt = this.#lease.expiry(scope);
    const stored = this.#scopes.get(scope.text);
    if (stored !== undefined) {
      stored.expiresAt = expiresAt;
      return stored;
    }
    const made: MemoryScope = { expiresAt, states: new Map(), counters: new Map(), logs: new Map(), queues: new Map() };
    this.#scopes.set(scope.text, made);
    return made;
  }

  /** Forgets a scope that holds nothing any more. */
  #release(scope: StorageScope): void {
    const stored = this.#scopes.get(scope.text);
    if (stored === undefined) return;
    const { states, counters, logItems, queueItems } = countsOf(stored);
    if (states + counters + logItems + queueItems === 0) this.#scopes.delete(scope.text);
  }

  /** Keys of a range in order: text of one character a byte sorts like the bytes. */
  #keysIn(scope: StorageScope, namespace: string, { start, end }: KeyRange): string[] {
    const states = this.#scopes.get(scope.text)?.states.get(namespace);
    if (states === undefined) return [];
    const from = start === undefined ? undefined : text(start);
    const to = end === undefined ? undefined : text(end);
    return [...states.keys()].filter((key) => (from === undefined || key >= from) && (to === undefined || key < to)).sort();
  }
}

function countsOf({ states, counters, logs, queues }: MemoryScope): Omit<StorageCounts, 'scopes'> {
  return {
    states: sum(states.values(), ({ size }) => size),
    counters: counters.size,
    logItems: sum(logs.values(), ({ length }) => length),
    queueItems: sum(queues.values(), ({ items, head }) => items.length - head),
  };
}

function sum<T>(values: Iterable<T>, count: (value: T) => number): number {
  let total = 0;
  for (const value of values) total += count(value);
  return total;
}

/** `slice` of a `Buffer` would share its bytes. */
function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

function text(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}

/** Namespaces have no zero byte, so this is unambiguous. */
function join(namespace: string, key: Uint8Array): string {
  return `${namespace}\0${text(key)}`;
}
