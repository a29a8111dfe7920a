import type { Schema } from '../arrow/schema.ts';

/** Forms in which text, bytes and lists of a layout may come: with 32-bit or 64-bit offsets, or as indices into a dictionary. */
export const FORM_PLAIN = 0;
export const FORM_LARGE = 1;
export const FORM_DICTIONARY = 2;

/** How the columns of one peer's schema lie, in the order of the codec's own layout: one entry a node. */
export interface RecordPlan {
  readonly peer: Schema;
  /** Length of the peer's schema message. */
  readonly schemaLength: number;
  readonly peerNodes: number;
  readonly peerBuffers: number;
  /** The peer's node, -1 if it does not send it. */
  readonly node: Int32Array;
  readonly firstBuffer: Int32Array;
  readonly bufferCount: Uint8Array;
  readonly form: Uint8Array;
  /** Bits of the indices of a dictionary, negative if they are signed. */
  readonly indexBits: Int8Array;
  /** Number of the peer's dictionary, counted depth-first, -1 if the node is not dictionary-encoded. */
  readonly dictionary: Int32Array;
  readonly hasDictionaries: boolean;
  /** Dictionaries that came with recent records. */
  readonly recentDictionaries: RecentDictionaries[];
}

/** Dictionary batches as bytes, and their values by node. */
export interface RecentDictionaries {
  readonly messages: readonly Buffer[];
  readonly values: readonly (readonly string[] | undefined)[];
}
