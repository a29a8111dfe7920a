import { ArrowError } from './arrow-error.ts';
import type { Column } from './column.ts';
import { DictionaryStore } from './dictionary-store.ts';
import type { Message } from './message.ts';
import { RecordBatch } from './record-batch.ts';
import { Schema } from './schema.ts';

/** Turns the messages of one stream with any number of batches into batches; keeps the dictionaries seen so far. */
export class StreamDecoder {
  readonly schema: Schema;
  private readonly dictionaries: DictionaryStore;

  /** Takes the schema message, or a schema known to be the stream's. Throws `ArrowError`. */
  constructor(schema: Message | Schema) {
    this.schema = schema instanceof Schema ? schema : Schema.fromIpc(schema.bytes);
    this.dictionaries = new DictionaryStore(this.schema);
  }

  /** Dictionary messages are taken in and give nothing; a batch message gives its batch. Throws `ArrowError`. */
  read(message: Message): RecordBatch | undefined {
    if (message.kind === 'dictionary') {
      this.dictionaries.add(message);
      return undefined;
    }
    if (message.kind !== 'batch') throw new ArrowError('malformed', `a message of kind ${message.kind} among the batches of a stream`);
    // Looked up now: by the time a column is asked for, later messages may have replaced dictionaries.
    const now: Column[] = this.schema.dictionaryIds.map((_, ordinal) => this.dictionaries.column(ordinal));
    return RecordBatch.fromMessage(this.schema, message, (ordinal) => now[ordinal] as Column);
  }
}
