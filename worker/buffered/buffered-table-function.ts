import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { MaybePromise, ServerStream } from '../../runtime/rpc/stream.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import { FunctionType, type GlobalInitResponse, TableInOutFunctionInitPhase } from '../../generated/vgi/ts/index.ts';
import type { Arguments, ConstantValues } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { DeclaredFunction } from '../call/declared-function.ts';
import type { InitCall } from '../call/init-call.ts';
import type { Columns } from '../table/scan-batches.ts';
import type { Cardinality } from '../table/table-function-options.ts';
import { namedError } from '../call/named-error.ts';
import type { GivenBatches } from '../table-in-out/given-rows.ts';
import type { FilterOptions, InputFunctionOptions } from '../table-in-out/input-bind.ts';
import { inputFunction } from '../table-in-out/input-function.ts';
import { InputTable, type TableInputs } from '../table-in-out/input-table.ts';
import { BufferingContext, type FinalizeContext } from './buffering-context.ts';
import { finalizeStream, inputStream } from './buffering-streams.ts';

/** Names a state, or a part of the result: bytes, or text for them. */
export type StateId = Uint8Array | string;

/** `A` are the arguments, `C` the columns. */
export interface BufferedTableFunctionOptions<A extends Arguments, C extends Columns> extends InputFunctionOptions<A, C>, FilterOptions {
  /** In the order in which a call gives them: one `tableInput()`, constants, `named` ones. */
  readonly arguments: A;
  /**
   * How input arrives. `any`, the default: from several threads at once. `source`: on one thread, in the order of the source. `index`: from
   * several threads, each batch with its place in `context.batchIndex`.
   */
  readonly inputOrder?: 'any' | 'source' | 'index';
  /** `combined` reads the parts of the result one after the other, as `combine` gave them; by default they are read at the same time. */
  readonly outputOrder?: 'any' | 'combined';
  /**
   * Takes one batch and keeps what is needed of it in `context.storage`: the next call may run in another process. Answers the state that has
   * it now; by default all of the execution is one state.
   */
  process(inputs: TableInputs<A>, context: BufferingContext): MaybePromise<StateId | void>;
  /**
   * Runs once after all input, also if there was none, with what `process` answered, each state once. Gives the parts in which the result is
   * read. By default these are the states, and one part for the execution if there are none.
   */
  combine?(args: ConstantValues<A>, context: BufferingContext & { readonly stateIds: readonly Uint8Array[] }): MaybePromise<readonly StateId[] | void>;
  /** The batches of one part of the result, `context.finalizeId`. */
  finalize(args: ConstantValues<A>, context: FinalizeContext): GivenBatches<C>;
  /** Runs once for each part that DuckDB stops reading early, for LIMIT or Ctrl-C; what it throws is swallowed. */
  onCancel?(args: ConstantValues<A>, context: FinalizeContext): MaybePromise<void>;
}

/** A declared function that sees all its input before it gives rows, types of its arguments and columns erased. */
export interface BufferedTableFunction extends DeclaredFunction {
  readonly kind: 'buffered';
  cardinality(call: BindCall): Cardinality;
  /** Takes a batch; gives the id of the state that has it. */
  process(call: InitCall, storage: ScopedStorage, input: RecordBatch, batchIndex: bigint | undefined): Promise<Uint8Array>;
  /** Gives the ids of the parts of the result. @param stateIds each once */
  combine(call: InitCall, storage: ScopedStorage, stateIds: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
}

/** Declares a function that needs all rows of a table before it gives the first: `SELECT * FROM catalog.name((SELECT ...), arguments)`. */
export function bufferedTableFunction<const A extends Arguments, const C extends Columns = Columns>(options: BufferedTableFunctionOptions<A, C>): BufferedTableFunction {
  const { name, inputOrder = 'any' } = options;
  const { declared, table, values } = inputFunction(options, {
    functionType: FunctionType.TABLE_BUFFERING,
    hasFinalize: true,
    sinkOrderDependent: inputOrder === 'source',
    requiresInputBatchIndex: inputOrder === 'index',
    sourceOrderDependent: options.outputOrder === 'combined',
  });

  return {
    kind: 'buffered',
    ...declared,
    init(call): MaybePromise<ServerStream<GlobalInitResponse>> {
      if (call.request.phase !== TableInOutFunctionInitPhase.TABLE_BUFFERING_FINALIZE) return inputStream(call);
      const args = values(call.bind);
      return finalizeStream({
        name,
        call,
        applyFilters: options.filters === 'auto',
        finalize: (context) => options.finalize(args, context),
        onCancel: (context) => options.onCancel?.(args, context),
      });
    },
    async process(call, storage, input, batchIndex) {
      const inputs = { ...values(call.bind), [table.name]: new InputTable(input) } as unknown as TableInputs<A>;
      try {
        return idBytes((await options.process(inputs, new BufferingContext(call, storage, batchIndex))) ?? call.executionId);
      } catch (error) {
        throw namedError(name, error);
      }
    },
    async combine(call, storage, stateIds) {
      const context = Object.assign(new BufferingContext(call, storage), { stateIds });
      try {
        const parts = await options.combine?.(values(call.bind), context);
        return parts ? parts.map(idBytes) : stateIds.length > 0 ? stateIds : [call.executionId];
      } catch (error) {
        throw namedError(name, error);
      }
    },
  };
}

const idBytes = (id: StateId): Uint8Array => (typeof id === 'string' ? Buffer.from(id) : id);
