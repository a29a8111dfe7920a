import type { Field } from '../arrow/schema.ts';
import { BoundValue } from './bound-value.ts';
import type { LayoutCursor } from './layout-cursor.ts';
import { layoutMismatch } from './layout-mismatch.ts';
import { OffsetValue } from './offset-value.ts';
import { type RecordReader, ROWS } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Place, ValueCodec } from './value-codec.ts';

/** A list of either offset width. Items may be null only under `nullable`. */
export function listValue<T>(item: ValueCodec<T>): ValueCodec<readonly T[]> {
  return {
    bind(place, cursor) {
      if (place.type.kind !== 'list' && place.type.kind !== 'large_list') throw layoutMismatch(place, 'a list');
      return new ListValue(place, cursor, item, place.type.item);
    },
  };
}

/** A list whose rows all have `size` items. */
export function fixedListValue<T>(item: ValueCodec<T>, size: number): ValueCodec<readonly T[]> {
  return {
    bind(place, cursor) {
      if (place.type.kind !== 'fixed_list' || place.type.size !== size) throw layoutMismatch(place, `a fixed_list of ${size}`);
      return new FixedListValue(place, cursor, item, place.type.item, size);
    },
  };
}

/** The place of something under another place. */
export function childPlace(place: Place, field: Field): Place {
  return { record: place.record, path: `${place.path}.${field.name}`, type: field.type, nulls: 'forbidden' };
}

/** Writes offsets of rows with these lengths, `undefined` counting as 0. */
export function writeOffsets(w: RecordWriter, buffer: number, lengths: ArrayLike<number>, large: boolean): void {
  const bytes = (lengths.length + 1) * (large ? 8 : 4);
  w.ensure(bytes);
  w.setBuffer(buffer, w.pos, bytes);
  let at = w.pos >> 2;
  let offset = 0;
  for (let i = 0; i <= lengths.length; i++) {
    w.words[at++] = offset;
    if (large) w.words[at++] = 0;
    offset += lengths[i] ?? 0;
  }
  w.pos += bytes;
  w.pad();
}

class ListValue<T> extends OffsetValue<readonly T[]> {
  private readonly item: BoundValue<T>;
  private readonly large: boolean;

  constructor(place: Place, cursor: LayoutCursor, item: ValueCodec<T>, field: Field) {
    super(place, cursor, 2);
    this.large = place.type.kind === 'large_list';
    this.item = item.bind(childPlace(place, field), cursor);
  }

  write(w: RecordWriter, value: readonly T[]): void {
    if (value === null || value === undefined) {
      this.writeNullRow(w);
      writeOffsets(w, this.buffer + 1, [0], this.large);
      this.item.writeRows(w, [], false);
      return;
    }
    if (!isList(value)) throw this.invalid(value);
    w.setBuffer(this.buffer, w.pos, 0);
    writeOffsets(w, this.buffer + 1, [value.length], this.large);
    this.item.writeRows(w, value, false);
  }

  writeRows(w: RecordWriter, values: ArrayLike<readonly T[] | null | undefined>, lenient: boolean): void {
    this.writeValidity(w, values, lenient);
    const lengths = new Array<number>(values.length);
    const items: T[] = [];
    for (let i = 0; i < values.length; i++) {
      const list = values[i];
      if (list !== null && list !== undefined && !isList(list)) throw this.invalid(list);
      lengths[i] = list?.length ?? 0;
      for (let k = 0; k < (lengths[i] as number); k++) items.push(list?.[k] as T);
    }
    writeOffsets(w, this.buffer + 1, lengths, this.large);
    this.item.writeRows(w, items, false);
  }

  readRow(r: RecordReader, row: number): readonly T[] {
    if (this.isNull(r, row)) return this.nullValue();
    this.locate(r, row, r.nodes[this.item.slot + ROWS] as number);
    const { from, to } = r;
    const items = new Array<T>(to - from);
    for (let i = from; i < to; i++) items[i - from] = this.item.readRow(r, i);
    return items;
  }
}

class FixedListValue<T> extends BoundValue<readonly T[]> {
  private readonly item: BoundValue<T>;
  private readonly size: number;

  constructor(place: Place, cursor: LayoutCursor, item: ValueCodec<T>, field: Field, size: number) {
    super(place, cursor, 1);
    this.size = size;
    this.item = item.bind(childPlace(place, field), cursor);
  }

  write(w: RecordWriter, value: readonly T[]): void {
    this.writeRows(w, [value], false);
  }

  writeRows(w: RecordWriter, values: ArrayLike<readonly T[] | null | undefined>, lenient: boolean): void {
    this.writeValidity(w, values, lenient);
    const items = new Array<T | undefined>(values.length * this.size);
    let hasNull = false;
    for (let i = 0; i < values.length; i++) {
      const list = values[i];
      if (list === null || list === undefined) {
        hasNull = true;
        items.fill(undefined, i * this.size, (i + 1) * this.size);
        continue;
      }
      if (!isList(list) || list.length !== this.size) throw this.invalid(list);
      for (let k = 0; k < this.size; k++) items[i * this.size + k] = this.item.present(list[k]);
    }
    this.item.writeRows(w, items, hasNull || lenient);
  }

  readRow(r: RecordReader, row: number): readonly T[] {
    if (this.isNull(r, row)) return this.nullValue();
    if ((row + 1) * this.size > (r.nodes[this.item.slot + ROWS] as number)) throw this.malformed('it has too few items');
    const items = new Array<T>(this.size);
    for (let i = 0; i < this.size; i++) items[i] = this.item.readRow(r, row * this.size + i);
    return items;
  }
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
