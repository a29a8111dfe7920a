import { bitmapBytes } from '../../runtime/arrow/bits.ts';
import { Column } from '../../runtime/arrow/column.ts';
import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { arithmeticOf, negationOf } from './arithmetic.ts';
import { castOf } from './cast-values.ts';
import { compareColumns, literalComparison, mirrored } from './compare-columns.ts';
import { childrenOf, type Comparison, type Conjunction, type Expression, type In, type StandardCall } from './expression.ts';
import { filterError } from './filter-error.ts';
import { listContains, membership } from './membership.ts';
import { takeColumn } from './take-rows.ts';
import { type TextFunction, textMatch, textMatchColumns } from './text-match.ts';
import { allTruth, andInto, FALSE, negate, nullTruth, orInto, TRUE, type Truth, truthOf, truthOfColumn, UNKNOWN } from './truth.ts';

/** The rows that a filter looks at, by the columns of the bind schema. */
export interface FilterRows {
  readonly length: number;
  column(index: number): Column;
}

/** An expression of type bool, ready to run over any rows of the scan. Throws `FilterEvaluationError` where DuckDB's query would fail. */
export type Condition = (rows: FilterRows) => Truth;
type Values = (rows: FilterRows) => Column;

/** Prepares an expression of type bool. Throws a `FilterError` for what cannot be evaluated exactly. */
export function compileCondition(expression: Expression): Condition {
  switch (expression.node) {
    case 'comparison':
      return comparison(expression);
    case 'and':
    case 'or':
      return conjunction(expression);
    case 'not': {
      const inner = compileCondition(expression.expression);
      // A copy would be needed if conditions handed out arrays that they keep; none does.
      return (rows) => negate(inner(rows));
    }
    case 'is_null': {
      const { expression: subject, negated } = expression;
      if (subject.type.kind === 'bool' && subject.node !== 'column_ref') return nullTest(compileCondition(subject), negated);
      const values = compileValues(subject);
      return (rows) => nullTruth(values(rows), negated);
    }
    case 'in':
      return inSet(expression);
    case 'call':
      return call(expression);
    case 'literal': {
      const value = expression.value === null ? UNKNOWN : truthOf(expression.value === true);
      return (rows) => allTruth(rows.length, value);
    }
    case 'runtime_filter':
    case 'extension_call':
      throw filterError(`${expression.node} cannot be evaluated`);
    default: {
      const values = compileValues(expression);
      return (rows) => truthOfColumn(values(rows));
    }
  }
}

/** Prepares an expression of any type. */
function compileValues(expression: Expression): Values {
  switch (expression.node) {
    case 'column_ref': {
      const { index } = expression;
      return (rows) => rows.column(index);
    }
    case 'field_ref': {
      const [parent, index] = [compileValues(expression.expression), expression.index];
      return (rows) => memberOf(parent(rows), index);
    }
    case 'literal': {
      const { type, value } = expression;
      return (rows) => columnFrom(type, new Array(rows.length).fill(value));
    }
    case 'cast': {
      const [source, cast] = [compileValues(expression.expression), castOf(expression.expression.type, expression.type)];
      return (rows) => columnFrom(expression.type, Array.from(source(rows).values() as ArrayLike<unknown>, (value) => (value === null ? null : cast(value))));
    }
    case 'arithmetic': {
      const [left, right] = [compileValues(expression.left), compileValues(expression.right)];
      const compute = arithmeticOf(expression.operator, expression.left.type, expression.right.type, expression.type);
      return (rows) => {
        const [a, b] = [left(rows).values(), right(rows).values()];
        return columnFrom(expression.type, Array.from({ length: rows.length }, (_, row) => (a[row] === null || b[row] === null ? null : compute(a[row], b[row]))));
      };
    }
    case 'negate': {
      const [source, compute] = [compileValues(expression.expression), negationOf(expression.type)];
      return (rows) => columnFrom(expression.type, Array.from(source(rows).values() as ArrayLike<unknown>, (value) => (value === null ? null : compute(value))));
    }
    default: {
      const condition = compileCondition(expression);
      return (rows) => columnFrom(expression.type, Array.from(condition(rows), (value) => (value === UNKNOWN ? null : value === TRUE)));
    }
  }
}

function comparison({ operator, left, right }: Comparison): Condition {
  if (left.node === 'literal' && right.node !== 'literal') return comparison({ node: 'comparison', type: right.type as Comparison['type'], operator: mirrored[operator], left: right, right: left });
  const a = compileValues(left);
  if (right.node === 'literal') {
    const compare = literalComparison(operator, left.type, right.type, right.value);
    return (rows) => compare(a(rows));
  }
  const b = compileValues(right);
  return (rows) => compareColumns(operator, a(rows), b(rows));
}

/**
 * AND and OR. Parts that can fail see only the rows that earlier parts have not decided, as in DuckDB: `x <> '' AND x::INT > 5` does not
 * fail on empty texts.
 */
function conjunction({ node, children }: Conjunction): Condition {
  const [decided, combine] = node === 'and' ? [FALSE, andInto] : [TRUE, orInto];
  const [first, ...others] = children.map((child) => ({ condition: compileCondition(child), fails: canFail(child) })) as [{ condition: Condition; fails: boolean }];
  return (rows) => {
    const truth = first.condition(rows);
    for (const { condition, fails } of others as readonly typeof first[]) combine(truth, fails ? whereOpen(rows, truth, decided, condition) : condition(rows));
    return truth;
  };
}

function whereOpen(rows: FilterRows, truth: Truth, decided: number, condition: Condition): Truth {
  const open = rowsWhere(truth, (value) => value !== decided);
  if (open.length === rows.length) return condition(rows);
  const spread = allTruth(rows.length, decided);
  if (open.length === 0) return spread;
  const answers = condition(selectedRows(rows, open));
  open.forEach((row, i) => {
    spread[row] = answers[i] as number;
  });
  return spread;
}

function selectedRows(rows: FilterRows, selection: Uint32Array): FilterRows {
  const taken = new Map<number, Column>();
  return {
    length: selection.length,
    column(index) {
      const column = taken.get(index) ?? takeColumn(rows.column(index), selection);
      taken.set(index, column);
      return column;
    },
  };
}

/** Numbers of the rows whose answer is wanted. */
export function rowsWhere(truth: Truth, wanted: (value: number) => boolean): Uint32Array {
  const rows = new Uint32Array(truth.length);
  let count = 0;
  for (let row = 0; row < truth.length; row++) {
    rows[count] = row;
    count += wanted(truth[row] as number) ? 1 : 0;
  }
  return rows.subarray(0, count);
}

/** Whether evaluation can fail on some values. */
export function canFail(expression: Expression): boolean {
  if (expression.node === 'cast' || expression.node === 'arithmetic' || expression.node === 'negate') return true;
  return childrenOf(expression).some(canFail);
}

function inSet({ expression, set, negated }: In): Condition {
  const [values, answer] = [compileValues(expression), membership(expression.type, set, negated)];
  return (rows) => answer(values(rows));
}

function call({ function: name, arguments: [subject, pattern] }: StandardCall): Condition {
  const [left, right] = [compileValues(subject as Expression), compileValues(pattern as Expression)];
  if (name === 'list_contains') return (rows) => listContains(left(rows), right(rows));
  if (pattern?.node === 'literal') {
    const match = textMatch(name as TextFunction, pattern.value);
    return (rows) => match(left(rows));
  }
  return (rows) => textMatchColumns(name, left(rows), right(rows));
}

function nullTest(condition: Condition, negated: boolean): Condition {
  return (rows) => condition(rows).map((value) => truthOf((value === UNKNOWN) !== negated));
}

/** A member of a struct column, NULL where the struct is. */
function memberOf(parent: Column, index: number): Column {
  const child = parent.children[index] as Column;
  const outer = parent.validity;
  if (outer === undefined || child.type.kind === 'null') return child;
  const { nullCount: _, validity: inner, ...parts } = child;
  const validity = new Uint8Array(bitmapBytes(parent.length));
  for (let i = 0; i < validity.length; i++) validity[i] = (outer[i] as number) & (inner?.[i] ?? 0xff);
  return new Column({ ...parts, validity });
}
