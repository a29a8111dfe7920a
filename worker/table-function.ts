import type { RecordBatch } from '../runtime/arrow/record-batch.ts';
import { field, Schema } from '../runtime/arrow/schema.ts';
import { FunctionType, newFunctionInfo, SchemaObjectType } from '../generated/vgi/ts/index.ts';
import { argumentList, type Arguments, type ConstantValues, constantValues } from './arguments.ts';
import type { BindCall } from './bind-call.ts';
import type { DeclaredFunction } from './declared-function.ts';
import { filterCapabilities } from './filters/filter-capabilities.ts';
import { type Columns, type ScanBatch, scanBatches } from './scan-batches.ts';
import { ScanContext } from './scan-context.ts';
import { planScan } from './scan-plan.ts';
import { scanRequest } from './scan-request.ts';
import { functionNeeds, type NeedsOptions } from './secrets/function-needs.ts';

/** How many rows a scan is expected to give; `max` is a promise. */
export interface Cardinality {
  readonly estimate?: bigint;
  readonly max?: bigint;
}

export interface TableFunctionOptions<A extends Arguments, C extends Columns> extends NeedsOptions<A> {
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
export interface TableFunction extends DeclaredFunction {
  readonly kind: 'table';
  readonly columns: Schema;
  cardinality(call: BindCall): Cardinality;
  /** The cardinality of a call with these arguments, without a call. */
  cardinalityOf(args: RecordBatch): Cardinality;
}

/** Declares a table function: `SELECT * FROM catalog.name(arguments)`. */
export function tableFunction<const A extends Arguments = Record<never, never>, const C extends Columns = Columns>(
  options: TableFunctionOptions<A, C>,
): TableFunction {
  const { name } = options;
  const list = argumentList(options.arguments ?? {}, 'constant');
  const columns = new Schema(Object.entries(options.columns).map(([column, { type }]) => field(column, type, true)));
  const values = (args: RecordBatch): ConstantValues<A> => constantValues(name, list, args) as ConstantValues<A>;

  const cardinalityOf = (args: RecordBatch): Cardinality => options.cardinality?.(values(args)) ?? {};

  const needs = functionNeeds(options, (call) => values(call.arguments));

  return {
    kind: 'table',
    objectType: SchemaObjectType.TABLE_FUNCTION,
    name,
    description: options.description ?? '',
    arguments: list,
    columns,
    info: (schemaPath) =>
      newFunctionInfo({
        name,
        schemaPath,
        functionType: FunctionType.TABLE,
        arguments: new Schema(list.fields),
        outputSchema: columns,
        description: options.description ?? '',
        projectionPushdown: true,
        samplingPushdown: options.sampling ?? false,
        ...(options.filters && filterCapabilities(options.filters)),
        ...needs.info,
      }),
    check: (call) => void values(call.arguments),
    ...(needs.secretLookups && { secretLookups: needs.secretLookups }),
    bind: () => ({ output: columns }),
    cardinality: (call) => cardinalityOf(call.arguments),
    cardinalityOf,
    init(call) {
      const request = scanRequest(call.request);
      const plan = planScan(request, options.filters === 'auto', call.call);
      const context = new ScanContext(call.bind, request, plan);
      return {
        kind: 'producer',
        header: call.header({ maxWorkers: 1 }),
        output: plan.output,
        stream: scanBatches(name, options.scan(values(call.bind.arguments), context), plan, call.call),
      };
    },
  };
}
