import { columnFrom } from '../runtime/arrow/column-builder.ts';
import { Column } from '../runtime/arrow/column.ts';
import { RecordBatch } from '../runtime/arrow/record-batch.ts';
import { type Field, field, Schema } from '../runtime/arrow/schema.ts';
import { nullType } from '../runtime/arrow/type.ts';
import { typeEquals } from '../runtime/arrow/type-equals.ts';
import { typeName } from '../runtime/arrow/type-name.ts';
import { RpcError } from '../runtime/rpc/errors.ts';
import type { MaybePromise } from '../runtime/rpc/stream.ts';
import { type FunctionStability, FunctionType, newFunctionInfo, SchemaObjectType } from '../generated/vgi/ts/index.ts';
import { argumentList, type ArgumentList, type Arguments, type ConstantValues, constantValues, type ScalarInputs } from './arguments.ts';
import type { BindCall } from './bind-call.ts';
import type { ColumnOutput, ColumnType } from './column-types.ts';
import type { DeclaredFunction } from './declared-function.ts';
import { FunctionContext } from './function-context.ts';
import { plainValues } from './plain-values.ts';
import { functionNeeds, type NeedsOptions } from './secrets/function-needs.ts';

/** Marks a result whose type is known at bind only (vgi-protocol, column metadata). */
const decidedAtBind: ColumnType = { type: nullType, metadata: new Map([['vgi:any', 'true']]) };

/** What a scalar function sees beside its inputs. */
export class ScalarContext extends FunctionContext {
  readonly #input: RecordBatch;
  readonly #list: ArgumentList;

  constructor(bind: BindCall, input: RecordBatch, list: ArgumentList) {
    super(bind);
    this.#input = input;
    this.#list = list;
  }

  /** Rows of this batch; the result has as many. */
  get rows(): number {
    return this.#input.numRows;
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
   * `special`: columns with NULLs come as arrays with `null` in them.
   */
  readonly nulls?: 'default' | 'special';
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
  const special = options.nulls === 'special';
  const { returns } = options;
  const resultSchema = ({ type, metadata }: ColumnType): Schema => new Schema([field('result', type, true, metadata)]);
  const output = (input: Schema | undefined): Schema =>
    resultSchema(typeof returns === 'function' ? returns(input?.fields ?? []) : returns);
  const evaluate = options.evaluate as (inputs: Record<string, unknown>, context: ScalarContext) => MaybePromise<Column | readonly unknown[]>;

  /** The function with its constants fixed, as a map of batches. */
  const prepare = (bind: BindCall): ((input: RecordBatch) => MaybePromise<RecordBatch>) => {
    const fixed = constantValues(name, list, bind.arguments);
    const valuesOf = (column: Column): unknown => (special ? column.values() : plainValues(column));
    let schema: Schema | undefined;
    return (input) => {
      const inputs: Record<string, unknown> = { ...fixed };
      list.columns.forEach((argument, index) => {
        inputs[argument.name] = valuesOf(input.column(index));
      });
      if (list.varargs) inputs[list.varargs.name] = input.columns.slice(list.columns.length).map(valuesOf);
      const resultType = ((schema ??= output(input.schema)).fields[0] as Field).type;
      const context = new ScalarContext(bind, input, list);
      const finish = (values: Column | readonly unknown[]): RecordBatch => {
        const result = values instanceof Column ? values : columnFrom(resultType, values);
        if (result.length !== input.numRows) {
          throw new RpcError(`${name}: returned ${result.length} values for ${input.numRows} rows`, { type: 'ValueError' });
        }
        const sent = singleEntry(special ? result : withNullsOf(result, input));
        return RecordBatch.of(schema as Schema, [sent], { numRows: input.numRows });
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
        nullHandling: special ? 'SPECIAL' : 'DEFAULT',
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
        stream: () => ({ state: undefined, exchange: (_, batch: RecordBatch) => evaluateBatch(batch) }),
      };
    },
  };
}

/** Columns arrive in order under names of the client's choice, in the declared types: DuckDB casts to them. */
export function checkColumns(name: string, { columns, varargs }: ArgumentList, input: Schema | undefined): void {
  const got = input?.fields ?? [];
  if (varargs ? got.length < columns.length : got.length !== columns.length) {
    throw new RpcError(`${name} takes ${varargs ? 'at least ' : ''}${columns.length} column arguments, got ${got.length}`, { type: 'ValueError' });
  }
  for (const [index, { type }] of got.entries()) {
    const argument = columns[index] ?? varargs;
    if (argument && !argument.columnType.any && !typeEquals(type, argument.columnType.type)) {
      throw new RpcError(`${name}: argument ${argument.name} takes ${typeName(argument.columnType.type)}, got ${typeName(type)}`, { type: 'TypeError' });
    }
  }
}

/** The result with NULL wherever an input is NULL, without touching its values. */
function withNullsOf(result: Column, input: RecordBatch): Column {
  let mask: Uint8Array | undefined;
  for (const { validity, nullCount } of input.columns) {
    if (!validity || nullCount === 0) continue;
    mask = mask ? and(mask, validity, result.length) : validity;
  }
  if (!mask || result.type.kind === 'null') return result;
  const validity = result.validity && result.nullCount > 0 ? and(mask, result.validity, result.length) : mask;
  return new Column({ ...result, validity, nullCount: result.length - countBits(validity, result.length) });
}

/**
 * Of a dictionary column with one row DuckDB takes the first entry of the dictionary, whatever the index says (observed with the extension
 * of 2.0.0): the entry meant is made the only one.
 */
function singleEntry(column: Column): Column {
  return column.type.kind === 'dictionary' && column.length === 1 ? columnFrom(column.type, column.values()) : column;
}

function countBits(bits: Uint8Array, length: number): number {
  let count = 0;
  for (let row = 0; row < length; row++) count += ((bits[row >> 3] as number) >> (row & 7)) & 1;
  return count;
}

function and(left: Uint8Array, right: Uint8Array, rows: number): Uint8Array {
  const both = new Uint8Array((rows + 7) >> 3);
  for (let i = 0; i < both.length; i++) both[i] = (left[i] as number) & (right[i] as number);
  return both;
}
