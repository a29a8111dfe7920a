import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { Schema } from '../../runtime/arrow/schema.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import type { ScopedStorage } from '../../storage/scoped-storage.ts';
import { type FunctionInfo, FunctionType, newFunctionInfo, SchemaObjectType, type TableFunctionDynamicToStringResponse, type TableFunctionPlanResponse } from '../../generated/vgi/ts/index.ts';
import { argumentList, type Arguments, type ConstantValues, constantValues } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { DeclaredFunction } from '../call/declared-function.ts';
import { filterCapabilities } from '../filters/filter-capabilities.ts';
import { FunctionContext } from '../call/function-context.ts';
import { naming } from '../call/named-error.ts';
import type { Columns } from './scan-batches.ts';
import { functionNeeds } from '../secrets/function-needs.ts';
import { boundCall, type BoundCall } from './bound-call.ts';
import { columnsSchema } from './column-fields.ts';
import { type ColumnStatistics, columnStatistics } from './column-statistics.ts';
import { planSplits, type SplitsCall } from './plan-splits.ts';
import { startScan } from './start-scan.ts';
import type { Cardinality, TableFunctionOptions } from './table-function-options.ts';

export type { Cardinality, TableFunctionOptions };

/** A declared table function, types of its arguments and columns erased. */
export interface TableFunction extends DeclaredFunction {
  readonly kind: 'table';
  /** None if they are decided at bind. */
  readonly columns: Schema;
  cardinality(call: BindCall): Cardinality;
  /** The cardinality of a call with these arguments, without a call. */
  cardinalityOf(args: RecordBatch): Cardinality;
  statistics(call: BindCall): MaybePromise<RecordBatch | undefined>;
  /** The parts of a scan, for those who share it out themselves. */
  plan(call: SplitsCall): MaybePromise<TableFunctionPlanResponse>;
  /** What EXPLAIN ANALYZE shows of an execution that is over. */
  dynamicToString(call: BindCall, storage: () => Promise<ScopedStorage>): MaybePromise<TableFunctionDynamicToStringResponse>;
}

const partitionKinds = { single: 'SINGLE_VALUE_PARTITIONS', disjoint: 'DISJOINT_PARTITIONS', overlapping: 'OVERLAPPING_PARTITIONS' } as const;
const orders = { preserved: 'PRESERVES_ORDER', none: 'NO_ORDER_GUARANTEE', fixed: 'FIXED_ORDER' } as const;

/** Declares a table function: `SELECT * FROM catalog.name(arguments)`. */
export function tableFunction<const A extends Arguments = Record<never, never>, const C extends Columns = Columns, B = undefined, I = undefined, S = undefined>(
  options: TableFunctionOptions<A, C, B, I, S>,
): TableFunction {
  const { name } = options;
  const list = argumentList(options.arguments ?? {}, 'constant');
  const columns = options.columns ? columnsSchema(options.columns) : new Schema([]);
  const values = (args: RecordBatch): ConstantValues<A> => constantValues(name, list, args) as ConstantValues<A>;
  const cardinalityOf = (args: RecordBatch): Cardinality => options.cardinality?.(values(args)) ?? {};
  const needs = functionNeeds(options, (call) => values(call.arguments));
  const bindOf = (call: BindCall): MaybePromise<BoundCall<B>> => 
    naming(name, () => boundCall(name, columns, options.bind?.(values(call.arguments), new FunctionContext(call))));
  checkOptions(options);

  return {
    kind: 'table',
    objectType: SchemaObjectType.TABLE_FUNCTION,
    name,
    description: options.description ?? '',
    arguments: list,
    columns,
    info: (schemaPath) => newFunctionInfo({ ...tableFunctionInfo(options), name, functionType: FunctionType.TABLE, schemaPath, arguments: new Schema(list.fields), outputSchema: columns, ...needs.info }),
    check: (call) => void values(call.arguments),
    ...(needs.secretLookups && { secretLookups: needs.secretLookups }),
    bind: bindOf,
    cardinality: (call) => cardinalityOf(call.arguments),
    cardinalityOf,
    statistics(call) {
      if (!options.statistics) return undefined;
      const answered = naming(name, () => options.statistics?.(values(call.arguments), new FunctionContext(call)));
      const encoded = (known: Readonly<Record<string, ColumnStatistics | undefined>> | undefined): RecordBatch | undefined => known && columnStatistics(name, columns, known);
      return answered instanceof Promise ? answered.then(encoded) : encoded(answered);
    },
    plan: (call) => naming(name, () => planSplits(options, values(call.bind.arguments), bindOf, call)),
    async dynamicToString(call, executionStorage) {
      const texts = (await options.dynamicToString?.(values(call.arguments), { executionStorage })) ?? {};
      return { keys: Object.keys(texts), values: Object.values(texts).map(String) };
    },
    init: (call) => naming(name, () => startScan(options, values(call.bind.arguments), bindOf, call)),
  };
}

function tableFunctionInfo<A extends Arguments, C extends Columns, B, I, S>(options: TableFunctionOptions<A, C, B, I, S>): Partial<FunctionInfo> {
  return {
    description: options.description ?? '',
    comment: options.comment,
    tags: new Map(Object.entries(options.tags ?? {})),
    categories: options.categories ?? [],
    examples: options.examples ?? [],
    projectionPushdown: options.projection ?? true,
    samplingPushdown: options.sampling ?? false,
    lateMaterialization: options.lateMaterialization ?? false,
    ...(options.order && { orderPreservation: orders[options.order] }),
    ...(options.maxWorkers !== undefined && { maxWorkers: options.maxWorkers }),
    supportsSplits: options.splits ?? false,
    supportsBatchIndex: options.batchIndex ?? false,
    ...(options.partitions && { partitionKind: partitionKinds[options.partitions] }),
    ...(options.filters && filterCapabilities(options.filters)),
  };
}

/** Mistakes that types cannot show; they would otherwise come up in the middle of a query. */
function checkOptions<A extends Arguments, C extends Columns, B, I, S>(options: TableFunctionOptions<A, C, B, I, S>): void {
  const problem = (text: string): Error => new Error(`${options.name}: ${text}`);
  if (!options.columns && !options.bind) throw problem('declare `columns`, or a `bind` that decides them');
  if (!options.scan === !options.next) throw problem('declare either `scan`, or `start` and `next`');
  if (options.maxWorkers !== undefined && options.maxWorkers > 1 && !options.plan) throw problem('`maxWorkers` needs a `plan`: otherwise every stream would give all rows');
  if (options.splits && !options.plan) throw problem('`splits` are the items of a `plan`');
  if (options.lateMaterialization && !options.filters) throw problem('`lateMaterialization` needs `filters`');
}
