/**
 * Why a call failed.
 * - `invalid_argument`: the caller's mistake.
 * - `not_configured`: the place named for the storage is unknown, or the library that it needs is missing.
 * - `unavailable`: the database cannot be reached, opened, read or written.
 * - `busy`: other processes held the database for longer than the wait allows.
 */
export type StorageErrorKind = 'invalid_argument' | 'not_configured' | 'unavailable' | 'busy';

/** The one error of the storage: what was attempted, what is wrong, what to do. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly kind: StorageErrorKind;

  constructor(kind: StorageErrorKind, message: string, options?: ErrorOptions) {
    super(`storage: ${message}`, options);
    this.kind = kind;
  }
}

/** The sum of a counter left the numbers that are exact. */
export function counterOverflow(): StorageError {
  return new StorageError('invalid_argument', 'the sum of a counter is past 2^53, the limit of whole numbers that are exact');
}
