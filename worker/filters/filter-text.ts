import type { ArithmeticOperator, ComparisonOperator, Expression, Predicate } from './expression.ts';
import { formatDecimal } from './number-text.ts';
import type { DataType } from '../../runtime/arrow/type.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';

const comparisons: Record<ComparisonOperator, string> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  distinct_from: 'IS DISTINCT FROM',
  not_distinct_from: 'IS NOT DISTINCT FROM',
};
const operations: Record<ArithmeticOperator, string> = { add: '+', subtract: '-', multiply: '*', divide: '/', modulo: '%' };

/** Candidates of a set that are shown; the others are counted. */
const SHOWN_CANDIDATES = 10;

/** Predicates as one line in the manner of SQL, for logs and EXPLAIN; not meant to be run. */
export function predicatesText(predicates: readonly Predicate[]): string {
  return predicates.map(({ mode, expression }) => (mode === 'required' ? filterText(expression) : `[${filterText(expression)}]`)).join(' AND ');
}

/** An expression in the manner of SQL. */
export function filterText(expression: Expression): string {
  switch (expression.node) {
    case 'column_ref':
      return expression.name;
    case 'field_ref':
      return `${filterText(expression.expression)}.${expression.name}`;
    case 'literal':
      return valueText(expression.value, expression.type);
    case 'comparison':
      return `${filterText(expression.left)} ${comparisons[expression.operator]} ${filterText(expression.right)}`;
    case 'and':
    case 'or':
      return `(${expression.children.map(filterText).join(expression.node === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `NOT (${filterText(expression.expression)})`;
    case 'is_null':
      return `${filterText(expression.expression)} IS ${expression.negated ? 'NOT ' : ''}NULL`;
    case 'in': {
      const { set } = expression;
      const shown = Array.from({ length: Math.min(set.length, SHOWN_CANDIDATES) }, (_, row) => valueText(set.get(row), set.type));
      if (set.length > shown.length) shown.push(`... ${set.length - shown.length} more`);
      return `${filterText(expression.expression)} ${expression.negated ? 'NOT ' : ''}IN (${shown.join(', ')})`;
    }
    case 'cast':
      return `CAST(${filterText(expression.expression)} AS ${typeName(expression.type)})`;
    case 'arithmetic':
      return `(${filterText(expression.left)} ${operations[expression.operator]} ${filterText(expression.right)})`;
    case 'negate':
      return `-(${filterText(expression.expression)})`;
    case 'call':
      return `${expression.function}(${expression.arguments.map(filterText).join(', ')})`;
    case 'extension_call':
      return `${expression.function.namespace}.${expression.function.name}(${expression.arguments.map(filterText).join(', ')})`;
    default:
      return `${expression.algorithm.namespace}.${expression.algorithm.name}(${filterText(expression.input)})`;
  }
}

function valueText(value: unknown, type: DataType): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  if (type.kind === 'decimal') return formatDecimal(value as bigint, type.scale);
  if (type.kind === 'int' || type.kind === 'float' || type.kind === 'bool') return String(value);
  return `${typeName(type)} ${JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each instanceof Map ? [...each] : each))}`;
}
