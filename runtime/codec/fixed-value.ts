import { fixedLayout } from '../arrow/physical-layout.ts';
import { BoundValue } from './bound-value.ts';
import type { LayoutCursor } from './layout-cursor.ts';
import { layoutMismatch } from './layout-mismatch.ts';
import { type RecordReader, VALUES } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Place, ValueCodec } from './value-codec.ts';

/** How values of fixed width lie in bytes. */
export interface FixedFormat<T> {
  readonly width: number;
  /** Reads the value at a position that is known to hold one. */
  read(view: DataView, at: number): T;
  /** Writes a value over `width` bytes; false if it is no value of the type. */
  write(view: DataView, at: number, value: T): boolean;
}

export function fixedValue<T>(format: FixedFormat<T>): ValueCodec<T> {
  return {
    bind(place, cursor) {
      const layout = fixedLayout(place.type);
      const width = layout === undefined || place.type.kind === 'dictionary' ? 0 : layout.perRow * layout.array.BYTES_PER_ELEMENT;
      if (width !== format.width) throw layoutMismatch(place, `values of ${format.width} bytes`);
      return new FixedValue(place, cursor, format);
    },
  };
}

/** Numbers, dates, times, decimals, intervals and binary of fixed width. */
class FixedValue<T> extends BoundValue<T> {
  private readonly format: FixedFormat<T>;
  private readonly width: number;

  constructor(place: Place, cursor: LayoutCursor, format: FixedFormat<T>) {
    super(place, cursor, 2);
    this.format = format;
    this.width = format.width;
  }

  write(w: RecordWriter, value: T): void {
    w.ensure(8 + this.width);
    if (value === null || value === undefined) {
      this.writeNullRow(w);
      w.setBuffer(this.buffer + 1, w.pos, this.width);
      w.zeros(this.width);
    } else {
      w.setBuffer(this.buffer, w.pos, 0);
      w.setBuffer(this.buffer + 1, w.pos, this.width);
      if (!this.format.write(w.view, w.pos, value)) throw this.invalid(value);
      w.pos += this.width;
    }
    w.pad();
  }

  writeRows(w: RecordWriter, values: ArrayLike<T | null | undefined>, lenient: boolean): void {
    this.writeValidity(w, values, lenient);
    const bytes = values.length * this.width;
    w.ensure(bytes);
    w.setBuffer(this.buffer + 1, w.pos, bytes);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value === null || value === undefined) {
        w.zeros(this.width);
      } else {
        if (!this.format.write(w.view, w.pos, value)) throw this.invalid(value);
        w.pos += this.width;
      }
    }
    w.pad();
  }

  readRow(r: RecordReader, row: number): T {
    if (this.isNull(r, row)) return this.nullValue();
    if ((row + 1) * this.width > (r.nodes[this.slot + VALUES + 1] as number)) throw this.malformed('its buffer of values is too short');
    return this.format.read(r.source.view, (r.nodes[this.slot + VALUES] as number) + row * this.width);
  }
}
