import type { Metadata } from './metadata.ts';
import type { RecordBatch } from './record-batch.ts';
import type { Schema } from './schema.ts';

/** End-of-stream marker. */
export const endOfStream: Uint8Array = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

/** The encapsulated schema message of a schema; the same bytes at each call. */
export function writeSchemaMessage(schema: Schema): Uint8Array {
  return schema.toIpc();
}

/**
 * A record batch message as chunks to be written one after another; small ones are one chunk, large buffers are not copied.
 * Metadata given here wins over the batch's own. Dictionary columns need their dictionary messages first: see `StreamEncoder`.
 */
export function writeBatchMessage(_batch: RecordBatch, _metadata?: Metadata): Uint8Array[] {
  throw new Error('being written');
}

/** Writes the batches of one stream; sends a dictionary again only when it is another one. */
export class StreamEncoder {
  constructor(_schema: Schema) {
    throw new Error('being written');
  }

  /** Chunks of the dictionaries that are new and of the batch. Throws `ArrowError` `mismatch` if the batch has another schema. */
  batch(_batch: RecordBatch, _metadata?: Metadata): Uint8Array[] {
    throw new Error('being written');
  }
}
