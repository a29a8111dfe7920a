import { createHash } from 'node:crypto';
import { StorageError } from './storage-error.ts';

/** Whom stored data belongs to, and so when it can go. */
export type ScopeKind = 'execution' | 'transaction' | 'attach';

/** The key under which everything of one execution, transaction or attached catalog is stored. */
export interface StorageScope {
  readonly kind: ScopeKind;
  /** The stored key, at most `MAX_SCOPE_BYTES` long. */
  readonly key: Uint8Array;
  /** The key as text of one character a byte, for use in maps. */
  readonly text: string;
}

/** Longer keys would not fit an index entry of PostgreSQL together with a namespace and a key. */
const MAX_SCOPE_BYTES = 96;

const KIND_BYTE: Readonly<Record<ScopeKind, number>> = { execution: 0x65, transaction: 0x74, attach: 0x61 };

const DAY_SECONDS = 86_400;

/**
 * Seconds that a scope lives after its last write. Executions and transactions end with a call that clears them, so what is
 * left after a day belongs to a client that died; an attached catalog lives as long as its DuckDB session.
 */
export const DEFAULT_LIFETIMES: Readonly<Record<ScopeKind, number>> = {
  execution: DAY_SECONDS,
  transaction: 7 * DAY_SECONDS,
  attach: 30 * DAY_SECONDS,
};

/** What one execution stores: the id minted by the worker at the primary init. */
export function executionScope(executionId: Uint8Array): StorageScope {
  return scope('execution', [required(executionId, 'execution id')]);
}

/**
 * What one transaction stores. A catalog may choose its transaction bytes freely, so they count within one attach only.
 * @param attachId the 16 bytes that the framework put before the attach bytes
 */
export function transactionScope(attachId: Uint8Array, transactionOpaqueData: Uint8Array): StorageScope {
  return scope('transaction', [required(attachId, 'attach id'), required(transactionOpaqueData, 'transaction data')]);
}

/**
 * What one attached catalog stores.
 * @param attachId the 16 bytes that the framework put before the attach bytes
 */
export function attachScope(attachId: Uint8Array): StorageScope {
  return scope('attach', [required(attachId, 'attach id')]);
}

function required(bytes: Uint8Array, what: string): Uint8Array {
  if (bytes.length === 0) throw new StorageError('invalid_argument', `the ${what} is empty, so nothing can be stored under it`);
  return bytes;
}

/** The kind, then each part after its length; a digest of that if it is long. */
function scope(kind: ScopeKind, parts: readonly Uint8Array[]): StorageScope {
  const chunks: Uint8Array[] = [Uint8Array.of(KIND_BYTE[kind])];
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    chunks.push(length, part);
  }
  const full = Buffer.concat(chunks);
  const key = full.length <= MAX_SCOPE_BYTES ? full : Buffer.concat([full.subarray(0, 1), createHash('sha256').update(full).digest()]);
  return { kind, key, text: key.toString('latin1') };
}
