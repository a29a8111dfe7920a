import { ArrowError } from './arrow-error.ts';
import { encodeBatch, encodeDictionary } from './batch-message.ts';
import type { Column } from './column.ts';
import { type Metadata, metadataMap } from './metadata.ts';
import type { RecordBatch } from './record-batch.ts';
import { type Schema, schemaEquals } from './schema.ts';

/** End-of-stream marker. */
export const endOfStream: Uint8Array = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);

/** The encapsulated schema message of a schema; the same bytes at each call. */
export function writeSchemaMessage(schema: Schema): Uint8Array {
  return schema.toIpc();
}

/**
 * A record batch message as chunks to be written one after another; large buffers are the batch's own, not copied.
 * Metadata given here takes the place of the batch's own. Dictionary columns need their dictionary messages first: see `StreamEncoder`.
 */
export function writeBatchMessage(batch: RecordBatch, metadata?: Metadata): Uint8Array[] {
  const received = batch.receivedMessage;
  if (received !== undefined && metadata === undefined) return [received];
  return encodeBatch(batch.columns, batch.numRows, metadata === undefined ? batch.metadata : metadataMap(metadata));
}

/** Writes the batches of one stream; sends a dictionary again only when it is another one. */
export class StreamEncoder {
  readonly schema: Schema;
  private readonly sent = new Map<bigint, Column>();

  constructor(schema: Schema) {
    this.schema = schema;
  }

  /** Chunks of the dictionaries that are new and of the batch. Throws `ArrowError` `mismatch` if the batch has another schema. */
  batch(batch: RecordBatch, metadata?: Metadata): Uint8Array[] {
    if (!schemaEquals(batch.schema, this.schema)) throw new ArrowError('mismatch', 'a batch does not have the schema of the stream');
    const ids = this.schema.dictionaryIds;
    if (ids.length === 0) return writeBatchMessage(batch, metadata);
    const chunks: Uint8Array[] = [];
    const inBatch = new Map<bigint, Column>();
    dictionariesOf(batch.columns).forEach((dictionary, ordinal) => {
      const id = ids[ordinal] as bigint;
      if ((inBatch.get(id) ?? dictionary) !== dictionary) throw new ArrowError('mismatch', `two columns share dictionary id ${id} in the schema but have different dictionaries`);
      inBatch.set(id, dictionary);
      if (this.sent.get(id) === dictionary) return;
      this.sent.set(id, dictionary);
      chunks.push(...encodeDictionary(id, dictionary));
    });
    chunks.push(...writeBatchMessage(batch, metadata));
    return chunks;
  }
}

/** Dictionaries of columns in the order of `Schema.dictionaryIds`. */
function dictionariesOf(columns: readonly Column[]): Column[] {
  return columns.flatMap((column) => (column.dictionary ? [column.dictionary, ...dictionariesOf([column.dictionary])] : dictionariesOf(column.children)));
}
