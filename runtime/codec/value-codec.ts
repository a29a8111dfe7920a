import type { DataType } from '../arrow/type.ts';
import type { BoundValue } from './bound-value.ts';
import type { LayoutCursor } from './layout-cursor.ts';
import type { RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';

/** A column bound to its place in a layout. */
export interface BoundColumn<T> {
  write(writer: RecordWriter, value: T): void;
  read(reader: RecordReader): T;
}

/** What null is in a place: an error, or the JS value that stands for it. */
export type NullRule = 'forbidden' | 'undefined' | 'null';

/** Where a value stands: its type there, and how errors call it. */
export interface Place {
  /** Name of the record. */
  readonly record: string;
  /** Wire names from the column down, joined by `.`. */
  readonly path: string;
  readonly type: DataType;
  readonly nulls: NullRule;
}

/** How values of one type travel; without a place yet, so that one is shared by all columns of the type. */
export interface ValueCodec<T> {
  bind(place: Place, cursor: LayoutCursor): BoundValue<T>;
}

/** A value codec with its nullability as a column; made by `required`, `optional`, `carriesNull`. */
export interface ColumnCodec<T> {
  readonly nulls: NullRule;
  /** A peer that does not send the column means null. */
  readonly mayBeMissing: boolean;
  bind(place: Place, cursor: LayoutCursor): BoundValue<T>;
}

/** Not null: a null is an error on both sides. */
export function required<T>(value: ValueCodec<T>): ColumnCodec<T> {
  return { nulls: 'forbidden', mayBeMissing: false, bind: (place, cursor) => value.bind(place, cursor) };
}

/** Nullable: null is `undefined`, and so is a column that the peer does not send. */
export function optional<T>(value: ValueCodec<T>): ColumnCodec<T | undefined> {
  return { nulls: 'undefined', mayBeMissing: true, bind: (place, cursor) => value.bind(place, cursor) as BoundValue<T | undefined> };
}

/** Declared not null, null travels all the same. */
export function carriesNull<T>(value: ValueCodec<T>): ColumnCodec<T | undefined> {
  return optional(value);
}

/** Items and map values that may be null. */
export function nullable<T>(value: ValueCodec<T>): ValueCodec<T | null> {
  return { bind: (place, cursor) => value.bind({ ...place, nulls: 'null' }, cursor) as BoundValue<T | null> };
}
