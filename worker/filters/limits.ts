/** Limits on filter documents, checked before anything is built from them (vgi-protocol.json, `filter_v2_limits`). */
export const limits = {
  jsonBytes: 1 << 20,
  expressionDepth: 64,
  expressionNodes: 10_000,
  predicates: 1024,
  /** Of one scan, removed ones included. */
  predicateIds: 4096,
  callArguments: 256,
  idBytes: 128,
  literalBytes: 16 << 20,
  deltaBase64Bytes: 25_165_824,
  deltaIpcBytes: 17_825_792,
  /** Nesting of JSON: an expression node takes at most an object and an array, the document a few more. */
  jsonDepth: 160,
} as const;
