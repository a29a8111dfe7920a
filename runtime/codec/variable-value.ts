import type { LayoutCursor } from './layout-cursor.ts';
import { OffsetValue } from './offset-value.ts';
import { FORM_DICTIONARY } from './record-plan.ts';
import { DATA, type RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Place } from './value-codec.ts';

/** Values behind offsets: text, bytes and everything that travels as bytes. */
export abstract class VariableValue<T> extends OffsetValue<T> {
  /** 4, or 8 for the large types. */
  private readonly offsetBytes: 4 | 8;

  constructor(place: Place, cursor: LayoutCursor) {
    super(place, cursor, 3);
    this.offsetBytes = place.type.kind === 'large_utf8' || place.type.kind === 'large_binary' ? 8 : 4;
  }

  /** Appends the bytes of a value. */
  protected abstract put(w: RecordWriter, value: T): void;

  /** Makes a value of the bytes in `[start, end)` of the source. */
  protected abstract take(r: RecordReader, start: number, end: number): T;

  /** Makes a value of a text from a dictionary; only text comes in that form. */
  protected fromText(_text: string): T {
    throw this.malformed('it is dictionary-encoded');
  }

  write(w: RecordWriter, value: T): void {
    w.ensure(24);
    if (value === null || value === undefined) {
      this.writeNullRow(w);
      w.setBuffer(this.buffer + 1, w.pos, this.offsetBytes * 2);
      w.zeros(this.offsetBytes * 2);
      w.setBuffer(this.buffer + 2, w.pos, 0);
      return;
    }
    const offsets = w.pos;
    const data = offsets + this.offsetBytes * 2;
    w.setBuffer(this.buffer, offsets, 0);
    w.setBuffer(this.buffer + 1, offsets, this.offsetBytes * 2);
    w.pos = data;
    this.put(w, value);
    const end = w.pos;
    w.setBuffer(this.buffer + 2, data, end - data);
    this.setOffset(w, offsets, 0, 0);
    this.setOffset(w, offsets, 1, end - data);
    w.pad();
  }

  writeRows(w: RecordWriter, values: ArrayLike<T | null | undefined>, lenient: boolean): void {
    this.writeValidity(w, values, lenient);
    const offsets = w.pos;
    const bytes = (values.length + 1) * this.offsetBytes;
    w.ensure(bytes);
    w.setBuffer(this.buffer + 1, offsets, bytes);
    w.pos += bytes;
    w.pad();
    const data = w.pos;
    this.setOffset(w, offsets, 0, 0);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value !== null && value !== undefined) this.put(w, value);
      this.setOffset(w, offsets, i + 1, w.pos - data);
    }
    w.setBuffer(this.buffer + 2, data, w.pos - data);
    w.ensure(8);
    w.pad();
  }

  readRow(r: RecordReader, row: number): T {
    if (this.isNull(r, row)) return this.nullValue();
    if (r.plan.form[this.node] === FORM_DICTIONARY) return this.fromText(this.dictionaryText(r, row));
    this.locate(r, row, r.nodes[this.slot + DATA + 1] as number);
    const data = r.nodes[this.slot + DATA] as number;
    return this.take(r, data + r.from, data + r.to);
  }

  private setOffset(w: RecordWriter, offsets: number, index: number, offset: number): void {
    if (this.offsetBytes === 4) {
      w.words[(offsets >> 2) + index] = offset;
    } else {
      w.words[(offsets >> 2) + index * 2] = offset;
      w.words[(offsets >> 2) + index * 2 + 1] = 0;
    }
  }
}
