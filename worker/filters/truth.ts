import { getBit } from '../../runtime/arrow/bits.ts';
import type { Column } from '../../runtime/arrow/column.ts';

/**
 * Three-valued conditions, one byte a row. In this order AND is the smaller of two, OR the larger, and NOT the distance to TRUE.
 */
export type Truth = Uint8Array;

export const FALSE = 0;
export const UNKNOWN = 1;
export const TRUE = 2;

export const truthOf = (value: boolean): number => (value ? TRUE : FALSE);

export function allTruth(length: number, value: number): Truth {
  return value === FALSE ? new Uint8Array(length) : new Uint8Array(length).fill(value);
}

/** Puts `value` into the rows that are null in the column. */
export function setNulls(truth: Truth, { validity, length, nullCount }: Column, value: number): Truth {
  if (validity === undefined || nullCount === 0) return truth;
  for (let row = 0; row < length; row++) if (!getBit(validity, row)) truth[row] = value;
  return truth;
}

/** Values of a bool column as conditions. */
export function truthOfColumn(column: Column): Truth {
  const { length, data } = column;
  if (column.type.kind === 'null') return allTruth(length, UNKNOWN);
  const truth = new Uint8Array(length);
  const bits = data as Uint8Array;
  for (let row = 0; row < length; row++) truth[row] = (((bits[row >>> 3] as number) >>> (row & 7)) & 1) << 1;
  return setNulls(truth, column, UNKNOWN);
}

/** `into = into AND other`, in place. */
export function andInto(into: Truth, other: Truth): void {
  for (let row = 0; row < into.length; row++) if ((other[row] as number) < (into[row] as number)) into[row] = other[row] as number;
}

/** `into = into OR other`, in place. */
export function orInto(into: Truth, other: Truth): void {
  for (let row = 0; row < into.length; row++) if ((other[row] as number) > (into[row] as number)) into[row] = other[row] as number;
}

/** `truth = NOT truth`, in place. */
export function negate(truth: Truth): Truth {
  for (let row = 0; row < truth.length; row++) truth[row] = TRUE - (truth[row] as number);
  return truth;
}

/** Whether a column is NULL, row by row; never UNKNOWN. */
export function nullTruth(column: Column, negated: boolean): Truth {
  const { length, type } = column;
  const [ifNull, ifNot] = negated ? [FALSE, TRUE] : [TRUE, FALSE];
  if (type.kind === 'null') return allTruth(length, ifNull);
  if (type.kind === 'dictionary' || type.kind === 'union') {
    const truth = new Uint8Array(length);
    for (let row = 0; row < length; row++) truth[row] = column.isNull(row) ? ifNull : ifNot;
    return truth;
  }
  return setNulls(allTruth(length, ifNot), column, ifNull);
}
