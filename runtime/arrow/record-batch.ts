import { ArrowError } from './arrow-error.ts';
import { concatBytes } from './batch-message.ts';
import { BodyReader } from './body-reader.ts';
import { Column, type ColumnValues } from './column.ts';
import { type ColumnInput, columnFrom } from './column-builder.ts';
import { ColumnDecoder } from './column-decoder.ts';
import { DictionaryStore } from './dictionary-store.ts';
import { type IpcMessages, splitIpcStream } from './ipc-stream.ts';
import type { Message } from './message.ts';
import { type Metadata, metadataMap } from './metadata.ts';
import { Schema } from './schema.ts';
import { endOfStream, StreamEncoder } from './stream-encoder.ts';
import { typeEquals } from './type-equals.ts';
import { typeName } from './type-name.ts';
import { wireShape } from './wire-shape.ts';

export interface RecordBatchOptions {
  /** Needed for batches without columns; otherwise checked against the columns. */
  readonly numRows?: number;
  /** Custom metadata of the batch message. */
  readonly metadata?: Metadata;
}

/** Gives the dictionary of the dictionary-encoded field with that number, counted depth-first. */
type Dictionaries = (ordinal: number) => Column;

/** Where a batch that was read comes from. */
interface Received {
  readonly message: Message;
  readonly dictionaries: Dictionaries;
  /** The whole stream, if it held just this batch. */
  readonly stream: Uint8Array | undefined;
  /** First node, buffer and dictionary of each column; found when the first column is asked for. */
  starts: readonly ColumnStart[] | undefined;
}

interface ColumnStart {
  readonly node: number;
  readonly buffer: number;
  readonly dictionary: number;
}

/** Equally long columns under a schema. Immutable. One that was read keeps its bytes and cuts columns out of them on first use. */
export class RecordBatch {
  readonly schema: Schema;
  readonly numRows: number;
  private readonly cells: (Column | undefined)[];
  private readonly received: Received | undefined;
  private readonly custom: ReadonlyMap<string, string>;

  private constructor(schema: Schema, numRows: number, columns: (Column | undefined)[], metadata: ReadonlyMap<string, string>, received?: Received) {
    this.schema = schema;
    this.numRows = numRows;
    this.cells = columns;
    this.custom = metadata;
    this.received = received;
  }

  /**
   * Reads an IPC stream of schema, dictionaries and one batch. Throws `ArrowError`; what is wrong inside a column shows when it is
   * first asked for.
   */
  static fromIpc(bytes: Uint8Array): RecordBatch {
    return RecordBatch.read(splitIpcStream(bytes), bytes);
  }

  /** The same of a stream that is split already. */
  static fromMessages(stream: IpcMessages): RecordBatch {
    return RecordBatch.read(stream, undefined);
  }

  /** One batch of a longer stream, for `StreamDecoder`. */
  static fromMessage(schema: Schema, message: Message, dictionaries: Dictionaries, stream?: Uint8Array): RecordBatch {
    const received = { message, dictionaries, stream, starts: undefined };
    return new RecordBatch(schema, message.numRows, new Array(schema.fields.length).fill(undefined), message.customMetadata, received);
  }

  /** Columns, or values to build them from by the types of the schema. Throws `ArrowError` if they do not fit the schema or each other. */
  static of(schema: Schema, columns: readonly (Column | ColumnInput)[], options: RecordBatchOptions = {}): RecordBatch {
    if (columns.length !== schema.fields.length) throw new ArrowError('mismatch', `${columns.length} columns for a schema of ${schema.fields.length}`);
    const built = schema.fields.map((field, i) => {
      const column = columns[i] as Column | ColumnInput;
      if (!(column instanceof Column)) return columnFrom(field.type, column, field.name);
      if (!typeEquals(column.type, field.type)) throw new ArrowError('mismatch', `column "${field.name}" is ${typeName(column.type)} where the schema says ${typeName(field.type)}`);
      return column;
    });
    const numRows = options.numRows ?? built[0]?.length ?? 0;
    built.forEach((column, i) => {
      if (column.length !== numRows) throw new ArrowError('mismatch', `column "${schema.fields[i]?.name}" has ${column.length} rows in a batch of ${numRows}`);
    });
    return new RecordBatch(schema, numRows, built, metadataMap(options.metadata));
  }

  private static read(messages: IpcMessages, stream: Uint8Array | undefined): RecordBatch {
    const schema = Schema.fromIpc(messages.schemaMessage);
    if (messages.batch === undefined) throw new ArrowError('malformed', 'the stream holds a schema but no record batch');
    const store = new DictionaryStore(schema);
    for (const message of messages.dictionaries) store.add(message);
    return RecordBatch.fromMessage(schema, messages.batch, (ordinal) => store.column(ordinal), stream);
  }

  /** Custom metadata of the batch message. */
  get metadata(): ReadonlyMap<string, string> {
    return this.custom;
  }

  get columns(): readonly Column[] {
    return this.cells.map((_, i) => this.column(i));
  }

  /** The message that the batch was read from if it can be sent on as it is. */
  get receivedMessage(): Uint8Array | undefined {
    const message = this.received?.message;
    return message !== undefined && message.metadataStart === 8 ? message.bytes : undefined;
  }

  /** By name or position; throws `ArrowError` `mismatch` if there is none. */
  column(column: string | number): Column {
    const index = this.indexOf(column);
    const cell = this.cells[index] ?? this.decode(index);
    this.cells[index] = cell;
    return cell;
  }

  /** Values of a column, by name or position. */
  columnValues(column: string | number): ColumnValues {
    return this.column(column).values();
  }

  /** Rows from `start` up to `end`, over the same buffers. Metadata is kept. */
  slice(start: number, end: number = this.numRows): RecordBatch {
    if (!(start >= 0 && start <= end && end <= this.numRows)) throw new ArrowError('mismatch', `rows ${start} to ${end} of a batch of ${this.numRows}`);
    return new RecordBatch(this.schema, end - start, this.columns.map((column) => column.slice(start, end)), this.custom);
  }

  /** Some of the columns, in the order given. Metadata is kept. */
  select(columns: readonly (string | number)[]): RecordBatch {
    const indices = columns.map((column) => this.indexOf(column));
    const schema = new Schema(indices.map((i) => this.schema.fields[i] as Schema['fields'][number]), this.schema.metadata);
    return new RecordBatch(schema, this.numRows, indices.map((i) => this.column(i)), this.custom);
  }

  /** The same batch with other custom metadata. */
  withMetadata(metadata: Metadata): RecordBatch {
    return new RecordBatch(this.schema, this.numRows, [...this.columns], metadataMap(metadata));
  }

  /** A complete IPC stream. One that was read is returned verbatim. */
  toIpc(): Uint8Array {
    return this.received?.stream ?? concatBytes([this.schema.toIpc(), ...new StreamEncoder(this.schema).batch(this), endOfStream]);
  }

  private indexOf(column: string | number): number {
    const index = typeof column === 'number' ? column : this.schema.indexOf(column);
    if (index >= 0 && index < this.cells.length) return index;
    const names = this.schema.fields.map((field) => field.name).join(', ');
    throw new ArrowError('mismatch', typeof column === 'number' ? `no column ${column} in a batch of ${this.cells.length}` : `no column "${column}" in the batch (it has: ${names})`);
  }

  private decode(index: number): Column {
    const { message, dictionaries } = this.received as Received;
    const field = this.schema.fields[index] as Schema['fields'][number];
    const start = this.columnStart(index);
    const body = new BodyReader(message.header, message.bytes, message.bodyStart);
    body.seek(start.node, start.buffer);
    return new ColumnDecoder(body, message.version, dictionaries, start.dictionary).root(field.type, field.name);
  }

  private columnStart(index: number): ColumnStart {
    const received = this.received as Received;
    received.starts ??= columnStarts(this.schema, received.message.version);
    return received.starts[index] as ColumnStart;
  }
}

function columnStarts(schema: Schema, version: number): ColumnStart[] {
  let start: ColumnStart = { node: 0, buffer: 0, dictionary: 0 };
  return schema.fields.map((field) => {
    const own = start;
    const shape = wireShape(field.type, version);
    start = { node: own.node + shape.nodes, buffer: own.buffer + shape.buffers, dictionary: own.dictionary + shape.dictionaries };
    return own;
  });
}
