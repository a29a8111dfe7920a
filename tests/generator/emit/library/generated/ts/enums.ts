/** What a book is about. */
export const Genre = {
  /** A long story that never happened. */
  NOVEL: 'NOVEL',
  /** A short text about one thought. */
  ESSAY: 'ESSAY',
  /** Maps. Since 2.0.0. */
  ATLAS: 'ATLAS',
} as const;

export type Genre = (typeof Genre)[keyof typeof Genre];

/** Order of a listing. */
export const Sorting = {
  /** Alphabetical. */
  by_title: 'by_title',
  /** Latest edition first. */
  newest: 'newest',
} as const;

export type Sorting = (typeof Sorting)[keyof typeof Sorting];

