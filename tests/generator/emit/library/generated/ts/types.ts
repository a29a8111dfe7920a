import type { Genre, Sorting } from './enums.ts';

/** One title that the library has. */
export interface Book {
  /** As printed on the cover. */
  readonly title: string;
  /** Where it stands, building first. */
  readonly shelf: readonly string[];
  /** Null if nobody dares to say. */
  readonly genre?: Genre | undefined;
  /** Oldest first. Since 1.1.0. */
  readonly editions: readonly Edition[];
  /** Who wrote most of it. */
  readonly author: Author;
  /** Copies by condition. Since 2.0.0. */
  readonly stock: ReadonlyMap<string, bigint>;
  /** Picture of the cover. Null if there is none. */
  readonly cover?: Uint8Array | undefined;
  /** How its editions are listed. */
  readonly sorting: Sorting;
}

/** Fields of `Book` that only earlier versions have; a version need not have all of them. */
export interface EarlierBook {
  /** Number of copies; stock says it now. Only before 2.0.0. */
  readonly copiesOwned: bigint;
}

/** One printing, inside its book. */
export interface Edition {
  /** Year of publication. */
  readonly year: number;
  /** Day it left the press, in days since 1970. Null if unknown. */
  readonly printedOn?: number | undefined;
}

/** A person who writes. */
export interface Author {
  /** Family name last. */
  readonly name: string;
  /** Instant of birth in microseconds. */
  readonly born?: bigint | undefined;
  /** A null stands for a name that must not be told. Since 2.0.0. */
  readonly penNames: readonly (string | null)[];
}

/**
 * Somebody who may borrow.
 * @deprecated since 2.0.0: use Author: everybody writes now
 */
export interface Member {
  /** Made by the library when they join. */
  readonly card: Uint8Array;
  /** Four digits. */
  readonly pin: string;
  /** Null for those who cannot choose. */
  readonly favourite?: Book | undefined;
}

/** Nothing is said of shelves yet. */
export type Shelves = Record<string, never>;

