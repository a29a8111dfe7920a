import type { Genre } from './enums.ts';

/** Parameters of `book_get`. */
export interface BookGetParams {
  /** Compared without regard to case. */
  readonly title: string;
  /** Looks on this shelf only. Null means everywhere. */
  readonly shelf?: readonly string[] | undefined;
  /** Most books that are answered. */
  readonly limit: number;
  /** Looks for this kind only. Since 1.1.0. */
  readonly genre: Genre;
}

/** Parameters of `book_count`. */
export type BookCountParams = Record<string, never>;

/** Parameters of `member_forget`. */
export interface MemberForgetParams {
  /** The card as it was given out. Since 1.1.0. */
  readonly card: Uint8Array;
}

/** Parameters of `member_find`. */
export interface MemberFindParams {
  /** The card as it was given out. */
  readonly card: Uint8Array;
}

/** Parameters of `author_of_the_day`. */
export type AuthorOfTheDayParams = Record<string, never>;

/** Parameters of `close`. */
export type CloseParams = Record<string, never>;

/** Parameters of `list_titles`. */
export interface ListTitlesParams {
  /** What titles begin with. */
  readonly prefix: string;
}

/** Parameters of `dump`. */
export type DumpParams = Record<string, never>;

/** Parameters of `appraise`. */
export type AppraiseParams = Record<string, never>;

