import type { Column } from '../../runtime/arrow/column.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import type { DataType } from '../../runtime/arrow/type.ts';
import { overDictionary } from './compare-columns.ts';
import { allTruth, FALSE, negate, setNulls, TRUE, type Truth, truthOf, UNKNOWN } from './truth.ts';
import { valueOrder } from './value-order.ts';

/** IN or NOT IN one set of candidates. */
export function membership(type: DataType, set: Column, negated: boolean): (column: Column) => Truth {
  if (set.length === 0) return (column) => allTruth(column.length, negated ? TRUE : FALSE);
  const candidates = Array.from(set.values() as ArrayLike<unknown>);
  const present = candidates.filter((value) => value !== null);
  const otherwise = present.length < candidates.length ? UNKNOWN : FALSE;
  const test = tester(type, set.type, present, otherwise);
  const answer = (column: Column): Truth => {
    if (column.type.kind === 'null') return allTruth(column.length, UNKNOWN);
    return column.type.kind === 'dictionary' ? overDictionary(column, (values) => setNulls(test(values), values, UNKNOWN), UNKNOWN) : setNulls(test(column), column, UNKNOWN);
  };
  return negated ? (column) => negate(answer(column)) : answer;
}

function tester(type: DataType, setType: DataType, candidates: readonly unknown[], otherwise: number): (column: Column) => Truth {
  const inner = type.kind === 'dictionary' ? type.value : type;
  const innerSet = setType.kind === 'dictionary' ? setType.value : setType;
  const integers = inner.kind === 'int' && innerSet.kind === 'int';
  if (integers && candidates.every((value) => Number.isSafeInteger(Number(value)))) return safeIntegers(new Set(candidates.map(Number)), otherwise);
  const isText = (each: DataType): boolean => each.kind === 'utf8' || each.kind === 'large_utf8';
  if (isHashable(inner) && (typeEquals(inner, innerSet) || (isText(inner) && isText(innerSet)))) {
    // Sets take NaN as equal to itself and -0 as 0, as DuckDB does.
    const values = new Set(candidates);
    return (column) => {
      const truth = new Uint8Array(column.length);
      const rows = column.values();
      for (let row = 0; row < truth.length; row++) truth[row] = values.has(rows[row]) ? TRUE : otherwise;
      return truth;
    };
  }
  if (isBinary(inner) && isBinary(innerSet)) {
    const key = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('latin1');
    const values = new Set(candidates.map(key));
    return byValue((value) => values.has(key(value)), otherwise);
  }
  const order = valueOrder(inner, innerSet);
  return byValue((value) => candidates.some((candidate) => order(value, candidate) === 0), otherwise);
}

function byValue(isMember: (value: unknown) => boolean, otherwise: number): (column: Column) => Truth {
  return (column) => {
    const truth = new Uint8Array(column.length);
    const rows = column.values();
    for (let row = 0; row < truth.length; row++) if (rows[row] !== null) truth[row] = isMember(rows[row]) ? TRUE : otherwise;
    return truth;
  };
}

/** A 64-bit integer that is not exact as a number becomes one that is no safe integer, which is in no such set. */
function safeIntegers(values: ReadonlySet<number>, otherwise: number): (column: Column) => Truth {
  return ({ data, length }) => {
    const truth = new Uint8Array(length);
    if (!(data instanceof BigInt64Array || data instanceof BigUint64Array)) {
      const rows = data as Int32Array;
      for (let row = 0; row < length; row++) truth[row] = values.has(rows[row] as number) ? TRUE : otherwise;
      return truth;
    }
    const low = new Uint32Array(data.buffer, data.byteOffset, length * 2);
    const high = data instanceof BigInt64Array ? new Int32Array(data.buffer, data.byteOffset, length * 2) : low;
    for (let row = 0; row < length; row++) {
      truth[row] = values.has((high[row * 2 + 1] as number) * 0x1_0000_0000 + (low[row * 2] as number)) ? TRUE : otherwise;
    }
    return truth;
  };
}

/** Whether equal values of the type are the same value to a JS set. */
function isHashable({ kind }: DataType): boolean {
  return ['bool', 'int', 'float', 'utf8', 'large_utf8', 'decimal', 'date', 'time', 'timestamp', 'duration'].includes(kind);
}

function isBinary({ kind }: DataType): boolean {
  return kind === 'binary' || kind === 'large_binary' || kind === 'fixed_binary';
}

/** Whether a list holds a value, row by row; NULL items match nothing. */
export function listContains(lists: Column, needles: Column): Truth {
  const item = lists.type.kind !== 'null' && 'item' in lists.type ? lists.type.item.type : needles.type;
  const order = valueOrder(item, needles.type);
  const truth = new Uint8Array(lists.length);
  const [rows, values] = [lists.values(), needles.values()];
  for (let row = 0; row < truth.length; row++) {
    const [list, needle] = [rows[row] as readonly unknown[] | null, values[row]];
    if (list === null || needle === null) truth[row] = UNKNOWN;
    else truth[row] = truthOf(list.some((each) => each !== null && order(each, needle) === 0));
  }
  return truth;
}
