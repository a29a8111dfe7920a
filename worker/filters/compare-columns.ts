import { Column } from '../../runtime/arrow/column.ts';
import { holdsValues } from '../../runtime/arrow/physical-layout.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import type { DataType } from '../../runtime/arrow/type.ts';
import type { ComparisonOperator } from './expression.ts';
import { allTruth, FALSE, nullTruth, setNulls, TRUE, type Truth, truthOf, UNKNOWN } from './truth.ts';
import { compareNumbers, compareWords, wordsOf } from './typed-comparison.ts';
import { compareBytes } from './bytes-comparison.ts';
import { valueOrder } from './value-order.ts';

/** Operators without the two that also answer for NULL. */
export type OrderOperator = Exclude<ComparisonOperator, 'distinct_from' | 'not_distinct_from'>;

const strict: Record<ComparisonOperator, OrderOperator> = { eq: 'eq', ne: 'ne', lt: 'lt', le: 'le', gt: 'gt', ge: 'ge', distinct_from: 'ne', not_distinct_from: 'eq' };

/** The operator that gives the same with its sides exchanged. */
export const mirrored: Record<ComparisonOperator, ComparisonOperator> = { eq: 'eq', ne: 'ne', lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', distinct_from: 'distinct_from', not_distinct_from: 'not_distinct_from' };

/** Whether values in an order satisfy an operator. */
export function satisfies(operator: OrderOperator, order: number): boolean {
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    case 'gt':
      return order > 0;
    default:
      return order >= 0;
  }
}

/** Compares all rows of columns with one constant of a type comparable to theirs. */
export function literalComparison(operator: ComparisonOperator, columnType: DataType, literalType: DataType, literal: unknown): (column: Column) => Truth {
  const ofNulls = operator === 'distinct_from' ? TRUE : operator === 'not_distinct_from' ? FALSE : UNKNOWN;
  if (literal === null) {
    if (operator === 'distinct_from') return (column) => nullTruth(column, true);
    if (operator === 'not_distinct_from') return (column) => nullTruth(column, false);
    return (column) => allTruth(column.length, UNKNOWN);
  }
  const compare = comparisonOf(strict[operator], columnType, literalType, literal);
  return (column) => {
    if (column.type.kind === 'null') return allTruth(column.length, ofNulls);
    if (column.type.kind === 'dictionary') return overDictionary(column, (values) => setNulls(compare(values), values, ofNulls), ofNulls);
    return setNulls(compare(column), column, ofNulls);
  };
}

/** Answers for the distinct values of a dictionary column, spread over its rows. */
export function overDictionary(column: Column, answer: (values: Column) => Truth, ofNulls: number): Truth {
  const byIndex = answer(column.dictionary as Column);
  const truth = new Uint8Array(column.length);
  const indices = column.data as Int32Array;
  for (let row = 0; row < truth.length; row++) truth[row] = byIndex[Number(indices[row])] ?? ofNulls;
  return setNulls(truth, column, ofNulls);
}

/** The fastest way to compare values of a type; what it gives in null rows does not matter. */
function comparisonOf(operator: OrderOperator, type: DataType, literalType: DataType, literal: unknown): (column: Column) => Truth {
  const sameType = typeEquals(type, literalType);
  if (type.kind === 'int' && type.bits <= 32 && literalType.kind === 'int') return (column) => compareNumbers(operator, column.data as Int32Array, Number(literal));
  if (sameType && holdsValues(type) && typeof literal === 'number') return (column) => compareNumbers(operator, column.data as Float64Array, literal);
  if ((sameType || (type.kind === 'int' && literalType.kind === 'int')) && (holdsValues(type) || type.kind === 'decimal')) {
    const words = wordsOf(type, BigInt(literal as bigint));
    if (words) return (column) => compareWords(operator, column, words);
  }
  if (isBytes(type) && isBytes(literalType)) {
    const bytes = typeof literal === 'string' ? Buffer.from(literal) : Buffer.from(literal as Uint8Array);
    return (column) => compareBytes(operator, column, bytes);
  }
  const order = valueOrder(type, literalType);
  return (column) => {
    const truth = new Uint8Array(column.length);
    const values = column.values();
    for (let row = 0; row < truth.length; row++) if (values[row] !== null) truth[row] = truthOf(satisfies(operator, order(values[row], literal)));
    return truth;
  };
}

function isBytes({ kind }: DataType): boolean {
  return kind === 'utf8' || kind === 'large_utf8' || kind === 'binary' || kind === 'large_binary';
}

/** Compares two columns of comparable types row by row. */
export function compareColumns(operator: ComparisonOperator, left: Column, right: Column): Truth {
  const distinct = operator === 'distinct_from' || operator === 'not_distinct_from';
  const wanted = strict[operator];
  const order = valueOrder(left.type, right.type);
  const truth = new Uint8Array(left.length);
  const [a, b] = [left.values(), right.values()];
  for (let row = 0; row < truth.length; row++) {
    const [x, y] = [a[row], b[row]];
    if (x !== null && y !== null) truth[row] = truthOf(satisfies(wanted, order(x, y)));
    else truth[row] = distinct ? truthOf((x === y) === (operator === 'not_distinct_from')) : UNKNOWN;
  }
  return truth;
}
