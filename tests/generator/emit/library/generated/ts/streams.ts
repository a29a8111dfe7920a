import type { ColumnValuesOf } from 'vgi-gen/runtime/v1';
import { Schema, decimal128, field, int64, utf8 } from 'vgi-gen/runtime/v1';

/** Columns that `list_titles` sends. */
export interface ListTitlesOutput {
  /** Never null. */
  readonly title: ColumnValuesOf<string>;
  /** Never null. */
  readonly copy_count: ColumnValuesOf<bigint>;
}

export const listTitlesOutputSchema: Schema = /* @__PURE__ */ new Schema([
  /* @__PURE__ */ field('title', utf8, true),
  /* @__PURE__ */ field('copy_count', int64, true),
]);

/** Columns that `appraise` takes in. */
export interface AppraiseInput {
  /** A title of the library. */
  readonly title: ColumnValuesOf<string>;
}

export const appraiseInputSchema: Schema = /* @__PURE__ */ new Schema([
  /* @__PURE__ */ field('title', utf8, true),
]);

/** Columns that `appraise` sends. */
export interface AppraiseOutput {
  /** Null for what nobody would buy. */
  readonly worth: ColumnValuesOf<bigint>;
}

export const appraiseOutputSchema: Schema = /* @__PURE__ */ new Schema([
  /* @__PURE__ */ field('worth', /* @__PURE__ */ decimal128(10, 2), true),
]);

