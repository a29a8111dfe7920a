import { typeName } from '../arrow/type-name.ts';
import { CodecError, type CodecErrorCode } from './codec-error.ts';
import type { LayoutCursor } from './layout-cursor.ts';
import { NODE_STRIDE, NULLS, type RecordReader, VALIDITY } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { BoundColumn, Place } from './value-codec.ts';

/**
 * A value codec bound to its place: node and buffers of the layout it writes to and reads from. One of a record is written and read
 * as a column of one row (`write`, `read`), one inside a list, map or struct as a column of many (`writeRows`, `readRow`).
 */
export abstract class BoundValue<T> implements BoundColumn<T> {
  readonly place: Place;
  readonly node: number;
  readonly buffer: number;
  /** Start of the node's numbers in `RecordReader.nodes`. */
  readonly slot: number;

  constructor(place: Place, cursor: LayoutCursor, bufferCount: number) {
    this.place = place;
    this.node = cursor.takeNode();
    this.buffer = cursor.takeBuffers(bufferCount);
    this.slot = this.node * NODE_STRIDE;
  }

  /** Writes the column's one row. */
  abstract write(writer: RecordWriter, value: T): void;

  /** Writes a column of these rows. With `lenient`, null is written even where it is forbidden: under a null parent. */
  abstract writeRows(writer: RecordWriter, values: ArrayLike<T | null | undefined>, lenient: boolean): void;

  /** Reads a row that may be any number: what the buffers do not hold is an error. */
  abstract readRow(reader: RecordReader, row: number): T;

  read(reader: RecordReader): T {
    return this.readRow(reader, 0);
  }

  /** Whether the row is null, or the peer does not send the column. */
  protected isNull(reader: RecordReader, row: number): boolean {
    const nulls = reader.nodes[this.slot + NULLS] as number;
    if (nulls === 0) return false;
    if (nulls < 0) return true;
    const byte = row >>> 3;
    if (byte >= (reader.nodes[this.slot + VALIDITY + 1] as number)) throw this.malformed('its validity bitmap is too short');
    return ((reader.source.bytes[(reader.nodes[this.slot + VALIDITY] as number) + byte] as number) & (1 << (row & 7))) === 0;
  }

  /** The value of a row under a parent that is not null, checked as `writeRows` checks where it is not lenient. */
  present<V extends T | undefined>(value: V): V {
    if ((value === null || value === undefined) && this.place.nulls === 'forbidden') throw this.unexpectedNull();
    return value;
  }

  /** What a null row is read as. */
  protected nullValue(): T {
    if (this.place.nulls === 'forbidden') throw this.unexpectedNull();
    return (this.place.nulls === 'null' ? null : undefined) as T;
  }

  /** Writes the validity bitmap of rows, or none if no row is null, and the numbers of the node. */
  protected writeValidity(w: RecordWriter, values: ArrayLike<unknown>, lenient: boolean): void {
    const length = values.length;
    let nulls = 0;
    for (let i = 0; i < length; i++) if (values[i] === null || values[i] === undefined) nulls++;
    w.setNode(this.node, length, nulls);
    const start = w.pos;
    if (nulls > 0) {
      if (this.place.nulls === 'forbidden' && !lenient) throw this.unexpectedNull();
      w.ensure((length + 7) >>> 3);
      w.zeros((length + 7) >>> 3);
      for (let i = 0; i < length; i++) {
        if (values[i] === null || values[i] === undefined) continue;
        const at = start + (i >>> 3);
        w.bytes[at] = (w.bytes[at] as number) | (1 << (i & 7));
      }
    }
    w.setBuffer(this.buffer, start, w.pos - start);
    w.pad();
  }

  /** Starts a column of one null row: its validity bitmap. */
  protected writeNullRow(w: RecordWriter): void {
    if (this.place.nulls === 'forbidden') throw this.unexpectedNull();
    w.ensure(8);
    w.setNode(this.node, 1, 1);
    w.setBuffer(this.buffer, w.pos, 1);
    w.zeros(8);
  }

  /** The error for a value of the wrong type or out of range. */
  protected invalid(value: unknown): CodecError {
    const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeof value === 'bigint' ? `${value}n` : typeof value === 'object' ? `a value of type ${value?.constructor?.name ?? 'null'}` : String(value);
    return this.error('invalid-value', `is ${shown}, which is no ${typeName(this.place.type)}`);
  }

  protected unexpectedNull(): CodecError {
    return this.error('unexpected-null', 'must not be null');
  }

  protected malformed(detail: string): CodecError {
    return this.error('not-ipc', `is broken: ${detail}`);
  }

  protected error(code: CodecErrorCode, detail: string, cause?: unknown): CodecError {
    return new CodecError(code, this.place.record, `column "${this.place.path}" ${detail}`, cause);
  }
}
