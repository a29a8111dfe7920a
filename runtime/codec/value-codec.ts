import type { RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';

/** A column bound to its place in a layout. */
export interface BoundColumn<T> {
  write(writer: RecordWriter, value: T): void;
  read(reader: RecordReader): T;
}

/** How values of one type travel; without a place yet, so that one is shared by all columns of the type. */
export interface ValueCodec<T> {
  bind(): BoundColumn<T>;
}

/** A value codec with its nullability as a column; made by `required`, `optional`, `carriesNull`. */
export interface ColumnCodec<T> {
  bindColumn(): BoundColumn<T>;
}

/** Not null: a null is an error on both sides. */
export function required<T>(_value: ValueCodec<T>): ColumnCodec<T> {
  throw new Error('being written');
}

/** Nullable: null is `undefined`, and so is a column that the peer does not send. */
export function optional<T>(_value: ValueCodec<T>): ColumnCodec<T | undefined> {
  throw new Error('being written');
}

/** Declared not null, null travels all the same. */
export function carriesNull<T>(_value: ValueCodec<T>): ColumnCodec<T | undefined> {
  throw new Error('being written');
}

/** Items, map values that may be null. */
export function nullable<T>(_value: ValueCodec<T>): ValueCodec<T | null> {
  throw new Error('being written');
}
