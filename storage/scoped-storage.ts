import { StorageError } from './storage-error.ts';
import { keyBytes, type StorageKey } from './storage-key.ts';
import type { StorageScope } from './storage-scope.ts';
import type { KeyRange, LogEntry, LogScanOptions, MaybePromise, ScanOptions, StateEntry, Storage } from './storage.ts';

/** Namespaces that begin so belong to the framework (vgi-semantics, section 14). */
export const RESERVED_NAMESPACE_PREFIX = '_vgi/';

/** UTF-8 bytes of a namespace, and bytes of a key: with the scope they fit one index entry of every backend. */
export const MAX_NAMESPACE_BYTES = 255;
export const MAX_KEY_BYTES = 1024;
/** Bytes of a value or item: what SQLite (1e9 bytes) and the text answers of PostgreSQL (two characters a byte, 2^29 at most in V8) both carry. */
export const MAX_VALUE_BYTES = 128 * 1024 * 1024;

/** Bounds of a scan whose keys may be text. */
export interface ScopedScanOptions {
  readonly start?: StorageKey;
  readonly end?: StorageKey;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/**
 * The storage of one execution, transaction or attached catalog. Results are there at once with SQLite and in memory, and later with
 * PostgreSQL: `await` serves both, and code that wants to stay synchronous tests for a promise.
 * Arguments that no backend takes are a `StorageError` of kind `invalid_argument`, thrown at once.
 */
export class ScopedStorage {
  readonly #storage: Storage;
  readonly #scope: StorageScope;
  readonly #reserved: boolean;

  /** @param options.reserved admits the namespaces that belong to the framework */
  constructor(storage: Storage, scope: StorageScope, options: { readonly reserved?: boolean } = {}) {
    this.#storage = storage;
    this.#scope = scope;
    this.#reserved = options.reserved ?? false;
  }

  /** The value of a key; undefined if there is none. */
  stateGet(namespace: string, key: StorageKey): MaybePromise<Uint8Array | undefined> {
    const values = this.#storage.stateGet(this.#scope, this.#namespace(namespace), [checkedKey(key)]);
    return values instanceof Promise ? values.then(first) : values[0];
  }

  /** The values of many keys, in the same order; undefined where there is none. */
  stateGetMany(namespace: string, keys: readonly StorageKey[]): MaybePromise<(Uint8Array | undefined)[]> {
    return this.#storage.stateGet(this.#scope, this.#namespace(namespace), keys.map(checkedKey));
  }

  /** Sets the value of a key. */
  statePut(namespace: string, key: StorageKey, value: Uint8Array): MaybePromise<void> {
    return this.#storage.statePut(this.#scope, this.#namespace(namespace), [checkedEntry([key, value])]);
  }

  /** Sets the values of many keys, all or none. */
  statePutMany(namespace: string, entries: readonly (readonly [StorageKey, Uint8Array])[]): MaybePromise<void> {
    return this.#storage.statePut(this.#scope, this.#namespace(namespace), entries.map(checkedEntry));
  }

  /** Entries of a namespace in the order of their keys, compared byte by byte. */
  stateScan(namespace: string, options: ScopedScanOptions = {}): MaybePromise<StateEntry[]> {
    const { reverse = false, limit } = options;
    const range: ScanOptions = { ...keyRange(options), reverse, limit: checkedLimit(limit) };
    return this.#storage.stateScan(this.#scope, this.#namespace(namespace), range);
  }

  /** Takes all entries of a namespace; of several processes that drain at once, one gets an entry. */
  stateDrain(namespace: string): MaybePromise<StateEntry[]> {
    return this.#storage.stateDrain(this.#scope, this.#namespace(namespace));
  }

  /** Removes the entries of these keys; returns how many there were. */
  stateDelete(namespace: string, keys: readonly StorageKey[]): MaybePromise<number> {
    return this.#storage.stateDelete(this.#scope, this.#namespace(namespace), keys.map(checkedKey));
  }

  /** Removes the entries of a range, of the whole namespace without one; returns how many there were. */
  stateDeleteRange(namespace: string, range: { readonly start?: StorageKey; readonly end?: StorageKey } = {}): MaybePromise<number> {
    return this.#storage.stateDelete(this.#scope, this.#namespace(namespace), keyRange(range));
  }

  /** Adds a safe integer to a counter that begins at 0 and returns the new value. */
  counterAdd(namespace: string, key: StorageKey, delta: number): MaybePromise<number> {
    if (!Number.isSafeInteger(delta)) throw invalid(`a counter takes whole numbers below 2^53, not ${delta}`);
    return this.#storage.counterAdd(this.#scope, this.#namespace(namespace), checkedKey(key), delta);
  }

  /** The value of a counter; 0 if it was never added to. */
  counterGet(namespace: string, key: StorageKey): MaybePromise<number> {
    return this.#storage.counterGet(this.#scope, this.#namespace(namespace), checkedKey(key));
  }

  /** Appends an item to the log of a key and returns its id, which is above those of all items before it. */
  append(namespace: string, key: StorageKey, item: Uint8Array): MaybePromise<number> {
    return this.#storage.append(this.#scope, this.#namespace(namespace), checkedKey(key), [checkedValue(item)]);
  }

  /** Appends items in order, all or none, and returns the id of the last one. At least one item is needed. */
  appendMany(namespace: string, key: StorageKey, items: readonly Uint8Array[]): MaybePromise<number> {
    if (items.length === 0) throw invalid('an append of no items has no id to return');
    return this.#storage.append(this.#scope, this.#namespace(namespace), checkedKey(key), items.map(checkedValue));
  }

  /** Items of a log in the order of appending, after an id if one is given. */
  logScan(namespace: string, key: StorageKey, options: LogScanOptions = {}): MaybePromise<LogEntry[]> {
    const { afterId, limit } = options;
    if (afterId !== undefined && !Number.isSafeInteger(afterId)) throw invalid(`a log goes on after the id of an item, not after ${afterId}`);
    return this.#storage.logScan(this.#scope, this.#namespace(namespace), checkedKey(key), { afterId, limit: checkedLimit(limit) });
  }

  /** Adds items at the end of the queue of a namespace, all or none. */
  queuePush(namespace: string, items: readonly Uint8Array[]): MaybePromise<void> {
    return this.#storage.queuePush(this.#scope, this.#namespace(namespace), items.map(checkedValue));
  }

  /** Takes the oldest item; undefined if the queue is empty. An item is given out once, even if its taker then dies. */
  queuePop(namespace: string): MaybePromise<Uint8Array | undefined> {
    return this.#storage.queuePop(this.#scope, this.#namespace(namespace));
  }

  /** Removes all items of a queue; returns how many there were. */
  queueClear(namespace: string): MaybePromise<number> {
    return this.#storage.queueClear(this.#scope, this.#namespace(namespace));
  }

  /** Keeps what is stored here from expiring; needed only by one who reads for longer than a day without writing. */
  keepAlive(): MaybePromise<void> {
    return this.#storage.keepAlive(this.#scope);
  }

  /** Removes everything stored here, in all namespaces: the end of the execution, transaction or attach. */
  clear(): MaybePromise<void> {
    return this.#storage.clear(this.#scope);
  }

  #namespace(namespace: string): string {
    if (!this.#reserved && namespace.startsWith(RESERVED_NAMESPACE_PREFIX)) {
      throw invalid(`namespace "${namespace}" begins with "${RESERVED_NAMESPACE_PREFIX}", which belongs to the framework; choose another name`);
    }
    // A text of n units has at most 3n bytes, so short names need no counting. A zero byte is no text to PostgreSQL.
    const tooLong = namespace.length * 3 > MAX_NAMESPACE_BYTES && Buffer.byteLength(namespace) > MAX_NAMESPACE_BYTES;
    if (namespace.length === 0 || tooLong || namespace.includes('\0')) {
      throw invalid(`a namespace is text of 1 to ${MAX_NAMESPACE_BYTES} bytes without a zero byte`);
    }
    return namespace;
  }
}

function first<T>(values: readonly T[]): T | undefined {
  return values[0];
}

function invalid(message: string): StorageError {
  return new StorageError('invalid_argument', message);
}

function checkedKey(key: StorageKey): Uint8Array {
  const bytes = keyBytes(key);
  if (bytes.length > MAX_KEY_BYTES) throw invalid(`a key has ${bytes.length} bytes, at most ${MAX_KEY_BYTES} are stored; use a digest of it`);
  return bytes;
}

function checkedValue(value: Uint8Array): Uint8Array {
  if (value.length > MAX_VALUE_BYTES) throw invalid(`a value has ${value.length} bytes, at most ${MAX_VALUE_BYTES} are stored; split it`);
  return value;
}

function checkedEntry([key, value]: readonly [StorageKey, Uint8Array]): StateEntry {
  return { key: checkedKey(key), value: checkedValue(value) };
}

function checkedLimit(limit: number | undefined): number | undefined {
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) throw invalid(`a limit is a count of rows, not ${limit}`);
  return limit;
}

function keyRange({ start, end }: ScopedScanOptions): KeyRange {
  return {
    start: start === undefined ? undefined : checkedKey(start),
    end: end === undefined ? undefined : checkedKey(end),
  };
}
