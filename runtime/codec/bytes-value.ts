import { ArrowError } from '../arrow/arrow-error.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import { Schema } from '../arrow/schema.ts';
import { CodecError } from './codec-error.ts';
import { expectKind } from './layout-mismatch.ts';
import type { RecordCodec } from './record-codec.ts';
import type { RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Place, ValueCodec } from './value-codec.ts';
import { VariableValue } from './variable-value.ts';

/** Bytes of either offset width; what is read is a view of the message. */
export const bytesValue: ValueCodec<Uint8Array> = { bind: (place, cursor) => new BytesValue(bytesPlace(place), cursor) };

/** An Arrow schema as its encapsulated message. */
export const schemaValue: ValueCodec<Schema> = { bind: (place, cursor) => new SchemaValue(bytesPlace(place), cursor) };

/** A record batch as an IPC stream, of either offset width. */
export const batchStreamValue: ValueCodec<RecordBatch> = { bind: (place, cursor) => new BatchValue(bytesPlace(place), cursor) };

/** A record as an IPC stream, written in place; the codec is looked up at first use, so that types may refer to each other. */
export function ipcValue<T>(codec: () => RecordCodec<T>): ValueCodec<T> {
  return {
    bind(place, cursor) {
      const value = new IpcValue<T>(bytesPlace(place), cursor);
      value.codec = codec;
      return value;
    },
  };
}

function bytesPlace(place: Place): Place {
  expectKind(place, ['binary', 'large_binary'], 'bytes');
  return place;
}

class BytesValue extends VariableValue<Uint8Array> {
  protected put(w: RecordWriter, value: Uint8Array): void {
    if (!(value instanceof Uint8Array)) throw this.invalid(value);
    w.append(value);
  }

  protected take(r: RecordReader, start: number, end: number): Uint8Array {
    return r.source.slice(start, end);
  }
}

class SchemaValue extends VariableValue<Schema> {
  protected put(w: RecordWriter, value: Schema): void {
    if (!(value instanceof Schema)) throw this.invalid(value);
    w.append(value.toIpc());
  }

  protected take(r: RecordReader, start: number, end: number): Schema {
    try {
      return Schema.fromIpc(r.source.slice(start, end));
    } catch (error) {
      throw error instanceof ArrowError ? this.error('not-ipc', `is no Arrow schema: ${error.message}`, error) : error;
    }
  }
}

class BatchValue extends VariableValue<RecordBatch> {
  protected put(w: RecordWriter, value: RecordBatch): void {
    if (!(value instanceof RecordBatch)) throw this.invalid(value);
    w.append(value.toIpc());
  }

  protected take(r: RecordReader, start: number, end: number): RecordBatch {
    try {
      return RecordBatch.fromIpc(r.source.slice(start, end));
    } catch (error) {
      throw error instanceof ArrowError ? this.error('not-ipc', `is no record batch: ${error.message}`, error) : error;
    }
  }
}

class IpcValue<T> extends VariableValue<T> {
  codec!: () => RecordCodec<T>;

  protected put(w: RecordWriter, value: T): void {
    try {
      this.codec().write(w, value);
    } catch (error) {
      throw this.within(error);
    }
  }

  protected take(r: RecordReader, start: number, end: number): T {
    try {
      return this.codec().read(r.source, start, end);
    } catch (error) {
      throw this.within(error);
    }
  }

  /** Says in which column the record that the error tells of lies. */
  private within(error: unknown): unknown {
    return error instanceof CodecError ? error.about(`${this.place.record}.${this.place.path} > ${error.subject}`) : error;
  }
}
