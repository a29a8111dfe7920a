/** Values of `MetadataVersion`; V4 and V5 differ in the validity buffer of unions only. */
export const METADATA_V4 = 3;
export const METADATA_V5 = 4;

/** Slots of the flatbuffer tables in Arrow's Message.fbs, and the numbers of header types. */
export const MESSAGE = { version: 0, headerType: 1, header: 2, bodyLength: 3, customMetadata: 4 } as const;
/** Slots of `RecordBatch`; nodes and buffers are structs of two 64-bit integers. */
export const BATCH = { length: 0, nodes: 1, buffers: 2, compression: 3 } as const;
/** Slots of `DictionaryBatch`. */
export const DICTIONARY = { id: 0, data: 1, isDelta: 2 } as const;

export const HEADER_SCHEMA = 1;
export const HEADER_DICTIONARY = 2;
export const HEADER_BATCH = 3;
