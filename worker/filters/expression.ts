import type { Column } from '../../runtime/arrow/column.ts';
import type { BoolType, DataType } from '../../runtime/arrow/type.ts';

export type ComparisonOperator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'distinct_from' | 'not_distinct_from';
export type ArithmeticOperator = 'add' | 'subtract' | 'multiply' | 'divide' | 'modulo';
/** Functions of the profile `vgi.duckdb.standard.v1`. */
export type StandardFunction = 'starts_with' | 'ends_with' | 'contains' | 'list_contains';

/** A function or algorithm outside the standard profile, identified by its contract. */
export interface ContractRef {
  readonly namespace: string;
  readonly name: string;
  readonly version: number;
}

/** A column of the bind schema, by its index there. */
export interface ColumnRef {
  readonly node: 'column_ref';
  readonly type: DataType;
  /** Arrow extension name of the column, if it has one. */
  readonly extension?: string;
  readonly index: number;
  readonly name: string;
}

/** A member of a struct; NULL wherever the struct is. */
export interface FieldRef {
  readonly node: 'field_ref';
  readonly type: DataType;
  readonly extension?: string;
  readonly expression: Expression;
  readonly index: number;
  readonly name: string;
}

/** A constant as the JS value of its type (docs/architecture.md), `null` for NULL. */
export interface Literal {
  readonly node: 'literal';
  readonly type: DataType;
  readonly extension?: string;
  readonly value: unknown;
}

/** Six comparisons that are NULL if a side is, and two (`distinct_from`, `not_distinct_from`) that never are. */
export interface Comparison {
  readonly node: 'comparison';
  readonly type: BoolType;
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** AND or OR of two or more, in SQL's three-valued logic. */
export interface Conjunction {
  readonly node: 'and' | 'or';
  readonly type: BoolType;
  readonly children: readonly Expression[];
}

export interface Not {
  readonly node: 'not';
  readonly type: BoolType;
  readonly expression: Expression;
}

export interface IsNull {
  readonly node: 'is_null';
  readonly type: BoolType;
  readonly expression: Expression;
  /** True for IS NOT NULL. */
  readonly negated: boolean;
}

/** IN, or NOT IN if negated. */
export interface In {
  readonly node: 'in';
  readonly type: BoolType;
  readonly expression: Expression;
  /** The candidates, one a row; NULLs among them count as SQL has it. */
  readonly set: Column;
  readonly negated: boolean;
}

/** A cast that fails the query where a value does not fit. */
export interface Cast {
  readonly node: 'cast';
  readonly type: DataType;
  readonly extension?: string;
  readonly expression: Expression;
}

export interface Arithmetic {
  readonly node: 'arithmetic';
  readonly type: DataType;
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Negate {
  readonly node: 'negate';
  readonly type: DataType;
  readonly expression: Expression;
}

export interface StandardCall {
  readonly node: 'call';
  readonly type: BoolType;
  readonly function: StandardFunction;
  readonly arguments: readonly Expression[];
}

/** A set in compact form, such as a Bloom filter, that may let through more than it holds. Only ever advisory. */
export interface RuntimeFilter {
  readonly node: 'runtime_filter';
  readonly type: BoolType;
  readonly algorithm: ContractRef;
  readonly input: Expression;
  readonly artifact: Column;
  readonly nullHandling: 'pass' | 'reject';
}

/** A call of a function that is known by its contract and that no worker of this framework advertises. Only ever advisory. */
export interface ExtensionCall {
  readonly node: 'extension_call';
  readonly type: BoolType;
  readonly function: ContractRef;
  readonly arguments: readonly Expression[];
}

/** A pushed filter or a part of one; `type` is the Arrow type of its value. */
export type Expression =
  | ColumnRef
  | FieldRef
  | Literal
  | Comparison
  | Conjunction
  | Not
  | IsNull
  | In
  | Cast
  | Arithmetic
  | Negate
  | StandardCall
  | RuntimeFilter
  | ExtensionCall;

/** One condition on the rows of a scan. All of a scan's predicates hold together. */
export interface Predicate {
  readonly id: string;
  /** Grows with each change of the predicate of this id. */
  readonly revision: bigint;
  /**
   * `required`: the engine does not filter again, rows for which the expression is not TRUE must not be given.
   * `advisory`: may be ignored, or weakened.
   */
  readonly mode: 'required' | 'advisory';
  /** Where it comes from; changes nothing about its meaning. */
  readonly source: 'query' | 'join' | 'top_n' | 'split_refinement' | 'other';
  readonly expression: Expression;
}

/** Direct parts of an expression. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.node) {
    case 'column_ref':
    case 'literal':
      return [];
    case 'comparison':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'and':
    case 'or':
      return expression.children;
    case 'call':
    case 'extension_call':
      return expression.arguments;
    case 'runtime_filter':
      return [expression.input];
    default:
      return [expression.expression];
  }
}

/** Adds the bind schema indices of all columns that an expression reads. */
export function addColumnsOf(expression: Expression, indices: Set<number>): void {
  if (expression.node === 'column_ref') indices.add(expression.index);
  for (const child of childrenOf(expression)) addColumnsOf(child, indices);
}
