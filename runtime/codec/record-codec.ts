import { ArrowError } from '../arrow/arrow-error.ts';
import { concatBytes, encodeDictionary } from '../arrow/batch-message.ts';
import { columnFrom } from '../arrow/column-builder.ts';
import type { IpcMessages } from '../arrow/ipc-stream.ts';
import { type Metadata, metadataMap } from '../arrow/metadata.ts';
import type { Schema } from '../arrow/schema.ts';
import { utf8 } from '../arrow/type.ts';
import { type BoundLayout, bindLayout } from './bound-layout.ts';
import { ByteSource } from './byte-source.ts';
import { CodecError } from './codec-error.ts';
import { writeMetadata } from './metadata-writer.ts';
import { RecordDecoder } from './record-decoder.ts';
import { RecordReader } from './record-reader.ts';
import type { RecordTemplate } from './record-template.ts';
import { acquireWriter, type RecordWriter, releaseWriter } from './record-writer.ts';
import type { BoundColumn, ColumnCodec } from './value-codec.ts';

/** How strictly the columns of a record must be those of the codec; see docs/architecture.md. */
export type Contract = 'exact' | 'by_name';

/** Reads and writes one record as one IPC stream of one row. Everything throws `CodecError`. */
export interface RecordCodec<T> {
  readonly name: string;
  /** Parsed from the prefix on first use. */
  readonly schema: Schema;
  /** A complete IPC stream. It may share its `ArrayBuffer` with other results. */
  encode(value: T): Uint8Array;
  /** Reads a complete IPC stream; the end marker may be missing. Byte values of the result are views of `bytes`. */
  decode(bytes: Uint8Array): T;
  /** The same as `encode` with custom metadata on the batch. */
  encodeCall(value: T, metadata: Metadata): Uint8Array;
  /** Reads messages already split by the transport. */
  decodeMessages(stream: IpcMessages): T;
  /** Appends the stream to a writer, at its position: how records nest. */
  write(writer: RecordWriter, value: T): void;
  /** Reads the stream in part of the bytes: how records nest. */
  read(source: ByteSource, start: number, end: number): T;
}

export type ColumnCodecs = Readonly<Record<string, ColumnCodec<unknown>>>;

export type BoundColumns<C extends ColumnCodecs> = {
  readonly [K in keyof C]: C[K] extends ColumnCodec<infer T> ? BoundColumn<T> : never;
};

export interface RecordLayout<T, C extends ColumnCodecs> {
  /** Type name, for messages. */
  readonly name: string;
  readonly contract: Contract;
  /** Base64 of `recordPrefix`: schema message and constant dictionary batches. */
  readonly prefix: string;
  /** In wire order, by property name. */
  readonly columns: C;
  /** Writes every column once, in wire order. */
  readonly write: (writer: RecordWriter, columns: BoundColumns<C>, value: T) => void;
  readonly read: (reader: RecordReader, columns: BoundColumns<C>) => T;
}

/** Records inside records inside records: deeper than this is an attack on the stack. */
const MAX_DEPTH = 64;
let depth = 0;

export function recordCodec<T, C extends ColumnCodecs>(layout: RecordLayout<T, C>): RecordCodec<T> {
  return new LayoutCodec(layout);
}

class LayoutCodec<T, C extends ColumnCodecs> implements RecordCodec<T> {
  readonly name: string;
  private readonly definition: RecordLayout<T, C>;
  private bound: BoundLayout<C> | undefined;
  private decoder: RecordDecoder | undefined;
  /** A reader that no record uses at the moment; records of one type may lie inside each other. */
  private idleReader: RecordReader | undefined;

  constructor(definition: RecordLayout<T, C>) {
    this.name = definition.name;
    this.definition = definition;
  }

  get schema(): Schema {
    return this.layout.schema;
  }

  encode(value: T): Uint8Array {
    return this.encodeWith(value, this.layout.head, undefined);
  }

  encodeCall(value: T, metadata: Metadata): Uint8Array {
    return this.encodeWith(value, this.layout.callHead, metadataMap(metadata));
  }

  decode(bytes: Uint8Array): T {
    return this.read(new ByteSource(bytes), 0, bytes.length);
  }

  decodeMessages(stream: IpcMessages): T {
    return this.readRecord((decoder, reader) => decoder.openMessages(reader, stream));
  }

  write(writer: RecordWriter, value: T): void {
    this.writeRecord(writer, value, this.layout.head, undefined);
  }

  read(source: ByteSource, start: number, end: number): T {
    return this.readRecord((decoder, reader) => decoder.open(reader, source, start, end));
  }

  private get layout(): BoundLayout<C> {
    this.bound ??= bindLayout(this.definition);
    return this.bound;
  }

  private encodeWith(value: T, head: RecordTemplate, metadata: ReadonlyMap<string, string> | undefined): Uint8Array {
    const writer = acquireWriter();
    const start = writer.pos;
    try {
      this.writeRecord(writer, value, head, metadata);
      return writer.take(start);
    } catch (error) {
      writer.drop(start);
      // Codecs of answers take values that are no records, so what is missing shows only when a property is asked for.
      if (error instanceof TypeError && (value === null || value === undefined)) throw new CodecError('invalid-value', this.name, `expected a record, got ${value}`);
      throw error instanceof ArrowError ? new CodecError('invalid-value', this.name, error.message, error) : error;
    } finally {
      releaseWriter(writer);
    }
  }

  private writeRecord(w: RecordWriter, value: T, head: RecordTemplate, metadata: ReadonlyMap<string, string> | undefined): void {
    const { layout } = this;
    const { nodes, buffers, body, dictionaries } = w;
    const start = w.pos;
    w.append(head.bytes);
    if (metadata !== undefined) {
      writeMetadata(w, metadata);
      w.words[(start + head.message + 4) >> 2] = w.pos - start - head.message - 8;
    }
    w.nodes = (start + head.nodes) >> 2;
    w.buffers = (start + head.buffers) >> 2;
    w.body = w.pos;
    if (layout.freeDictionaries.length > 0) w.dictionaries = layout.freeDictionaries.map(() => new Map());
    this.definition.write(w, layout.columns, value);
    w.words[(start + head.bodyLength) >> 2] = w.pos - w.body;
    if (layout.freeDictionaries.length > 0) this.insertDictionaries(w, start + head.message);
    w.ensure(8);
    w.words[w.pos >> 2] = -1;
    w.words[(w.pos >> 2) + 1] = 0;
    w.pos += 8;
    w.nodes = nodes;
    w.buffers = buffers;
    w.body = body;
    w.dictionaries = dictionaries;
  }

  /** Puts the dictionaries before the batch that was written at `at`: their values were not known earlier. */
  private insertDictionaries(w: RecordWriter, at: number): void {
    const messages = concatBytes(this.layout.freeDictionaries.flatMap((id, i) => encodeDictionary(id, columnFrom(utf8, [...(w.dictionaries[i] as Map<string, number>).keys()]))));
    const end = w.pos;
    w.ensure(messages.length);
    w.bytes.copyWithin(at + messages.length, at, end);
    w.bytes.set(messages, at);
    w.pos = end + messages.length;
  }

  private readRecord(open: (decoder: RecordDecoder, reader: RecordReader) => void): T {
    if (depth >= MAX_DEPTH) throw new CodecError('nesting-too-deep', this.name, `records nest deeper than ${MAX_DEPTH}`);
    const { layout } = this;
    this.decoder ??= new RecordDecoder(layout);
    const reader = this.idleReader ?? new RecordReader(layout.nodeCount);
    this.idleReader = undefined;
    depth += 1;
    try {
      open(this.decoder, reader);
      return this.definition.read(reader, layout.columns);
    } catch (error) {
      throw error instanceof ArrowError ? new CodecError('not-ipc', this.name, error.message, error) : error;
    } finally {
      depth -= 1;
      reader.close();
      this.idleReader = reader;
    }
  }
}
