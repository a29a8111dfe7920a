import type { Column } from '../../runtime/arrow/column.ts';
import { type OrderOperator, satisfies } from './compare-columns.ts';
import { FALSE, TRUE, type Truth, truthOf } from './truth.ts';

/** Texts or binaries against one, by their bytes and without making a string of any. */
export function compareBytes(operator: OrderOperator, column: Column, literal: Uint8Array): Truth {
  const truth = new Uint8Array(column.length);
  const bytes = column.data as Uint8Array;
  const offsets = column.offsets as Int32Array;
  if (operator === 'eq' || operator === 'ne') {
    const [same, other] = operator === 'eq' ? [TRUE, FALSE] : [FALSE, TRUE];
    for (let row = 0; row < truth.length; row++) {
      const start = offsets[row] as number;
      truth[row] = (offsets[row + 1] as number) - start === literal.length && hasAt(bytes, start, literal) ? same : other;
    }
    return truth;
  }
  for (let row = 0; row < truth.length; row++) truth[row] = truthOf(satisfies(operator, orderAt(bytes, offsets[row] as number, offsets[row + 1] as number, literal)));
  return truth;
}

/** Whether `part` lies at `start`; the bytes are long enough. */
export function hasAt(bytes: Uint8Array, start: number, part: Uint8Array): boolean {
  for (let i = 0; i < part.length; i++) if (bytes[start + i] !== part[i]) return false;
  return true;
}

function orderAt(bytes: Uint8Array, start: number, end: number, literal: Uint8Array): number {
  const shared = Math.min(end - start, literal.length);
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[start + i] as number) - (literal[i] as number);
    if (difference !== 0) return difference;
  }
  return end - start - literal.length;
}
