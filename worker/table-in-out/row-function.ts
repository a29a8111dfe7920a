import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { Schema } from '../../runtime/arrow/schema.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import { FunctionType, newFunctionInfo, SchemaObjectType } from '../../generated/vgi/ts/index.ts';
import { type Argument, argumentList, type Arguments, type ConstantValues, constantValues } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { ColumnType, ValueOf, ValuesOf } from '../declare/column-types.ts';
import { checkColumns } from '../scalar/scalar-function.ts';
import type { Columns, ScanBatch } from '../table/scan-batches.ts';
import { functionNeeds } from '../secrets/function-needs.ts';
import type { CacheControl } from '../table/cache-control.ts';
import type { ScanOutput } from '../table/scan-output.ts';
import type { GivenRows } from './given-batch.ts';
import { boundInput, type InputFunctionOptions, inputFunctionInfo } from './input-bind.ts';
import type { MapContext } from './map-context.ts';
import { mapStream } from './map-stream.ts';
import { type ParentedRows, withParents } from './parent-rows.ts';
import type { TableInOutFunction } from './table-in-out-function.ts';

type InputValues<T extends ColumnType> = ValuesOf<T> | readonly (ValueOf<T> | null)[];

/** What a row function gets for a batch: columns, typed arrays where nothing is NULL, and single values for named arguments. */
export type RowInputs<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T, infer Kind> ? (Kind extends 'varargs' ? readonly InputValues<T>[] : ValueOf<T>) : A[K] extends ColumnType ? InputValues<A[K]> : never;
};

/** What a row function gets for one row. */
export type RowInput<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T, infer Kind> ? (Kind extends 'varargs' ? readonly (ValueOf<T> | null)[] : ValueOf<T>) : A[K] extends ColumnType ? ValueOf<A[K]> | null : never;
};

/** One row of a result. */
export type OutputRow<C extends Columns> = { readonly [K in keyof C]: ValueOf<C[K]> | null };

/** Rows for a batch: one for each input row in order, or `withParents(columns, parents)`; either in `batch(rows, options)`. */
export type RowsGiven<C extends Columns> = GivenRows<C> | ParentedRows<ScanBatch<C>> | ScanOutput<GivenRows<C> | ParentedRows<ScanBatch<C>>>;

/** `A` are the arguments, `C` the columns. */
export interface RowFunctionOptions<A extends Arguments, C extends Columns> extends InputFunctionOptions<A, C> {
  /** Bare types and `varargs` are input columns; others are `named`. */
  readonly arguments: A;
  /** Tells DuckDB with each answer how long it may keep it for the same input; `perValue` for each distinct input row. */
  readonly cache?: CacheControl;
  /** Rows for one batch. Either this or `each`. */
  map?(inputs: RowInputs<A>, context: MapContext): MaybePromise<RowsGiven<C>>;
  /** Rows for one input row, none or any number. A generator as a rule. */
  each?(row: RowInput<A>, context: MapContext): Iterable<OutputRow<C>>;
}

/**
 * Declares a function whose positional arguments are its input columns, so that it is called like `unnest`: with constants, with columns
 * (`FROM t, catalog.name(t.x)`) or in a LATERAL join.
 */
export function rowFunction<const A extends Arguments, const C extends Columns = Columns>(options: RowFunctionOptions<A, C>): TableInOutFunction {
  const { name } = options;
  const list = argumentList(options.arguments, 'column');
  if (list.constants.length > 0 || list.table) throw new Error(`${name}: arguments of a row function are columns, varargs or named`);
  if (!options.map === !options.each) throw new Error(`${name}: declare either \`map\` or \`each\``);
  const values = (call: BindCall): ConstantValues<A> => constantValues(name, list, call.arguments) as ConstantValues<A>;
  const needs = functionNeeds(options, values);
  const info = inputFunctionInfo(options);
  const names = list.columns.map((argument) => argument.name);

  const inputsOf = (args: ConstantValues<A>, batch: RecordBatch): Record<string, unknown> => {
    const inputs: Record<string, unknown> = { ...args };
    names.forEach((argument, index) => {
      inputs[argument] = batch.column(index).values();
    });
    if (list.varargs) inputs[list.varargs.name] = batch.columns.slice(names.length).map((column) => column.values());
    return inputs;
  };

  return {
    kind: 'table_in_out',
    objectType: SchemaObjectType.TABLE_FUNCTION,
    name,
    description: options.description ?? '',
    arguments: list,
    info: (schemaPath) => newFunctionInfo({ ...info, schemaPath, functionType: FunctionType.TABLE, arguments: new Schema(list.fields), inputFromArgs: true, ...needs.info }),
    check(call) {
      values(call);
      checkColumns(name, list, call.input);
    },
    ...(needs.secretLookups && { secretLookups: needs.secretLookups }),
    bind: (call) => boundInput(options, values(call), call),
    cardinality: (call) => options.cardinality?.(values(call)) ?? {},
    init(call) {
      const args = values(call.bind);
      return mapStream<undefined>({
        name,
        call,
        states: undefined,
        applyFilters: false,
        cache: options.cache,
        tellsParents: true,
        state: () => undefined,
        map(batch, context) {
          const inputs = inputsOf(args, batch);
          if (options.map) return options.map(inputs as RowInputs<A>, context);
          return rowByRow(context.columns, inputs, list.varargs?.name, names, batch.numRows, (row) => options.each?.(row as RowInput<A>, context) ?? []);
        },
        onCancel: () => {},
      });
    },
  };
}

/** Calls a function of one row for all rows of a batch and keeps in mind where its rows came from. */
function rowByRow(
  columns: readonly string[],
  inputs: Readonly<Record<string, unknown>>,
  varargs: string | undefined,
  names: readonly string[],
  rows: number,
  each: (row: Readonly<Record<string, unknown>>) => Iterable<Readonly<Record<string, unknown>>>,
): ParentedRows {
  const given: Record<string, unknown[]> = Object.fromEntries(columns.map((column) => [column, []]));
  const parents: number[] = [];
  for (let row = 0; row < rows; row++) {
    const input: Record<string, unknown> = { ...inputs };
    for (const name of names) input[name] = (inputs[name] as ArrayLike<unknown>)[row];
    if (varargs !== undefined) input[varargs] = (inputs[varargs] as readonly ArrayLike<unknown>[]).map((column) => column[row]);
    for (const output of each(input)) {
      for (const column of columns) (given[column] as unknown[]).push(output[column] ?? null);
      parents.push(row);
    }
  }
  return withParents(given as ScanBatch<Columns>, parents);
}
