import type { Expression, Predicate } from './expression.ts';
import { childrenOf } from './expression.ts';

/** Names of the columns that predicates read. */
export function columnNamesOf(predicates: readonly Predicate[]): Set<string> {
  const names = new Set<string>();
  const add = (expression: Expression): void => {
    if (expression.node === 'column_ref') names.add(expression.name);
    childrenOf(expression).forEach(add);
  };
  for (const { expression } of predicates) add(expression);
  return names;
}

/**
 * The values that a column can have where all predicates hold, without repetition and NULL; `undefined` if they are not listed, as by `=`, IN
 * and combinations of them.
 */
export function discreteValues(predicates: readonly Predicate[], column: string): readonly unknown[] | undefined {
  return fewest(predicates.map(({ expression }) => valuesOf(expression, column)));
}

function valuesOf(expression: Expression, column: string): readonly unknown[] | undefined {
  switch (expression.node) {
    case 'comparison': {
      const { operator, left, right } = expression;
      if (operator !== 'eq' && operator !== 'not_distinct_from') return undefined;
      const [subject, value] = left.node === 'literal' ? [right, left] : [left, right];
      if (subject.node !== 'column_ref' || subject.name !== column || value.node !== 'literal') return undefined;
      if (value.value !== null) return [value.value];
      return operator === 'eq' ? [] : undefined;
    }
    case 'in':
      if (expression.negated || expression.expression.node !== 'column_ref' || expression.expression.name !== column) return undefined;
      return distinct(expression.set.values());
    case 'and':
      return fewest(expression.children.map((child) => valuesOf(child, column)));
    case 'or': {
      const branches = expression.children.map((child) => valuesOf(child, column));
      return branches.every((branch) => branch !== undefined) ? distinct(branches.flat()) : undefined;
    }
    default:
      return undefined;
  }
}

function fewest(lists: readonly (readonly unknown[] | undefined)[]): readonly unknown[] | undefined {
  return lists.reduce((best, list) => (list && (!best || list.length < best.length) ? list : best), undefined);
}

function distinct(values: Iterable<unknown>): readonly unknown[] {
  const found = new Set(values);
  found.delete(null);
  return [...found];
}
