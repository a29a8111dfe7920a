import type { EntryRow, Mark } from './field-rows.ts';

/** One page of the reference, as its template shows it. Texts are HTML unless said otherwise. */
export interface Article {
  readonly id: string;
  /** Plain text: `Method`, `Type`. */
  readonly kind: string;
  /** Plain text. */
  readonly title: string;
  readonly marks: readonly Mark[];
  readonly doc: string;
  /** One sentence about it, for lists. */
  readonly summary: string;
  readonly facts: readonly Fact[];
  readonly tables: readonly ArticleTable[];
  /** Columns that differ by version. */
  readonly forms: readonly FormTable[];
  readonly history: readonly HistoryStep[];
  /** Has an example call. */
  readonly example: boolean;
}

export interface Fact {
  readonly label: string;
  readonly html: string;
}

export interface ArticleTable {
  readonly title: string;
  /** What the search calls a row: `field`, `parameter`, `member`. */
  readonly kind: string;
  readonly heads: readonly string[];
  readonly rows: readonly EntryRow[];
}

export interface FormTable {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly name: string; readonly forms: readonly { readonly html: string; readonly differs: boolean }[] }[];
}

export interface HistoryStep {
  readonly version: string;
  readonly items: readonly { readonly html: string; readonly effect: string; readonly breaking: boolean }[];
}

export const tableOf = (title: string, kind: string, rows: readonly EntryRow[], name = 'Column'): ArticleTable => ({ title, kind, heads: [name, ...(rows[0]?.cells.map(({ head }) => head) ?? []), 'Meaning'], rows });

/** Facts that say something. */
export const facts = (entries: readonly (readonly [label: string, html: string | undefined])[]): Fact[] => entries.flatMap(([label, html]) => (html === undefined || html === '' ? [] : [{ label, html }]));
