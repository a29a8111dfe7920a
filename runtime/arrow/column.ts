import { ArrowError } from './arrow-error.ts';
import { countZeros, getBit, sliceBits } from './bits.ts';
import { columnValues, valueAt } from './column-values.ts';
import { fixedLayout, type NumericArray } from './physical-layout.ts';
import type { DataType } from './type.ts';

export type { NumericArray } from './physical-layout.ts';

/**
 * All values of a column: a typed array when the type has one and nothing is null (integers, float32, float64, date, time, timestamp,
 * duration), otherwise an array of `value | null`. The typed array is the column's own: read, do not change.
 */
export type ColumnValues = NumericArray | readonly unknown[];

/** Value of an interval of any unit. */
export interface Interval {
  readonly months: number;
  readonly days: number;
  readonly nanoseconds: bigint;
}

/** Buffers of a column; see `Column` for what each holds. They are trusted: who makes a column of parts answers for them. */
export interface ColumnParts {
  readonly type: DataType;
  readonly length: number;
  readonly nullCount?: number;
  readonly validity?: Uint8Array;
  readonly offsets?: Int32Array;
  readonly data?: NumericArray;
  readonly typeIds?: Int8Array;
  readonly children?: readonly Column[];
  readonly dictionary?: Column;
}

/** One column (or a child of one): Arrow buffers with typed access. Buffers are views of the bytes that were read where alignment allows. */
export class Column {
  readonly type: DataType;
  readonly length: number;
  readonly nullCount: number;
  /** One bit a row, least significant first; absent when nothing is null. */
  readonly validity: Uint8Array | undefined;
  /**
   * `length + 1` offsets of text, binary, list and map (32-bit for the large types too: no message reaches 2 GiB); one per row for
   * a dense union. They need not start at 0.
   */
  readonly offsets: Int32Array | undefined;
  /**
   * Values of fixed width in the type's own array (float16 as `Uint16Array`; decimals as little-endian words in a `BigUint64Array`;
   * intervals as `Int32Array` of 1, 2 or 4 words), bits of bool and bytes of text and binary as `Uint8Array`, indices of a dictionary column.
   */
  readonly data: NumericArray | undefined;
  /** Type number of each row of a union. */
  readonly typeIds: Int8Array | undefined;
  /** Item column of a list; key and value of a map; members of struct and union. */
  readonly children: readonly Column[];
  readonly dictionary: Column | undefined;

  constructor(parts: ColumnParts) {
    this.type = parts.type;
    this.length = parts.length;
    this.validity = parts.validity;
    this.nullCount = parts.nullCount ?? (parts.validity ? countZeros(parts.validity, parts.length) : parts.type.kind === 'null' ? parts.length : 0);
    if (this.nullCount === 0) this.validity = undefined;
    this.offsets = parts.offsets;
    this.data = parts.data;
    this.typeIds = parts.typeIds;
    this.children = parts.children ?? [];
    this.dictionary = parts.dictionary;
  }

  /** Whether the row is null; a null inside a dictionary or union member is one. Throws `ArrowError` `mismatch` past the end. */
  isNull(row: number): boolean {
    if (this.type.kind === 'dictionary' || this.type.kind === 'union') return this.get(row) === null;
    this.checkRow(row);
    return this.type.kind === 'null' || (this.validity !== undefined && !getBit(this.validity, row));
  }

  /** Value of a row as the JS value of the type (see docs/architecture.md), `null` if it is null. Throws `ArrowError`. */
  get(row: number): unknown {
    this.checkRow(row);
    return valueAt(this, row);
  }

  /** All values at once, faster than one by one. Throws `ArrowError`. */
  values(): ColumnValues {
    return columnValues(this);
  }

  /** Rows from `start` up to `end`, over the same buffers. */
  slice(start: number, end: number = this.length): Column {
    if (!(start >= 0 && start <= end && end <= this.length)) throw new ArrowError('mismatch', `rows ${start} to ${end} of a column of ${this.length}`);
    const { type, offsets, data } = this;
    const perRow = fixedLayout(type)?.perRow;
    const dense = type.kind === 'union' && type.mode === 'dense';
    const children = type.kind === 'struct' || (type.kind === 'union' && !dense)
      ? this.children.map((child) => child.slice(start, end))
      : type.kind === 'fixed_list' ? this.children.map((child) => child.slice(start * type.size, end * type.size)) : this.children;
    return new Column({
      type,
      length: end - start,
      validity: this.validity && sliceBits(this.validity, start, end),
      offsets: offsets?.subarray(start, dense ? end : end + 1),
      data: data && type.kind === 'bool' ? sliceBits(data as Uint8Array, start, end) : perRow === undefined ? data : data?.subarray(start * perRow, end * perRow),
      typeIds: this.typeIds?.subarray(start, end),
      children,
      dictionary: this.dictionary,
    });
  }

  private checkRow(row: number): void {
    if (!(row >= 0 && row < this.length)) throw new ArrowError('mismatch', `row ${row} of a column of ${this.length}`);
  }
}
