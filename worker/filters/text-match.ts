import type { Column } from '../../runtime/arrow/column.ts';
import { hasAt } from './bytes-comparison.ts';
import { overDictionary } from './compare-columns.ts';
import type { StandardFunction } from './expression.ts';
import { allTruth, setNulls, TRUE, type Truth, truthOf, UNKNOWN } from './truth.ts';

export type TextFunction = Exclude<StandardFunction, 'list_contains'>;

/** Looks for one constant at the start, at the end or anywhere in the texts of columns, by their bytes. */
export function textMatch(name: TextFunction, pattern: unknown): (column: Column) => Truth {
  if (typeof pattern !== 'string') return (column) => allTruth(column.length, UNKNOWN);
  const part = Buffer.from(pattern);
  const match = name === 'contains' ? containing(part) : anchored(part, name === 'ends_with');
  return (column) => {
    if (column.type.kind === 'dictionary') return overDictionary(column, (values) => setNulls(match(values), values, UNKNOWN), UNKNOWN);
    return setNulls(match(column), column, UNKNOWN);
  };
}

/** The same where the pattern is a column too. */
export function textMatchColumns(name: TextFunction, left: Column, right: Column): Truth {
  const [texts, patterns] = [left.values(), right.values()];
  const truth = new Uint8Array(left.length);
  for (let row = 0; row < truth.length; row++) {
    const [text, pattern] = [texts[row], patterns[row]] as [string | null, string | null];
    if (text === null || pattern === null) truth[row] = UNKNOWN;
    else truth[row] = truthOf(name === 'contains' ? text.includes(pattern) : name === 'starts_with' ? text.startsWith(pattern) : text.endsWith(pattern));
  }
  return truth;
}

function anchored(part: Uint8Array, atEnd: boolean): (column: Column) => Truth {
  return (column) => {
    const truth = new Uint8Array(column.length);
    const bytes = column.data as Uint8Array;
    const offsets = column.offsets as Int32Array;
    for (let row = 0; row < truth.length; row++) {
      const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
      if (end - start >= part.length) truth[row] = truthOf(hasAt(bytes, atEnd ? end - part.length : start, part));
    }
    return truth;
  };
}

/** One search runs over the texts of all rows, which lie one behind the other; what crosses a border is no match. */
function containing(part: Buffer): (column: Column) => Truth {
  return (column) => {
    const { length } = column;
    if (part.length === 0) return allTruth(length, TRUE);
    const truth = new Uint8Array(length);
    const offsets = column.offsets as Int32Array;
    const first = offsets[0] as number;
    const { buffer, byteOffset } = column.data as Uint8Array;
    const bytes = Buffer.from(buffer, byteOffset + first, (offsets[length] as number) - first);
    let row = 0;
    for (let at = bytes.indexOf(part); at >= 0; ) {
      const start = at + first;
      while ((offsets[row + 1] as number) <= start) row++;
      if (start + part.length > (offsets[row + 1] as number)) at = bytes.indexOf(part, at + 1);
      else {
        truth[row] = TRUE;
        at = bytes.indexOf(part, (offsets[row + 1] as number) - first);
      }
    }
    return truth;
  };
}
