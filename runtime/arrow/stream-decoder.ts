import type { Message } from './message.ts';
import type { RecordBatch } from './record-batch.ts';
import type { Schema } from './schema.ts';

/** Turns the messages of one stream with any number of batches into batches; keeps the dictionaries seen so far. */
export class StreamDecoder {
  readonly schema: Schema;

  /** Takes the schema message, or a schema known to be the stream's. */
  constructor(_schema: Message | Schema) {
    throw new Error('being written');
  }

  /** Dictionary messages are taken in and give nothing; a batch message gives its batch. Throws `ArrowError`. */
  read(_message: Message): RecordBatch | undefined {
    throw new Error('being written');
  }
}
