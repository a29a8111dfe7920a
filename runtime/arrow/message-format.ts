/** Values of `MetadataVersion`; V4 and V5 differ in the validity buffer of unions only. */
export const METADATA_V4 = 3;
export const METADATA_V5 = 4;

/** Slots of the flatbuffer table `Message` and the numbers of its header types (Arrow's Message.fbs). */
export const MESSAGE = { version: 0, headerType: 1, header: 2, bodyLength: 3, customMetadata: 4 } as const;
export const HEADER_SCHEMA = 1;
export const HEADER_DICTIONARY = 2;
export const HEADER_BATCH = 3;
