import type { DataType } from './type.ts';

/** Typed arrays that hold the values of a column. */
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

export interface NumericArrayConstructor {
  new (length: number): NumericArray;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): NumericArray;
  readonly BYTES_PER_ELEMENT: number;
}

/** How values of fixed width lie in a buffer: `perRow` elements of the array a row. */
export interface FixedLayout {
  readonly array: NumericArrayConstructor;
  readonly perRow: number;
}

/** The layout of a type of fixed width, `undefined` for bool, text, binary and types with children. */
export function fixedLayout(type: DataType): FixedLayout | undefined {
  switch (type.kind) {
    case 'int':
      return { array: integerArray(type.bits, type.signed), perRow: 1 };
    case 'float':
      return { array: type.bits === 16 ? Uint16Array : type.bits === 32 ? Float32Array : Float64Array, perRow: 1 };
    case 'date':
      return { array: type.unit === 'day' ? Int32Array : BigInt64Array, perRow: 1 };
    case 'time':
      return { array: type.bits === 32 ? Int32Array : BigInt64Array, perRow: 1 };
    case 'timestamp':
    case 'duration':
      return { array: BigInt64Array, perRow: 1 };
    case 'interval':
      return { array: Int32Array, perRow: type.unit === 'year_month' ? 1 : type.unit === 'day_time' ? 2 : 4 };
    case 'decimal':
      return { array: BigUint64Array, perRow: type.bits / 64 };
    case 'fixed_binary':
      return { array: Uint8Array, perRow: type.width };
    case 'dictionary':
      return fixedLayout(type.index);
    default:
      return undefined;
  }
}

/** Whether the elements of the typed array are the JS values of the type. */
export function holdsValues(type: DataType): boolean {
  switch (type.kind) {
    case 'int':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'duration':
      return true;
    case 'float':
      return type.bits !== 16;
    default:
      return false;
  }
}

/** Whether buffer 1 of the type holds 64-bit offsets. */
export function hasLargeOffsets(type: DataType): boolean {
  return type.kind === 'large_utf8' || type.kind === 'large_binary' || type.kind === 'large_list';
}

function integerArray(bits: 8 | 16 | 32 | 64, signed: boolean): NumericArrayConstructor {
  switch (bits) {
    case 8:
      return signed ? Int8Array : Uint8Array;
    case 16:
      return signed ? Int16Array : Uint16Array;
    case 32:
      return signed ? Int32Array : Uint32Array;
    default:
      return signed ? BigInt64Array : BigUint64Array;
  }
}
