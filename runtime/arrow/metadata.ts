/** Custom metadata as callers give it: a map, or pairs in the order in which they are to be written. */
export type Metadata = ReadonlyMap<string, string> | Iterable<readonly [string, string]>;

/** Shared by everything that has no metadata. */
export const noMetadata: ReadonlyMap<string, string> = new Map<string, string>();

/** The map form; a map is returned as it is, of repeated keys the last one wins. */
export function metadataMap(metadata: Metadata | undefined): ReadonlyMap<string, string> {
  if (metadata === undefined) return noMetadata;
  return metadata instanceof Map ? metadata : new Map(metadata);
}
