import { BoundValue } from './bound-value.ts';
import type { LayoutCursor } from './layout-cursor.ts';
import { expectKind } from './layout-mismatch.ts';
import { type RecordReader, VALUES } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Place, ValueCodec } from './value-codec.ts';

export const boolValue: ValueCodec<boolean> = {
  bind(place, cursor) {
    expectKind(place, ['bool'], 'bool');
    return new BoolValue(place, cursor);
  },
};

/** One bit a row. */
class BoolValue extends BoundValue<boolean> {
  constructor(place: Place, cursor: LayoutCursor) {
    super(place, cursor, 2);
  }

  write(w: RecordWriter, value: boolean): void {
    w.ensure(16);
    if (value === null || value === undefined) this.writeNullRow(w);
    else if (typeof value !== 'boolean') throw this.invalid(value);
    else w.setBuffer(this.buffer, w.pos, 0);
    w.setBuffer(this.buffer + 1, w.pos, 1);
    w.bytes[w.pos++] = value ? 1 : 0;
    w.pad();
  }

  writeRows(w: RecordWriter, values: ArrayLike<boolean | null | undefined>, lenient: boolean): void {
    this.writeValidity(w, values, lenient);
    const start = w.pos;
    const bytes = (values.length + 7) >>> 3;
    w.ensure(bytes);
    w.setBuffer(this.buffer + 1, start, bytes);
    w.zeros(bytes);
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value === true) w.bytes[start + (i >>> 3)] = (w.bytes[start + (i >>> 3)] as number) | (1 << (i & 7));
      else if (value !== false && value !== null && value !== undefined) throw this.invalid(value);
    }
    w.pad();
  }

  readRow(r: RecordReader, row: number): boolean {
    if (this.isNull(r, row)) return this.nullValue();
    if (row >= (r.nodes[this.slot + VALUES + 1] as number) * 8) throw this.malformed('its buffer of values is too short');
    return ((r.source.bytes[(r.nodes[this.slot + VALUES] as number) + (row >>> 3)] as number) & (1 << (row & 7))) !== 0;
  }
}
