import type { Column } from '../runtime/arrow/column.ts';
import type { RecordBatch } from '../runtime/arrow/record-batch.ts';
import { type Field, field } from '../runtime/arrow/schema.ts';
import { RpcError } from '../runtime/rpc/errors.ts';
import type { ColumnType, ValueOf, ValuesOf } from './column-types.ts';
import { coerceValue } from './coerce-value.ts';

/** How an argument is passed. `column` gets a value a row (scalar functions), the others are constants known at bind. */
export type ArgumentKind = 'column' | 'constant' | 'named';

/** One declared argument. A bare column type is a `column` of a scalar function and a positional constant of a table function. */
export interface Argument<T extends ColumnType = ColumnType, Kind extends ArgumentKind = ArgumentKind> {
  readonly kind: Kind;
  readonly columnType: T;
  readonly doc?: string;
  /** Value of a named argument that the call leaves out. */
  readonly default?: ValueOf<T>;
}

export interface ArgumentOptions<T extends ColumnType> {
  readonly doc?: string;
  readonly default?: ValueOf<T>;
}

/** A positional argument that must be a constant: it is known at bind, one value for all rows. */
export function constant<T extends ColumnType>(columnType: T, options: { readonly doc?: string } = {}): Argument<T, 'constant'> {
  return { kind: 'constant', columnType, ...options };
}

/** An argument passed by name, `f(x, step := 2)`; required unless it has a default. */
export function named<T extends ColumnType>(columnType: T, options: ArgumentOptions<T> = {}): Argument<T, 'named'> {
  return { kind: 'named', columnType, ...options };
}

/** Declared arguments, in order. */
export type Arguments = Readonly<Record<string, ColumnType | Argument>>;

type TypeOf<A> = A extends Argument<infer T> ? T : A extends ColumnType ? A : never;

/** The values of constant arguments by name. */
export type ConstantValues<A extends Arguments> = { readonly [K in keyof A]: ValueOf<TypeOf<A[K]>> };

/** What a scalar function receives: columns, and single values for constant and named arguments. */
export type ScalarInputs<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T> ? ValueOf<T> : A[K] extends ColumnType ? ValuesOf<A[K]> : never;
};

/** Declared arguments in one form, with their places. */
export interface ArgumentList {
  readonly columns: readonly NamedArgument[];
  readonly constants: readonly NamedArgument[];
  readonly named: readonly NamedArgument[];
  /** Fields of `FunctionInfo.arguments`: positional ones first, then named ones. */
  readonly fields: readonly Field[];
}

export interface NamedArgument extends Argument {
  readonly name: string;
}

const isArgument = (value: ColumnType | Argument): value is Argument => 'kind' in value;

/** Brings declared arguments to one form; a bare column type becomes `bareKind`. */
export function argumentList(declared: Arguments, bareKind: 'column' | 'constant'): ArgumentList {
  const all = Object.entries(declared).map(([name, value]): NamedArgument =>
    isArgument(value) ? { name, ...value } : { name, kind: bareKind, columnType: value },
  );
  const positional = all.filter(({ kind }) => kind !== 'named');
  const namedOnes = all.filter(({ kind }) => kind === 'named');
  return {
    columns: all.filter(({ kind }) => kind === 'column'),
    constants: all.filter(({ kind }) => kind === 'constant'),
    named: namedOnes,
    fields: [...positional, ...namedOnes].map((argument) => argumentField(argument, bareKind)),
  };
}

/** The field that describes an argument to the client (vgi-semantics, section 9). */
function argumentField({ name, kind, columnType, doc, default: value }: NamedArgument, bareKind: 'column' | 'constant'): Field {
  const metadata = new Map<string, string>();
  if (kind === 'named') metadata.set('vgi_arg', 'named');
  if (kind === 'constant' && bareKind === 'column') metadata.set('vgi_const', 'true');
  if (doc !== undefined) metadata.set('vgi_doc', doc);
  if (value !== undefined) metadata.set('vgi_default', JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v)));
  return field(name, columnType.type, true, metadata);
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
    const value = column?.get(0) ?? null;
    if (column && value !== null) values[argument.name] = coerceValue(value, column.type, argument.columnType.type, `${functionName}: argument ${argument.name}`);
    else if (argument.default !== undefined) values[argument.name] = argument.default;
    else throw new RpcError(`${functionName}: argument ${argument.name} is ${column ? 'NULL' : 'missing'}`, { type: 'ValueError' });
  };
  list.constants.forEach((argument, index) => take(argument, `positional_${index}`));
  for (const argument of list.named) take(argument, `named_${argument.name}`);
  const [unknown] = given.keys();
  if (unknown !== undefined) throw new RpcError(`${functionName}: unexpected argument ${unknown.replace(/^named_/, '')}`, { type: 'ValueError' });
  return values;
}

function givenArguments(batch: RecordBatch): Map<string, Column> {
  const position = batch.schema.indexOf('args');
  if (position < 0 || batch.numRows === 0) return new Map();
  const column = batch.column(position);
  if (column.type.kind !== 'struct') throw new RpcError('the arguments are not a struct', { type: 'ProtocolError' });
  return new Map(column.type.fields.map(({ name }, index) => [name, column.children[index] as Column]));
}
