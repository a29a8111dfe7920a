import type { Column } from '../../runtime/arrow/column.ts';
import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { bool } from '../../runtime/arrow/type.ts';
import { filterKeys } from '../../generated/vgi/ts/metadata.ts';
import { checkComparable } from './comparable-types.ts';
import type { ComparisonOperator, Expression, Predicate, StandardFunction } from './expression.ts';
import { filterError } from './filter-error.ts';
import { JsonMembers } from './json-members.ts';
import { limits } from './limits.ts';
import { boolean, extensionOf, fieldRef, standardCall } from './parse-expression.ts';
import type { FilterScope } from './parse-filters.ts';
import { type Json, parseStrictJson } from './strict-json.ts';

const operators: readonly ComparisonOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'distinct_from', 'not_distinct_from'];

/** Functions that may stand in the filters of clients before 2.0.0, by each name that DuckDB has for them. */
const legacyFunctions: ReadonlyMap<string, StandardFunction> = new Map([
  ['starts_with', 'starts_with'],
  ['prefix', 'starts_with'],
  ['^@', 'starts_with'],
  ['ends_with', 'ends_with'],
  ['suffix', 'ends_with'],
  ['contains', 'contains'],
  ['list_contains', 'list_contains'],
  ['array_contains', 'list_contains'],
  ['list_has', 'list_contains'],
  ['array_has', 'list_contains'],
]);

/**
 * The predicates of a filter batch of protocol 1.x: a JSON array, values in columns `_val_<n>`, IN lists in the join keys. It does not
 * say which of them the engine applies again, so that all are required.
 */
export function parseLegacyFilters(batch: RecordBatch, scope: FilterScope, source: Predicate['source'] = 'query'): Predicate[] {
  const [first] = batch.schema.fields;
  if (first?.name !== 'filter_spec') throw filterError('the first column is not filter_spec');
  const version = first.metadata.get(filterKeys.version);
  if (version !== '1') throw filterError(`${filterKeys.version} is ${version ?? 'missing'}, expected 1`);
  if (batch.numRows !== 1) throw filterError(`the batch has ${batch.numRows} rows instead of one`);
  const text = batch.column(0).get(0);
  if (typeof text !== 'string') throw filterError('filter_spec is NULL');
  const filters = parseStrictJson(text);
  if (!Array.isArray(filters)) throw filterError('filter_spec is not a list');
  const parser = new LegacyParser(batch, scope);
  return filters.map((filter: Json, index) => ({
    id: `${source}:${index}`,
    revision: 0n,
    mode: source === 'query' ? 'required' : 'advisory',
    source,
    expression: parser.filter(filter, `filters[${index}]`, 1),
  }));
}

class LegacyParser {
  private readonly batch: RecordBatch;
  private readonly scope: FilterScope;
  /** Batches of join keys not yet claimed, by column: the nodes of one column stand in the order of its batches. */
  private readonly joinKeys = new Map<string, Column[]>();

  constructor(batch: RecordBatch, scope: FilterScope) {
    this.batch = batch;
    this.scope = scope;
    for (const keys of scope.joinKeys) {
      const name = keys.schema.fields[0]?.name;
      if (name !== undefined) this.joinKeys.set(name, [...(this.joinKeys.get(name) ?? []), keys.column(0)]);
    }
  }

  /** A filter on a column; with `subject` one on a member of the column. */
  filter(value: Json, where: string, depth: number, subject?: Expression): Expression {
    if (depth > limits.expressionDepth) throw filterError(`${where} is nested deeper than ${limits.expressionDepth}`);
    const members = new JsonMembers(value, where);
    const on = subject ?? this.column(members);
    const type = members.text('type');
    switch (type) {
      case 'constant': {
        const right = this.value(members);
        checkComparable(on, right, where);
        return { node: 'comparison', type: bool, operator: members.oneOf('op', operators), left: on, right };
      }
      case 'is_null':
      case 'is_not_null':
        return { node: 'is_null', type: bool, expression: on, negated: type === 'is_not_null' };
      case 'in':
        return membership(on, this.listItems(members), where);
      case 'join_keys':
        return membership(on, this.keys(members), where);
      case 'and':
      case 'or': {
        if (type === 'or' && members.list('children').some(isUnnamed)) return { node: 'literal', type: bool, value: true };
        const children = members.list('children').map((child, index) => this.filter(child, `${where}.children[${index}]`, depth + 1, subject));
        if (children.length === 0) throw filterError(`${where} has no children`);
        return children.length === 1 ? (children[0] as Expression) : { node: type, type: bool, children };
      }
      case 'struct': {
        const member = fieldRef(on, members.index('child_index'), members.text('child_name'), where);
        return this.filter(members.get('child_filter'), `${where}.child_filter`, depth + 1, member);
      }
      case 'expression':
        return boolean(this.expression(members.get('expr'), `${where}.expr`, depth + 1, on), where);
      default:
        throw filterError(`${where} has the unknown type "${type}"`);
    }
  }

  private expression(value: Json, where: string, depth: number, on: Expression): Expression {
    if (depth > limits.expressionDepth) throw filterError(`${where} is nested deeper than ${limits.expressionDepth}`);
    const members = new JsonMembers(value, where);
    const children = (): Expression[] => members.list('children').map((child, index) => this.expression(child, `${where}.children[${index}]`, depth + 1, on));
    const kind = members.text('expr_type');
    switch (kind) {
      case 'column_ref':
        // An expression filter reads the one column that it stands on.
        return on;
      case 'constant':
        return this.value(members);
      case 'comparison': {
        const [left, right] = (['left', 'right'] as const).map((key) => this.expression(members.get(key), `${where}.${key}`, depth + 1, on)) as [Expression, Expression];
        checkComparable(left, right, where);
        return { node: 'comparison', type: bool, operator: members.oneOf('op', operators), left, right };
      }
      case 'conjunction': {
        const node = members.oneOf('conjunction_type', ['and', 'or']);
        return { node, type: bool, children: children().map((child) => boolean(child, where)) };
      }
      case 'function': {
        const name = members.text('function_name');
        const standard = legacyFunctions.get(name);
        if (standard === undefined) throw filterError(`${where} calls ${name}, which cannot be evaluated`);
        const args = children();
        // DuckDB's `contains` has an overload for lists.
        const overload = standard === 'contains' && args[0] !== undefined && 'item' in args[0].type ? 'list_contains' : standard;
        return standardCall(overload, args, where);
      }
      default:
        throw filterError(`${where} has the unknown expr_type "${kind}"`);
    }
  }

  /** By name: `column_index` counts within the projection, which names the same columns. */
  private column(members: JsonMembers): Expression {
    const name = members.text('column_name');
    const index = this.scope.schema.indexOf(name);
    const field = this.scope.schema.fields[index];
    if (!field) throw filterError(`${members.where} names column "${name}", which the bind schema does not have`);
    return { node: 'column_ref', type: field.type, ...extensionOf(field), index, name };
  }

  private value(members: JsonMembers): Expression {
    const { field, column } = this.valueColumn(members);
    return { node: 'literal', type: field.type, ...extensionOf(field), value: column.get(0) };
  }

  private valueColumn(members: JsonMembers): { field: RecordBatch['schema']['fields'][number]; column: Column } {
    const name = `_val_${members.index('value_ref')}`;
    const index = this.batch.schema.indexOf(name);
    const field = this.batch.schema.fields[index];
    if (!field) throw filterError(`${members.where} refers to ${name}, which the batch does not have`);
    return { field, column: this.batch.column(index) };
  }

  private listItems(members: JsonMembers): Column {
    const { field, column } = this.valueColumn(members);
    if (!('item' in field.type) || column.isNull(0) || !column.offsets) throw filterError(`${members.where} refers to "${field.name}", which holds no list`);
    return (column.children[0] as Column).slice(column.offsets[0] as number, column.offsets[1] as number);
  }

  private keys(members: JsonMembers): Column {
    const name = members.text('keys_column');
    const left = this.joinKeys.get(name) ?? [];
    const keys = left.length > 1 ? left.shift() : left[0];
    if (!keys) throw filterError(`${members.where} refers to join keys of column "${name}", which were not sent`);
    return keys;
  }
}

/**
 * IS DISTINCT FROM and IS NOT DISTINCT FROM come under one name, and only among the parts of an OR. Which of them is meant
 * cannot be told, but the engine applies an OR again (observed, 1.0.0 and 1.2.0), so that it may count as TRUE.
 */
function isUnnamed(child: Json): boolean {
  const members = new JsonMembers(child, 'a part of an OR');
  return members.has('op') && members.get('op') === 'unknown';
}

function membership(expression: Expression, set: Column, where: string): Expression {
  checkComparable(expression, { node: 'literal', type: set.type, value: null }, where);
  return { node: 'in', type: bool, expression, set, negated: false };
}
