import type { DataType } from './type.ts';

export type NumericArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/**
 * All values of a column: a typed array when the type has one and nothing is null (integers, float32, float64, date, time, timestamp,
 * duration), otherwise an array of `value | null`.
 */
export type ColumnValues = NumericArray | readonly unknown[];

/** Value of an interval of any unit. */
export interface Interval {
  readonly months: number;
  readonly days: number;
  readonly nanoseconds: bigint;
}

export interface ColumnParts {
  readonly type: DataType;
  readonly length: number;
  readonly nullCount?: number;
  readonly validity?: Uint8Array;
  readonly offsets?: Int32Array | BigInt64Array;
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
  /** `length + 1` offsets of text, binary, list and map; per row of a dense union. */
  readonly offsets: Int32Array | BigInt64Array | undefined;
  /**
   * Values of fixed width in the type's own array; bits of bool and bytes of text, binary, decimal and interval as `Uint8Array`,
   * float16 as `Uint16Array`, indices of a dictionary column.
   */
  readonly data: NumericArray | undefined;
  /** Type number of each row of a union. */
  readonly typeIds: Int8Array | undefined;
  readonly children: readonly Column[];
  readonly dictionary: Column | undefined;

  constructor(parts: ColumnParts) {
    this.type = parts.type;
    this.length = parts.length;
    this.nullCount = parts.nullCount ?? 0;
    this.validity = parts.validity;
    this.offsets = parts.offsets;
    this.data = parts.data;
    this.typeIds = parts.typeIds;
    this.children = parts.children ?? [];
    this.dictionary = parts.dictionary;
  }

  isNull(_row: number): boolean {
    throw new Error('being written');
  }

  /** Value of a row as the JS value of the type (see docs/architecture.md), `null` if it is null. */
  get(_row: number): unknown {
    throw new Error('being written');
  }

  values(): ColumnValues {
    throw new Error('being written');
  }

  /** Rows from `start` up to `end`, over the same buffers. */
  slice(_start: number, _end?: number): Column {
    throw new Error('being written');
  }
}
