import { ArrowError } from '../../runtime/arrow/arrow-error.ts';
import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { Column } from '../../runtime/arrow/column.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, field, Schema } from '../../runtime/arrow/schema.ts';
import { type DataType, nullType } from '../../runtime/arrow/type.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import { type FunctionStability, FunctionType, newFunctionInfo, SchemaObjectType } from '../../generated/vgi/ts/index.ts';
import { argumentList, type ArgumentList, type Arguments, type ConstantValues, constantValues, type ScalarInputs } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { ColumnOutput, ColumnType } from '../declare/column-types.ts';
import type { DeclaredFunction } from '../call/declared-function.ts';
import { FunctionContext } from '../call/function-context.ts';
import { presentRows, withNulls, withoutAbsent } from './null-rows.ts';
import { naming } from '../call/named-error.ts';
import { plainValues } from './plain-values.ts';
import { functionNeeds, type NeedsOptions } from '../secrets/function-needs.ts';
import { type CacheControl, cacheMetadata } from '../table/cache-control.ts';

/** Marks a result whose type is known at bind only (vgi-protocol, column metadata). */
const decidedAtBind: ColumnType = { type: nullType, metadata: new Map([['vgi:any', 'true']]) };

/** What a scalar function sees beside its inputs. */
export class ScalarContext extends FunctionContext {
  /** The type of the result, as `returns` says. */
  readonly output: ColumnType;
  readonly #input: RecordBatch;
  readonly #list: ArgumentList;

  constructor(bind: BindCall, input: RecordBatch, list: ArgumentList, output: ColumnType) {
    super(bind);
    this.output = output;
    this.#input = input;
    this.#list = list;
  }

  /** Rows of this batch; the result has as many. */
  get rows(): number {
    return this.#input.numRows;
  }

  /** The Arrow columns of all column arguments in their order, those of `varargs` last. */
  get columns(): readonly Column[] {
    return this.#input.columns;
  }

  /** The Arrow column behind a column argument, for validity, or to pass it on without decoding. */
  readonly column = (name: string): Column => this.#input.column(this.#list.columns.findIndex((argument) => argument.name === name));
}

export interface ScalarFunctionOptions<A extends Arguments, R extends ColumnType> extends NeedsOptions<A> {
  readonly name: string;
  readonly description?: string;
  /** In the order in which a call gives them. A bare type is a column; see `constant` and `named`. */
  readonly arguments: A;
  /** The type of the result, or how it follows from the column arguments of a call. */
  readonly returns: R | ((columns: readonly Field[]) => R);
  /** `volatile` functions are called anew each time; default `consistent`: equal arguments, equal result. */
  readonly stability?: 'consistent' | 'volatile' | 'consistent_within_query';
  /**
   * `default`: a row with a NULL argument gives NULL; `evaluate` still sees such rows, with any value in place of the NULL.
   * `special`: columns with NULLs come as arrays with `null` in them, and the result stands as it is.
   * `passed`: the same, but a call with a constant NULL argument is NULL: DuckDB then does not ask.
   */
  readonly nulls?: 'default' | 'special' | 'passed';
  /** How long DuckDB may keep results for the same input, batch by batch or with `perValue` for each row; for functions that are `consistent`. */
  readonly cache?: CacheControl;
  /** Called once a batch, usually of up to 2,048 rows. */
  evaluate(inputs: ScalarInputs<A>, context: ScalarContext): MaybePromise<ColumnOutput<R> | Column>;
}

/** A declared scalar function, types of its arguments erased. */
export interface ScalarFunction extends DeclaredFunction {
  readonly kind: 'scalar';
}

/** Declares a scalar function: `SELECT catalog.name(column, ...)`. */
export function scalarFunction<const A extends Arguments, R extends ColumnType>(options: ScalarFunctionOptions<A, R>): ScalarFunction {
  const { name } = options;
  const list = argumentList(options.arguments, 'column');
  const seesNulls = options.nulls === 'special' || options.nulls === 'passed';
  const { returns } = options;
  const metadata = options.cache && new Map(cacheMetadata(options.cache));
  const resultSchema = ({ type, metadata }: ColumnType): Schema => new Schema([field('result', type, true, metadata)]);
  const output = (input: Schema | undefined): Schema =>
    resultSchema(typeof returns === 'function' ? returns(input?.fields ?? []) : returns);
  const evaluate = options.evaluate as (inputs: Record<string, unknown>, context: ScalarContext) => MaybePromise<Column | readonly unknown[]>;

  /** The function with its constants fixed, as a map of batches. */
  const prepare = (bind: BindCall): ((input: RecordBatch) => MaybePromise<RecordBatch>) => {
    const fixed = constantValues(name, list, bind.arguments);
    const valuesOf = (column: Column): unknown => (seesNulls ? column.values() : plainValues(column));
    let schema: Schema | undefined;
    return (input) => {
      const inputs: Record<string, unknown> = { ...fixed };
      list.columns.forEach((argument, index) => {
        inputs[argument.name] = valuesOf(input.column(index));
      });
      if (list.varargs) inputs[list.varargs.name] = input.columns.slice(list.columns.length).map(valuesOf);
      const result = (schema ??= output(input.schema)).fields[0] as Field;
      const context = new ScalarContext(bind, input, list, result);
      const present = seesNulls ? undefined : presentRows(input);
      const finish = (values: Column | readonly unknown[]): RecordBatch => {
        if (typeof values !== 'object' || values === null) throw new RpcError(`${name}: returned ${String(values)} in place of a column`, { type: 'ValueError' });
        const column = values instanceof Column ? values : resultColumn(name, result.type, present && Array.isArray(values) ? withoutAbsent(values, present) : values);
        if (column.length !== input.numRows) {
          throw new RpcError(`${name}: returned ${column.length} values for ${input.numRows} rows`, { type: 'ValueError' });
        }
        const sent = singleEntry(present ? withNulls(column, present) : column);
        return RecordBatch.of(schema as Schema, [sent], { numRows: input.numRows, metadata });
      };
      const values = evaluate(inputs, context);
      return values instanceof Promise ? values.then(finish) : finish(values);
    };
  };

  const needs = functionNeeds(options, (call) => constantValues(name, list, call.arguments) as ConstantValues<A>);

  return {
    kind: 'scalar',
    objectType: SchemaObjectType.SCALAR_FUNCTION,
    name,
    description: options.description ?? '',
    arguments: list,
    info: (schemaPath) =>
      newFunctionInfo({
        name,
        schemaPath,
        functionType: FunctionType.SCALAR,
        arguments: new Schema(list.fields),
        outputSchema: resultSchema(typeof returns === 'function' ? decidedAtBind : returns),
        description: options.description ?? '',
        stability: (options.stability?.toUpperCase() ?? 'CONSISTENT') as FunctionStability,
        nullHandling: options.nulls === 'special' ? 'SPECIAL' : 'DEFAULT',
        ...needs.info,
      }),
    check(call) {
      constantValues(name, list, call.arguments);
      checkColumns(name, list, call.input);
    },
    ...(needs.secretLookups && { secretLookups: needs.secretLookups }),
    bind: (call) => ({ output: output(call.input) }),
    init(call) {
      const evaluateBatch = prepare(call.bind);
      return {
        kind: 'exchange',
        header: call.header({ maxWorkers: 1 }),
        output: call.request.outputSchema,
        stream: () => ({ state: undefined, exchange: (_, batch: RecordBatch) => naming(name, () => evaluateBatch(batch)) }),
      };
    },
  };
}

/** Columns arrive in order under names of the client's choice, in the declared types: DuckDB casts to them. */
export function checkColumns(name: string, { columns, varargs }: ArgumentList, input: Schema | undefined): void {
  const got = input?.fields ?? [];
  const least = columns.length + (varargs?.atLeast ?? 0);
  if (varargs ? got.length < least : got.length !== least) {
    throw new RpcError(`${name} takes ${varargs ? 'at least ' : ''}${least} column arguments, got ${got.length}`, { type: 'ValueError' });
  }
  for (const [index, { type }] of got.entries()) {
    const argument = columns[index] ?? varargs;
    if (argument && !argument.columnType.any && !typeEquals(type, argument.columnType.type)) {
      throw new RpcError(`${name}: argument ${argument.name} takes ${typeName(argument.columnType.type)}, got ${typeName(type)}`, { type: 'TypeError' });
    }
  }
}

/** Throws an RpcError that names the function for a value that the type of the result cannot hold. */
function resultColumn(name: string, type: DataType, values: readonly unknown[]): Column {
  try {
    return columnFrom(type, values, 'result');
  } catch (error) {
    if (!(error instanceof ArrowError)) throw error;
    throw new RpcError(`${name}: ${error.message}`, { type: 'ValueError', cause: error });
  }
}

/**
 * Of a dictionary column with one row DuckDB takes the first entry of the dictionary, whatever the index says (observed with the extension
 * of 2.0.0): the entry meant is made the only one.
 */
function singleEntry(column: Column): Column {
  return column.type.kind === 'dictionary' && column.length === 1 ? columnFrom(column.type, column.values()) : column;
}
