import { columnFrom } from '../runtime/arrow/column-builder.ts';
import { Column } from '../runtime/arrow/column.ts';
import { RecordBatch } from '../runtime/arrow/record-batch.ts';
import { field, Schema } from '../runtime/arrow/schema.ts';
import type { CallContext } from '../runtime/rpc/call-context.ts';
import { RpcError } from '../runtime/rpc/errors.ts';
import { argumentList, type ArgumentList, type Arguments, type ConstantValues, constantValues } from './arguments.ts';
import type { ColumnOutput, ColumnType } from './column-types.ts';

/** What a scan sees beside its arguments. */
export interface ScanContext {
  readonly call: CallContext;
  /** Names of the columns that the query reads; others may be left out of what is yielded. */
  readonly columns: readonly string[];
  /** Aborted when DuckDB needs no more rows. */
  readonly signal: AbortSignal;
}

/** Columns as declared: by name, with their types. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** One batch of a scan. All columns given have the same length. */
export type ScanBatch<C extends Columns> = { readonly [K in keyof C]?: ColumnOutput<C[K]> | Column };

/** How many rows a scan is expected to give; `max` is a promise. */
export interface Cardinality {
  readonly estimate?: bigint;
  readonly max?: bigint;
}

export interface TableFunctionOptions<A extends Arguments, C extends Columns> {
  readonly name: string;
  readonly description?: string;
  /** In the order in which a call gives them; all are constants. See `named`. */
  readonly arguments?: A;
  readonly columns: C;
  readonly cardinality?: (args: ConstantValues<A>) => Cardinality;
  /** Yields batches until the table is done; 2,048 rows a batch is DuckDB's own size, larger ones cost less each. */
  scan(args: ConstantValues<A>, context: ScanContext): AsyncIterable<ScanBatch<C>> | Iterable<ScanBatch<C>>;
}

/** A declared table function, types of its arguments and columns erased. */
export interface TableFunction {
  readonly kind: 'table';
  readonly name: string;
  readonly description: string;
  readonly arguments: ArgumentList;
  readonly columns: Schema;
  cardinality(args: RecordBatch): Cardinality;
  /** Checks the arguments and starts a scan that gives the columns of `output`. */
  scan(args: RecordBatch, output: Schema, call: CallContext): AsyncIterable<RecordBatch> | Iterable<RecordBatch>;
  /** Throws an RpcError if the arguments do not fit. */
  check(args: RecordBatch): void;
}

/** Declares a table function: `SELECT * FROM catalog.name(arguments)`. */
export function tableFunction<const A extends Arguments = Record<never, never>, const C extends Columns = Columns>(
  options: TableFunctionOptions<A, C>,
): TableFunction {
  const { name } = options;
  const list = argumentList(options.arguments ?? {}, 'constant');
  const columns = new Schema(Object.entries(options.columns).map(([column, { type }]) => field(column, type, true)));
  const values = (args: RecordBatch): ConstantValues<A> => constantValues(name, list, args) as ConstantValues<A>;

  return {
    kind: 'table',
    name,
    description: options.description ?? '',
    arguments: list,
    columns,
    check: (args) => void values(args),
    cardinality: (args) => options.cardinality?.(values(args)) ?? {},
    scan(args, output, call) {
      const context: ScanContext = {
        call,
        columns: output.fields.map((column) => column.name),
        get signal() {
          return call.signal;
        },
      };
      const batches = options.scan(values(args), context);
      const toBatch = (batch: ScanBatch<Columns>): RecordBatch => scanBatch(name, batch, output);
      return Symbol.asyncIterator in batches ? mapAsync(batches, toBatch) : mapSync(batches as Iterable<ScanBatch<Columns>>, toBatch);
    },
  };
}

/** The columns that the query reads, out of what the scan gave. */
function scanBatch(name: string, given: ScanBatch<Columns>, output: Schema): RecordBatch {
  let numRows: number | undefined;
  const columns = output.fields.map((wanted) => {
    const values = given[wanted.name];
    if (values === undefined) throw new RpcError(`${name}: the scan gave no column "${wanted.name}"`, { type: 'ValueError' });
    const column = values instanceof Column ? values : columnFrom(wanted.type, values as readonly unknown[]);
    numRows ??= column.length;
    if (column.length !== numRows) {
      throw new RpcError(`${name}: column "${wanted.name}" has ${column.length} rows, the first one has ${numRows}`, { type: 'ValueError' });
    }
    return column;
  });
  return RecordBatch.of(output, columns, { numRows: numRows ?? 0 });
}

async function* mapAsync<T, R>(source: AsyncIterable<T>, map: (value: T) => R): AsyncGenerator<R> {
  for await (const value of source) yield map(value);
}

function* mapSync<T, R>(source: Iterable<T>, map: (value: T) => R): Generator<R> {
  for (const value of source) yield map(value);
}
