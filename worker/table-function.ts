import type { RecordBatch } from '../runtime/arrow/record-batch.ts';
import { field, Schema } from '../runtime/arrow/schema.ts';
import type { CallContext } from '../runtime/rpc/call-context.ts';
import { argumentList, type ArgumentList, type Arguments, type ConstantValues, constantValues } from './arguments.ts';
import { type Columns, type ScanBatch, scanBatches } from './scan-batches.ts';
import type { ScanContext, ScanRequest } from './scan-context.ts';
import { planScan } from './scan-plan.ts';

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
  /**
   * Lets DuckDB leave conditions to the function. `auto`: they are applied to what the scan yields, and `context.columns` names what they
   * need too. `author`: the scan applies all that is required in `context.filters`. Without it DuckDB filters.
   */
  readonly filters?: 'auto' | 'author';
  /** Leaves TABLESAMPLE SYSTEM to the scan, see `context.sample`; DuckDB then samples no more. */
  readonly sampling?: boolean;
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
  readonly filters: 'auto' | 'author' | undefined;
  readonly sampling: boolean;
  cardinality(args: RecordBatch): Cardinality;
  /** Checks arguments and filters and starts a scan that gives the columns asked for. */
  scan(args: RecordBatch, request: ScanRequest, call: CallContext): AsyncIterable<RecordBatch> | Iterable<RecordBatch>;
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
    filters: options.filters,
    sampling: options.sampling ?? false,
    scan(args, request, call) {
      const plan = planScan(request, options.filters === 'auto', call);
      const context: ScanContext = {
        call,
        columns: plan.schema.fields.map((column) => column.name),
        filters: plan.filters,
        orderBy: request.orderBy,
        sample: request.sample,
        rowLimit: request.rowLimit,
        get signal() {
          return call.signal;
        },
      };
      return scanBatches(name, options.scan(values(args), context), plan, call);
    },
  };
}
