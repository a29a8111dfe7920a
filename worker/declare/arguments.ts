import type { Column } from '../../runtime/arrow/column.ts';
import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, field } from '../../runtime/arrow/schema.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import type { ColumnType, ValueOf, ValuesOf } from './column-types.ts';
import { type ArgumentLimits, limitCheck, limitMetadata } from './argument-limits.ts';
import { coerceValue, unionValue } from './coerce-value.ts';

/**
 * How an argument is passed. `column` and `varargs` get a value a row in scalar and row functions and are constants elsewhere; `table` is a
 * subquery; the others are constants known at bind.
 */
export type ArgumentKind = 'column' | 'constant' | 'named' | 'varargs' | 'table';

/** One declared argument. A bare column type is a `column` of a scalar function and a positional constant of a table function. */
export interface Argument<T extends ColumnType = ColumnType, Kind extends ArgumentKind = ArgumentKind> extends ArgumentLimits<ValueOf<T>> {
  readonly kind: Kind;
  readonly columnType: T;
  readonly doc?: string;
  /** Value of a named argument that the call leaves out. */
  readonly default?: ValueOf<T>;
  /** Number of values that `varargs` take at least. */
  readonly atLeast?: number;
}

export interface ArgumentOptions<T extends ColumnType> extends ArgumentLimits<ValueOf<T>> {
  readonly doc?: string;
  /** What a call gets that leaves the argument out; without it the argument is required. */
  readonly default?: ValueOf<T>;
}

/** A positional argument that must be a constant: it is known at bind, one value for all rows. */
export function constant<T extends ColumnType>(columnType: T, options: Omit<ArgumentOptions<T>, 'default'> = {}): Argument<T, 'constant'> {
  return { kind: 'constant', columnType, ...options };
}

/** An argument passed by name, `f(x, step := 2)`; required unless it has a default. */
export function named<T extends ColumnType>(columnType: T, options: ArgumentOptions<T> = {}): Argument<T, 'named'> {
  return { kind: 'named', columnType, ...options };
}

/** Any number of further positional arguments of one type; has to come last among the positional ones. */
export function varargs<T extends ColumnType>(columnType: T, options: { readonly doc?: string; readonly atLeast?: number } = {}): Argument<T, 'varargs'> {
  return { kind: 'varargs', columnType, ...options };
}

/** Declared arguments, in order. */
export type Arguments = Readonly<Record<string, ColumnType | Argument>>;

type TypeOf<A> = A extends Argument<infer T> ? T : A extends ColumnType ? A : never;

/** The values of constant arguments by name. */
export type ConstantValues<A extends Arguments> = {
  readonly [K in keyof A as A[K] extends Argument<ColumnType, 'table'> ? never : K]: A[K] extends Argument<infer T, 'varargs'> ? readonly ValueOf<T>[] : ValueOf<TypeOf<A[K]>>;
};

/** What a scalar function receives: columns, and single values for constant and named arguments. */
export type ScalarInputs<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T, infer Kind>
    ? Kind extends 'varargs'
      ? readonly ValuesOf<T>[]
      : ValueOf<T>
    : A[K] extends ColumnType
      ? ValuesOf<A[K]>
      : never;
};

/** Declared arguments in one form, with their places. */
export interface ArgumentList {
  readonly columns: readonly NamedArgument[];
  readonly constants: readonly NamedArgument[];
  readonly named: readonly NamedArgument[];
  /** The repeated last argument, if there is one. */
  readonly varargs?: NamedArgument;
  /** Whether `varargs` are columns, as in scalar functions, or constants. */
  readonly varargsAreColumns: boolean;
  /** The argument that is a table, if there is one. */
  readonly table?: NamedArgument;
  /** Fields of `FunctionInfo.arguments`: positional ones first, then named ones. */
  readonly fields: readonly Field[];
}

export interface NamedArgument extends Argument {
  readonly name: string;
  readonly check: (value: unknown, subject: string) => void;
}

const isArgument = (value: ColumnType | Argument): value is Argument => 'kind' in value;

/** Brings declared arguments to one form; a bare column type becomes `bareKind`. */
export function argumentList(declared: Arguments, bareKind: 'column' | 'constant'): ArgumentList {
  const all = Object.entries(declared).map(([name, value]): NamedArgument => {
    const argument: Argument = isArgument(value) ? value : { kind: bareKind, columnType: value };
    return { name, ...argument, check: limitCheck(argument) };
  });
  const positional = all.filter(({ kind }) => kind !== 'named');
  const namedOnes = all.filter(({ kind }) => kind === 'named');
  const repeated = positional.find(({ kind }) => kind === 'varargs');
  if (repeated && repeated !== positional.at(-1)) throw new Error(`varargs argument ${repeated.name} has to be the last positional one`);
  const [table, anotherTable] = positional.filter(({ kind }) => kind === 'table');
  if (anotherTable) throw new Error(`arguments ${table?.name} and ${anotherTable.name} are both tables; a function takes one`);
  return {
    ...(repeated && { varargs: repeated }),
    varargsAreColumns: bareKind === 'column',
    ...(table && { table }),
    columns: all.filter(({ kind }) => kind === 'column'),
    constants: all.filter(({ kind }) => kind === 'constant'),
    named: namedOnes,
    fields: [...positional, ...namedOnes].map((argument) => argumentField(argument, bareKind)),
  };
}

/** The field that describes an argument to the client (vgi-semantics, section 9). */
function argumentField(argument: NamedArgument, bareKind: 'column' | 'constant'): Field {
  const { name, kind, columnType, doc, default: value } = argument;
  const metadata = new Map<string, string>(limitMetadata(argument));
  if (kind === 'named') metadata.set('vgi_arg', 'named');
  if (kind === 'varargs') metadata.set('vgi_varargs', 'true');
  if (kind === 'table') metadata.set('vgi_type', 'table');
  else if (columnType.any) metadata.set('vgi_type', 'any');
  if (kind === 'constant' && bareKind === 'column') metadata.set('vgi_const', 'true');
  if (doc !== undefined) metadata.set('vgi_doc', doc);
  if (value !== undefined) metadata.set('vgi_default', defaultText(value));
  return field(name, columnType.type, true, metadata);
}

/** A default as JSON, for help texts: integers that JSON's numbers do not hold and bytes as text. */
function defaultText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === 'bigint') return Number.isSafeInteger(Number(each)) ? Number(each) : String(each);
    return each instanceof Uint8Array ? Buffer.from(each).toString('latin1') : each;
  });
}

/**
 * The constant and named arguments of a call as values of their declared types. Throws a `ValueError` RpcError that names function and argument.
 * Shape of the batch: one row, one struct column `args` with children `positional_<i>` and `named_<name>`.
 */
export function constantValues(functionName: string, list: ArgumentList, batch: RecordBatch): Record<string, unknown> {
  const given = givenArguments(batch);
  const values: Record<string, unknown> = {};
  const take = (argument: NamedArgument, key: string): void => {
    const column = given.get(key);
    given.delete(key);
    const value = column && argumentValue(functionName, argument, column);
    if (value !== undefined && value !== null) values[argument.name] = value;
    else if (argument.default !== undefined) values[argument.name] = argument.default;
    else throw new RpcError(`${functionName}: argument ${argument.name} is ${column ? 'NULL' : 'missing'}`, { type: 'ValueError' });
  };
  list.constants.forEach((argument, index) => take(argument, `positional_${index}`));
  for (const argument of list.named) take(argument, `named_${argument.name}`);
  const repeated = list.varargs;
  if (repeated && !list.varargsAreColumns) {
    const further: unknown[] = [];
    for (let key = `positional_${list.constants.length}`; given.has(key); key = `positional_${list.constants.length + further.length}`) {
      further.push(argumentValue(functionName, repeated, given.get(key) as Column));
      given.delete(key);
    }
    if (further.length < (repeated.atLeast ?? 0)) {
      throw new RpcError(`${functionName}: argument ${repeated.name} takes at least ${repeated.atLeast} values, got ${further.length}`, { type: 'ValueError' });
    }
    values[repeated.name] = further;
  }
  const [unknown] = given.keys();
  if (unknown !== undefined) throw new RpcError(`${functionName}: ${unexpected(unknown, list)}`, { type: 'ValueError' });
  return values;
}

function unexpected(key: string, { constants }: ArgumentList): string {
  return key.startsWith('named_') ? `unexpected argument ${key.slice('named_'.length)}` : `takes ${constants.length} constant arguments, got more`;
}

/** The value of an argument, coerced and checked; null for NULL, and `{ type, value }` for an argument of any type. */
function argumentValue(functionName: string, argument: NamedArgument, column: Column): unknown {
  const { columnType } = argument;
  const subject = `${functionName}: argument ${argument.name}`;
  if (columnType.any) return { type: { type: column.type }, value: column.get(0) };
  if (columnType.type.kind === 'union') return unionValue(column, columnType.type, subject);
  const value = column.get(0);
  if (value === null) return null;
  const coerced = coerceValue(value, column.type, columnType.type, subject);
  argument.check(coerced, subject);
  return coerced;
}

/** The arguments of a call by the keys under which they travel, `positional_<i>` and `named_<name>`; each a column of one row. */
export function givenArguments(batch: RecordBatch): Map<string, Column> {
  const position = batch.schema.indexOf('args');
  if (position < 0 || batch.numRows === 0) return new Map();
  const column = batch.column(position);
  if (column.type.kind !== 'struct') throw new RpcError('the arguments are not a struct', { type: 'ProtocolError' });
  return new Map(column.type.fields.map(({ name }, index) => [name, column.children[index] as Column]));
}
