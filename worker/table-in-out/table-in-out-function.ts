import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import { FunctionType, TableInOutFunctionInitPhase } from '../../generated/vgi/ts/index.ts';
import type { Arguments, ConstantValues } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { DeclaredFunction } from '../call/declared-function.ts';
import { FunctionContext } from '../call/function-context.ts';
import type { Columns } from '../table/scan-batches.ts';
import type { CacheControl } from '../table/cache-control.ts';
import type { Cardinality } from '../table/table-function-options.ts';
import type { GivenBatch } from './given-batch.ts';
import type { GivenBatches } from './given-rows.ts';
import type { FilterOptions, InputFunctionOptions } from './input-bind.ts';
import { inputFunction } from './input-function.ts';
import { InputTable, type TableInputs } from './input-table.ts';
import type { MapContext } from './map-context.ts';
import { finalizeStream, mapStream } from './map-stream.ts';
import { SubstreamStates } from './substream-states.ts';

/** `A` are the arguments, `C` the columns, `S` the state of a substream. */
export interface TableInOutFunctionOptions<A extends Arguments, C extends Columns, S> extends InputFunctionOptions<A, C>, FilterOptions {
  /** In the order in which a call gives them: one `tableInput()`, constants, `named` ones. */
  readonly arguments: A;
  /** 1 runs all rows through one substream; otherwise each thread of the query has its own. */
  readonly maxWorkers?: 1;
  /** Tells DuckDB with each answer how long it may keep it for the same input batch; `batch(rows, { cache })` says it for one. */
  readonly cache?: CacheControl;
  /** The state that a substream begins with. It stays in this process as long as the substream lives. */
  state?(args: ConstantValues<A>, context: FunctionContext): S;
  /**
   * Rows for one batch of input, of any number; several batches, from a generator for instance, are put together. Nothing is known of
   * the rows that other substreams see.
   */
  map(inputs: TableInputs<A>, context: MapContext<S>): MaybePromise<GivenBatch<C>> | GivenBatches<C>;
  /** Rows that follow when the input of this substream is over. */
  finalize?(args: ConstantValues<A>, context: MapContext<S>): GivenBatches<C>;
  /** Runs once for each substream that DuckDB stops early, for LIMIT or Ctrl-C; what it throws is swallowed. */
  onCancel?(args: ConstantValues<A>, context: MapContext<S>): MaybePromise<void>;
}

/** A declared function from rows to rows, types of its arguments and columns erased. */
export interface TableInOutFunction extends DeclaredFunction {
  readonly kind: 'table_in_out';
  cardinality(call: BindCall): Cardinality;
}

/** Declares a function that maps a table, batch by batch: `SELECT * FROM catalog.name((SELECT ...), arguments)`. */
export function tableInOutFunction<const A extends Arguments, const C extends Columns = Columns, S = undefined>(options: TableInOutFunctionOptions<A, C, S>): TableInOutFunction {
  const { name, finalize } = options;
  const { declared, table, values } = inputFunction(options, {
    functionType: FunctionType.TABLE,
    hasFinalize: finalize !== undefined,
    ...(options.maxWorkers !== undefined && { maxWorkers: options.maxWorkers }),
  });
  const states = finalize ? new SubstreamStates<S>(name) : undefined;

  return {
    kind: 'table_in_out',
    ...declared,
    init(call) {
      const args = values(call.bind);
      const applyFilters = options.filters === 'auto';
      if (call.request.phase === TableInOutFunctionInitPhase.FINALIZE) {
        return finalizeStream<S>({ name, call, states, applyFilters, finalize: (context) => finalize?.call(options, args, context) ?? [], onCancel: (context) => options.onCancel?.(args, context) });
      }
      return mapStream<S>({
        name,
        call,
        states,
        applyFilters,
        cache: options.cache,
        tellsParents: false,
        state: () => options.state?.(args, new FunctionContext(call.bind)) as S,
        map: (batch: RecordBatch, context: MapContext<S>) => options.map({ ...args, [table.name]: new InputTable(batch) } as unknown as TableInputs<A>, context),
        onCancel: (context) => options.onCancel?.(args, context),
      });
    },
  };
}
