import { Column } from '../../runtime/arrow/column.ts';
import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';

/** The rows of a batch in which no column is NULL, as a bitmap; `undefined` if these are all. */
export function presentRows({ columns, numRows }: RecordBatch): Uint8Array | undefined {
  let present: Uint8Array | undefined;
  for (const { type, validity, nullCount } of columns) {
    if (type.kind === 'null') return new Uint8Array((numRows + 7) >> 3);
    if (!validity || nullCount === 0) continue;
    present = present ? and(present, validity, numRows) : validity;
  }
  return present;
}

/** A column with NULL in all other rows, without touching its values. */
export function withNulls(column: Column, present: Uint8Array): Column {
  if (column.type.kind === 'null') return column;
  const validity = column.validity && column.nullCount > 0 ? and(present, column.validity, column.length) : present;
  return new Column({ ...column, validity, nullCount: column.length - countBits(validity, column.length) });
}

/** Values with null in all other rows: what was made of a NULL need not be a value of the column's type. */
export function withoutAbsent(values: readonly unknown[], present: Uint8Array): unknown[] {
  return values.map((value, row) => (((present[row >> 3] as number) >> (row & 7)) & 1 ? value : null));
}

function countBits(bits: Uint8Array, length: number): number {
  let count = 0;
  for (let row = 0; row < length; row++) count += ((bits[row >> 3] as number) >> (row & 7)) & 1;
  return count;
}

function and(left: Uint8Array, right: Uint8Array, rows: number): Uint8Array {
  const both = new Uint8Array((rows + 7) >> 3);
  for (let i = 0; i < both.length; i++) both[i] = (left[i] as number) & (right[i] as number);
  return both;
}
