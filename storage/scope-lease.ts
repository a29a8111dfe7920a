import { DEFAULT_LIFETIMES, type ScopeKind, type StorageScope } from './storage-scope.ts';
import type { StorageOptions } from './storage.ts';

/** Times that a write begins anew because another process removed its scope meanwhile. */
export const MAX_RENEWALS = 100;
/** A lease is renewed when this part of a scope's lifetime has passed. */
const RENEW_FRACTION = 1 / 8;
/** Scopes remembered; past that all are forgotten, which costs one renewal each. */
const MAX_REMEMBERED = 10_000;
/** Milliseconds between two searches for expired scopes by one process. */
const COLLECT_INTERVAL_MS = 10 * 60_000;

/**
 * When scopes expire, and which of them this process has renewed of late. Each scope has one row with its time of expiry; thanks to
 * this memory a write touches that row a few times in a lifetime rather than every time.
 */
export class ScopeLease {
  readonly #now: () => number;
  readonly #lifetimes: Readonly<Record<ScopeKind, number>>;
  /** By the text of a scope: when to renew it, in milliseconds. */
  readonly #renewAt = new Map<string, number>();
  #collectAt = 0;

  constructor(options: StorageOptions) {
    this.#now = options.now ?? Date.now;
    this.#lifetimes = { ...DEFAULT_LIFETIMES, ...options.lifetimes };
  }

  /** The present in whole seconds, the unit of stored times. */
  get seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  /** The second at which a scope that is written now expires. */
  expiry(scope: StorageScope): number {
    return this.seconds + this.#lifetimes[scope.kind];
  }

  /** Whether this process renewed the scope so recently that its row need not be touched. */
  holds(scope: StorageScope): boolean {
    const renewAt = this.#renewAt.get(scope.text);
    return renewAt !== undefined && this.#now() < renewAt;
  }

  /** Notes that the scope's row has just been written. */
  renewed(scope: StorageScope): void {
    if (this.#renewAt.size >= MAX_REMEMBERED) this.#renewAt.clear();
    this.#renewAt.set(scope.text, this.#now() + this.#lifetimes[scope.kind] * 1000 * RENEW_FRACTION);
  }

  /** Notes that the scope's row may be gone. */
  forget(scope: StorageScope): void {
    this.#renewAt.delete(scope.text);
  }

  /** Whether it is time to look for expired scopes; says so once an interval. */
  collectionDue(): boolean {
    const now = this.#now();
    if (now < this.#collectAt) return false;
    this.#collectAt = now + COLLECT_INTERVAL_MS;
    return true;
  }
}
