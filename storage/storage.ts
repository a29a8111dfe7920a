import type { StorageScope } from './storage-scope.ts';

/** A value that is there at once (memory, SQLite) or later (PostgreSQL). */
export type MaybePromise<T> = T | Promise<T>;

/** One value of a namespace. */
export interface StateEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** One item of a log. Ids ascend in the order of appending; they are not dense. */
export interface LogEntry {
  readonly id: number;
  readonly value: Uint8Array;
}

/** Which keys: from `start` (in) to `end` (out), compared byte by byte. A bound left out is open. */
export interface KeyRange {
  readonly start?: Uint8Array;
  readonly end?: Uint8Array;
}

/** Tells the two ways of naming entries to remove apart. */
export function isKeyList(which: readonly Uint8Array[] | KeyRange): which is readonly Uint8Array[] {
  return Array.isArray(which);
}

/** Which keys, from which side, and how many. */
export interface ScanOptions extends KeyRange {
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** Which items of a log: those after an id, and how many. */
export interface LogScanOptions {
  readonly afterId?: number;
  readonly limit?: number;
}

/** Rows that are stored, over all scopes. */
export interface StorageCounts {
  readonly scopes: number;
  readonly states: number;
  readonly counters: number;
  readonly logItems: number;
  readonly queueItems: number;
}

/**
 * What the worker processes that serve one execution share: values by key, counters, append-only logs and work queues, all under a
 * scope (an execution, a transaction, an attached catalog) and a namespace (vgi-semantics, section 14).
 *
 * Each call is atomic: other processes see all of it or nothing. What has returned survives the death of any worker process.
 * Bytes given to a call must not change until it has returned; bytes that it returned must not be changed.
 * Callers go through `ScopedStorage`, which checks arguments; a backend takes them as valid. Every failure is a `StorageError`.
 */
export interface Storage {
  readonly backend: 'memory' | 'sqlite' | 'postgres';

  /** The values of `keys`, in the same order; undefined where there is none. */
  stateGet(scope: StorageScope, namespace: string, keys: readonly Uint8Array[]): MaybePromise<(Uint8Array | undefined)[]>;
  /** Sets all entries, or none when it fails. */
  statePut(scope: StorageScope, namespace: string, entries: readonly StateEntry[]): MaybePromise<void>;
  /** Entries in the order of their keys. */
  stateScan(scope: StorageScope, namespace: string, options: ScanOptions): MaybePromise<StateEntry[]>;
  /** Takes all entries of the namespace, in the order of their keys: of several processes one gets an entry. */
  stateDrain(scope: StorageScope, namespace: string): MaybePromise<StateEntry[]>;
  /** Removes entries by key or by range; returns how many there were. */
  stateDelete(scope: StorageScope, namespace: string, which: readonly Uint8Array[] | KeyRange): MaybePromise<number>;

  /** Adds to a counter that begins at 0 and returns its new value. */
  counterAdd(scope: StorageScope, namespace: string, key: Uint8Array, delta: number): MaybePromise<number>;
  /** The value of a counter; 0 if it was never added to. */
  counterGet(scope: StorageScope, namespace: string, key: Uint8Array): MaybePromise<number>;

  /**
   * Appends items to the log of a key, in order, and returns the id of the last one. An id is above those of all items
   * that any process has seen in this log, so a reader that goes on after the last id misses none.
   */
  append(scope: StorageScope, namespace: string, key: Uint8Array, items: readonly Uint8Array[]): MaybePromise<number>;
  /** Items of a log in the order of appending. */
  logScan(scope: StorageScope, namespace: string, key: Uint8Array, options: LogScanOptions): MaybePromise<LogEntry[]>;

  /** Adds items at the end of a queue. */
  queuePush(scope: StorageScope, namespace: string, items: readonly Uint8Array[]): MaybePromise<void>;
  /** Takes the oldest item; undefined if the queue is empty. Of several processes one gets an item. */
  queuePop(scope: StorageScope, namespace: string): MaybePromise<Uint8Array | undefined>;
  /** Removes all items; returns how many there were. */
  queueClear(scope: StorageScope, namespace: string): MaybePromise<number>;

  // A scope goes by itself when the last thing in it is taken or removed.

  /** Keeps a scope from expiring, as a write does. A scope that holds nothing is not created. */
  keepAlive(scope: StorageScope): MaybePromise<void>;
  /** Removes everything under a scope. Writing to it afterwards is allowed and begins anew. */
  clear(scope: StorageScope): MaybePromise<void>;
  /** Removes scopes that have expired and returns how many. Writes do it now and then by themselves. */
  collectExpired(): MaybePromise<number>;
  /** What is stored at present. Reads every row: for tests and diagnosis. */
  counts(): MaybePromise<StorageCounts>;
  /** Ends the use of this storage; what is stored stays, except in memory. */
  close(): MaybePromise<void>;
}

/** What every backend can be told. */
export interface StorageOptions {
  /** The time in milliseconds since 1970. */
  readonly now?: () => number;
  /** Seconds that a scope lives after its last write, by kind of scope. */
  readonly lifetimes?: Partial<Readonly<Record<StorageScope['kind'], number>>>;
}
