import type { Schema } from '../arrow/schema.ts';

/**
 * The constant start of every record of a layout: the schema message and one dictionary batch for each dictionary whose values are
 * known, depth-first. `dictionaries` lists them by path (wire names joined by `.`, e.g. `kinds.item`) or by dictionary id; a
 * dictionary-encoded field that is not listed is free text (`dictionaryValue`), written with each record.
 */
export function recordPrefix(_schema: Schema, _dictionaries: ReadonlyMap<string | number, readonly string[]>): Uint8Array {
  throw new Error('being written');
}
