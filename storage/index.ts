/**
 * The storage that the processes of one worker share. Open one with `openStorage`, then bind it to an execution, a transaction or
 * an attached catalog with `ScopedStorage`.
 */
export { openStorage, STORAGE_VARIABLE } from './open-storage.ts';
export { MAX_KEY_BYTES, MAX_NAMESPACE_BYTES, MAX_VALUE_BYTES, RESERVED_NAMESPACE_PREFIX, ScopedStorage, type ScopedScanOptions } from './scoped-storage.ts';
export { StorageError, type StorageErrorKind } from './storage-error.ts';
export { int64Key, int64OfKey, type StorageKey } from './storage-key.ts';
export { attachScope, DEFAULT_LIFETIMES, executionScope, transactionScope, type ScopeKind, type StorageScope } from './storage-scope.ts';
export type { LogEntry, LogScanOptions, MaybePromise, StateEntry, Storage, StorageCounts, StorageOptions } from './storage.ts';
