import type { IpcMessages } from '../arrow/ipc-stream.ts';
import type { Metadata } from '../arrow/metadata.ts';
import type { Schema } from '../arrow/schema.ts';
import type { ByteSource } from './byte-source.ts';
import type { ColumnCodec, BoundColumn } from './value-codec.ts';
import type { RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';

/** How strictly the columns of a record must be those of the codec; see docs/architecture.md. */
export type Contract = 'exact' | 'by_name';

/** Reads and writes one record as one IPC stream of one row. Everything throws `CodecError`. */
export interface RecordCodec<T> {
  readonly name: string;
  /** Parsed from the prefix on first use. */
  readonly schema: Schema;
  /** A complete IPC stream. */
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

export function recordCodec<T, C extends ColumnCodecs>(_layout: RecordLayout<T, C>): RecordCodec<T> {
  throw new Error('being written');
}
