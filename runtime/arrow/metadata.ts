import type { FlatTable } from './flatbuffer-reader.ts';
import type { FlatbufferWriter } from './flatbuffer-writer.ts';

/** Custom metadata as callers give it: a map, or pairs in the order in which they are to be written. */
export type Metadata = ReadonlyMap<string, string> | Iterable<readonly [string, string]>;

/** Shared by everything that has no metadata. */
export const noMetadata: ReadonlyMap<string, string> = new Map<string, string>();

/** The map form; a map is returned as it is, of repeated keys the last one wins. */
export function metadataMap(metadata: Metadata | undefined): ReadonlyMap<string, string> {
  if (metadata === undefined) return noMetadata;
  return metadata instanceof Map ? metadata : new Map(metadata);
}

/** Writes the vector of `KeyValue` tables that `link` is to point to. */
export function writeCustomMetadata(w: FlatbufferWriter, link: number, metadata: ReadonlyMap<string, string>): void {
  let element = w.vector(link, metadata.size, 4);
  for (const [key, value] of metadata) {
    const [keyLink, valueLink] = w.table(element, [4, 4]) as [number, number];
    w.string(keyLink, key);
    w.string(valueLink, value);
    element += 4;
  }
}

/** Reads the vector of `KeyValue` tables in a slot; of repeated keys the last one wins. */
export function readCustomMetadata(table: FlatTable, slot: number): ReadonlyMap<string, string> {
  const vector = table.vector(slot, 4);
  if (vector === undefined || vector.length === 0) return noMetadata;
  const metadata = new Map<string, string>();
  for (let i = 0; i < vector.length; i++) {
    const pair = table.element(vector, i);
    metadata.set(pair.string(0) ?? '', pair.string(1) ?? '');
  }
  return metadata;
}
