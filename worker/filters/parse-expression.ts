import type { Column } from '../../runtime/arrow/column.ts';
import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { Field, Schema } from '../../runtime/arrow/schema.ts';
import { bool, type DataType } from '../../runtime/arrow/type.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import { columnKeys } from '../../generated/vgi/ts/metadata.ts';
import { checkComparable } from './comparable-types.ts';
import type { ArithmeticOperator, ComparisonOperator, ContractRef, Expression, StandardFunction } from './expression.ts';
import { filterError } from './filter-error.ts';
import type { FilterPayload } from './filter-payload.ts';
import { JsonMembers } from './json-members.ts';
import { limits } from './limits.ts';
import { arithmeticType, isNumeric } from './numeric-types.ts';
import type { Json } from './strict-json.ts';

const comparisonOperators: readonly ComparisonOperator[] = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'distinct_from', 'not_distinct_from'];
const arithmeticOperators: readonly ArithmeticOperator[] = ['add', 'subtract', 'multiply', 'divide', 'modulo'];
const standardFunctions: readonly StandardFunction[] = ['starts_with', 'ends_with', 'contains', 'list_contains'];
/** Contracts whose meaning the protocol defines; any other identity is malformed (vgi-protocol.json, `known_*`). */
const knownFunctions = ['duckdb.spatial/intersects_extent@1'];
const knownAlgorithms = ['duckdb.runtime_filter/bloom@1', 'duckdb.runtime_filter/prefix_range@1'];

/** What expressions refer to. */
export interface ExpressionScope {
  /** The schema that bind answered, unprojected. */
  readonly schema: Schema;
  readonly payload: FilterPayload;
  readonly joinKeys: readonly RecordBatch[];
}

/** Builds the typed expressions of one filter document. Throws a `FilterError` that names the place for whatever is wrong. */
export class ExpressionParser {
  private readonly scope: ExpressionScope;
  private nodes = 0;

  constructor(scope: ExpressionScope) {
    this.scope = scope;
  }

  /** A predicate's expression: of type bool, and a runtime filter only here and if advisory. */
  root(value: Json, where: string, mode: 'required' | 'advisory'): Expression {
    const members = new JsonMembers(value, where);
    const isRuntimeFilter = members.text('node') === 'runtime_filter';
    if (isRuntimeFilter && mode === 'required') throw filterError(`${where} is a runtime_filter, which cannot be required`);
    const expression = isRuntimeFilter ? this.runtimeFilter(members) : this.parse(value, where, 1);
    if (expression.type.kind !== 'bool') throw filterError(`${where} is of type ${typeName(expression.type)} instead of bool`);
    return expression;
  }

  private parse(value: Json, where: string, depth: number): Expression {
    if (depth > limits.expressionDepth) throw filterError(`${where} is nested deeper than ${limits.expressionDepth}`);
    if (++this.nodes > limits.expressionNodes) throw filterError(`more than ${limits.expressionNodes} expression nodes`);
    const members = new JsonMembers(value, where);
    const child = (key: string): Expression => this.parse(members.get(key), `${where}.${key}`, depth + 1);
    const children = (key: string): Expression[] => members.list(key).map((each, index) => this.parse(each, `${where}.${key}[${index}]`, depth + 1));
    const node = members.text('node');
    switch (node) {
      case 'column_ref':
        members.only('node', 'column_index', 'column_name');
        return this.columnRef(members);
      case 'field_ref':
        members.only('node', 'expression', 'field_index', 'field_name');
        return fieldRef(child('expression'), members.index('field_index'), members.text('field_name'), where);
      case 'literal': {
        members.only('node', 'value_ref');
        const { field, column } = this.scope.payload.slot('value', members.index('value_ref'), where);
        return { node, type: field.type, ...extensionOf(field), value: column.get(0) };
      }
      case 'comparison': {
        members.only('node', 'op', 'left', 'right');
        const operator = members.oneOf('op', comparisonOperators);
        const [left, right] = [child('left'), child('right')];
        checkComparable(left, right, where);
        return { node, type: bool, operator, left, right };
      }
      case 'and':
      case 'or': {
        members.only('node', 'children');
        const parts = children('children');
        if (parts.length < 2) throw filterError(`${where} has ${parts.length} children, "${node}" takes two or more`);
        return { node, type: bool, children: parts.map((part) => boolean(part, where)) };
      }
      case 'not':
        members.only('node', 'expression');
        return { node, type: bool, expression: boolean(child('expression'), where) };
      case 'is_null':
        members.only('node', 'expression', 'negated');
        return { node, type: bool, expression: child('expression'), negated: members.flag('negated') };
      case 'in':
        members.only('node', 'expression', 'set', 'negated');
        return this.membership(child('expression'), members);
      case 'cast': {
        members.only('node', 'expression', 'type_ref');
        const { field } = this.scope.payload.slot('type', members.index('type_ref'), where);
        const expression = child('expression');
        if (dependsOnTimeZone(expression.type, field.type)) throw filterError(`${where} casts ${typeName(expression.type)} to ${typeName(field.type)}, which depends on the session's time zone`);
        return { node, type: field.type, ...extensionOf(field), expression };
      }
      case 'arithmetic': {
        members.only('node', 'op', 'left', 'right');
        const operator = members.oneOf('op', arithmeticOperators);
        return arithmetic(operator, child('left'), child('right'), where);
      }
      case 'negate': {
        members.only('node', 'expression');
        const expression = child('expression');
        const { type } = expression;
        if (!isNumeric(type) || (type.kind === 'int' && !type.signed)) throw filterError(`${where} negates ${typeName(type)}`);
        return { node, type, expression };
      }
      case 'call': {
        members.only('node', 'function', 'arguments', 'options');
        if (members.list('arguments').length > limits.callArguments) throw filterError(`${where} has more than ${limits.callArguments} arguments`);
        return call(members, children('arguments'));
      }
      case 'runtime_filter':
        throw filterError(`${where} is a runtime_filter inside another expression`);
      default:
        throw filterError(`${where} has the unknown node "${node}"`);
    }
  }

  private columnRef(members: JsonMembers): Expression {
    const [index, name] = [members.index('column_index'), members.text('column_name')];
    const field = this.scope.schema.fields[index];
    if (field?.name !== name) throw filterError(`${members.where} names column ${index} "${name}", the bind schema has ${field ? `"${field.name}"` : 'no such column'}`);
    return { node: 'column_ref', type: field.type, ...extensionOf(field), index, name };
  }

  private membership(expression: Expression, members: JsonMembers): Expression {
    const set = new JsonMembers(members.get('set'), `${members.where}.set`);
    const values = set.oneOf('kind', ['literal', 'external']) === 'literal' ? this.literalSet(set) : this.externalSet(set);
    checkComparable(expression, { node: 'literal', type: values.type, value: null }, members.where);
    return { node: 'in', type: bool, expression, set: values, negated: members.flag('negated') };
  }

  private literalSet(set: JsonMembers): Column {
    set.only('kind', 'value_ref');
    const { field, column } = this.scope.payload.slot('value', set.index('value_ref'), set.where);
    if (field.type.kind !== 'list' && field.type.kind !== 'large_list') throw filterError(`${set.where} refers to "${field.name}", which is ${typeName(field.type)} and no list`);
    if (column.isNull(0)) throw filterError(`${set.where} refers to "${field.name}", which is NULL`);
    const [start, end] = column.offsets as Int32Array;
    return (column.children[0] as Column).slice(start as number, end as number);
  }

  private externalSet(set: JsonMembers): Column {
    set.only('kind', 'batch_index', 'column_index', 'column_name');
    const [batchIndex, index, name] = [set.index('batch_index'), set.index('column_index'), set.text('column_name')];
    const batch = this.scope.joinKeys[batchIndex];
    if (!batch) throw filterError(`${set.where} refers to batch ${batchIndex} of the join keys, there are ${this.scope.joinKeys.length}`);
    const field = batch.schema.fields[index];
    if (field?.name !== name) throw filterError(`${set.where} names column ${index} "${name}" of the join keys, the batch has ${field ? `"${field.name}"` : 'no such column'}`);
    return batch.column(index);
  }

  private runtimeFilter(members: JsonMembers): Expression {
    const { where } = members;
    members.only('node', 'algorithm', 'input', 'artifact_ref', 'null_handling');
    const algorithm = contract(members.get('algorithm'), `${where}.algorithm`, knownAlgorithms);
    const input = this.parse(members.get('input'), `${where}.input`, 2);
    const { column: artifact } = this.scope.payload.slot('artifact', members.index('artifact_ref'), where);
    return { node: 'runtime_filter', type: bool, algorithm, input, artifact, nullHandling: members.oneOf('null_handling', ['pass', 'reject']) };
  }
}

/** The Arrow extension of a field, where it has one. */
export function extensionOf(field: Field): { readonly extension?: string } {
  const extension = field.metadata.get(columnKeys.extensionName);
  return extension === undefined ? {} : { extension };
}

/** A member of a struct expression; index and name have to agree. */
export function fieldRef(expression: Expression, index: number, name: string, where: string): Expression {
  const member = expression.type.kind === 'struct' ? expression.type.fields[index] : undefined;
  if (member?.name !== name) throw filterError(`${where} names field ${index} "${name}" of ${typeName(expression.type)}, which is not there`);
  return { node: 'field_ref', type: member.type, ...extensionOf(member), expression, index, name };
}

/** Throws unless the expression is of type bool. */
export function boolean(expression: Expression, where: string): Expression {
  if (expression.type.kind !== 'bool' && expression.type.kind !== 'null') throw filterError(`${where} uses ${typeName(expression.type)} as a condition`);
  return expression;
}

export function arithmetic(operator: ArithmeticOperator, left: Expression, right: Expression, where: string): Expression {
  const type = arithmeticType(operator, left.type, right.type);
  if (!type) throw filterError(`${where}: no "${operator}" of ${typeName(left.type)} and ${typeName(right.type)}`);
  if (operator === 'divide' || (operator === 'modulo' && type.kind === 'float')) throw filterError(`${where}: "${operator}" of ${typeName(left.type)} and ${typeName(right.type)} depends on settings of the session`);
  return { node: 'arithmetic', type, operator, left, right };
}

/** A call of a standard function; throws if the arguments fit none of its overloads. */
export function standardCall(name: StandardFunction, args: readonly Expression[], where: string): Expression {
  const [subject, pattern] = args;
  const isText = (each: Expression | undefined): boolean => each !== undefined && isTextType(each.type);
  const fits = args.length === 2 && (name === 'list_contains' ? subject !== undefined && 'item' in subject.type : isText(subject) && isText(pattern));
  if (!fits) throw filterError(`${where}: no ${name}(${args.map(({ type }) => typeName(type)).join(', ')})`);
  if (name === 'list_contains' && subject && 'item' in subject.type) {
    checkComparable({ node: 'literal', type: subject.type.item.type, value: null }, pattern as Expression, where);
  }
  return { node: 'call', type: bool, function: name, arguments: args };
}

function isTextType(type: DataType): boolean {
  return type.kind === 'utf8' || type.kind === 'large_utf8' || (type.kind === 'dictionary' && isTextType(type.value));
}

function call(members: JsonMembers, args: readonly Expression[]): Expression {
  const name = members.get('function');
  if (typeof name === 'string') {
    members.only('node', 'function', 'arguments');
    return standardCall(members.oneOf('function', standardFunctions), args, members.where);
  }
  return { node: 'extension_call', type: bool, function: contract(name, `${members.where}.function`, knownFunctions), arguments: args };
}

function contract(value: Json, where: string, known: readonly string[]): ContractRef {
  const members = new JsonMembers(value, where);
  members.only('namespace', 'name', 'version');
  const ref = { namespace: members.text('namespace'), name: members.text('name'), version: members.index('version') };
  const identity = `${ref.namespace}/${ref.name}@${ref.version}`;
  if (!known.includes(identity)) throw filterError(`${where} is ${identity}, which is not known`);
  return ref;
}

function dependsOnTimeZone(from: DataType, to: DataType): boolean {
  const zoned = (type: DataType): boolean => type.kind === 'timestamp' && type.timezone !== undefined;
  const local = (type: DataType): boolean => ['utf8', 'large_utf8', 'date', 'time'].includes(type.kind) || (type.kind === 'timestamp' && type.timezone === undefined);
  return (zoned(from) && local(to)) || (local(from) && zoned(to));
}
