import type { MaybePromise, ServerStream } from '../../runtime/rpc/stream.ts';
import type { GlobalInitResponse } from '../../generated/vgi/ts/index.ts';
import type { Arguments, ConstantValues } from '../arguments.ts';
import type { BindCall } from '../bind-call.ts';
import type { InitCall } from '../init-call.ts';
import { type Columns, ScanTurns } from '../scan-batches.ts';
import { ScanContext } from '../scan-context.ts';
import { planScan, type ScanPlan } from '../scan-plan.ts';
import { scanRequest } from '../scan-request.ts';
import { type BoundCall, boundState } from './bound-call.ts';
import type { CacheControl } from './cache-control.ts';
import { splitItem } from './plan-splits.ts';
import { isPartitionColumn } from './partition-values.ts';
import { iteratedRows, type ScanRows, steppedRows } from './scan-rows.ts';
import { type ScanParts, ScanStream } from './scan-stream.ts';
import { splitPayload } from './split-token.ts';
import type { TableFunctionOptions } from './table-function-options.ts';
import { OwnWork, SharedWork, type WorkQueue } from './work-queue.ts';

type Options<A extends Arguments, C extends Columns, B, I, S> = TableFunctionOptions<A, C, B, I, S>;

/** The work of one stream, and how many streams there may be. */
interface Work {
  readonly queue: WorkQueue | undefined;
  readonly maxWorkers: number;
}

const noWork: Work = { queue: undefined, maxWorkers: 1 };

/** Starts one stream of a scan. Stays synchronous where nothing has to be waited for. */
export function startScan<A extends Arguments, C extends Columns, B, I, S>(
  options: Options<A, C, B, I, S>,
  args: ConstantValues<A>,
  bindOf: (call: BindCall) => MaybePromise<BoundCall<B>>,
  call: InitCall,
): MaybePromise<ServerStream<GlobalInitResponse>> {
  const request = scanRequest(call.request);
  const partitionColumns = options.partitions ? request.schema.fields.flatMap((each, index) => (isPartitionColumn(each) ? [index] : [])) : [];
  const plan = planScan(request, options.filters === 'auto', call.call, partitionColumns);
  const start = (bound: B): MaybePromise<ServerStream<GlobalInitResponse>> => {
    const contextFor = <T>(item: T): ScanContext<B, T> => new ScanContext(call, request, plan, bound, item);
    const cache = typeof options.cache === 'function' ? options.cache(args, contextFor(undefined)) : options.cache;
    const work = options.plan ? planWork(options, args, contextFor(undefined), call) : noWork;
    const stream = (known: CacheControl | undefined, shared: Work): ServerStream<GlobalInitResponse> =>
      scanStream(options, args, call, plan, contextFor, known, shared);
    if (cache instanceof Promise || work instanceof Promise) return Promise.all([cache, work]).then(([known, shared]) => stream(known, shared));
    return stream(cache, work);
  };
  const { bindOpaqueData } = call.request;
  if (!options.bind) return start(undefined as B);
  if (bindOpaqueData) return start(boundState(bindOpaqueData) as B);
  // A client that was told the columns in advance has not bound the call.
  const bound = bindOf(call.bind);
  return bound instanceof Promise ? bound.then(({ state }) => start(state as B)) : start(bound.state as B);
}

/** The first stream plans the work; it is stored only if others may take part. */
async function planWork<A extends Arguments, C extends Columns, B, I, S>(
  options: Options<A, C, B, I, S>,
  args: ConstantValues<A>,
  context: ScanContext<B, undefined>,
  call: InitCall,
): Promise<Work> {
  const shared = async (): Promise<SharedWork> => new SharedWork(await call.executionStorage({ reserved: true }), options.dynamicToString !== undefined);
  const { splitTokens } = call.request;
  if (splitTokens) {
    const subject = { bind: call.bind.request, catalogVersion: call.catalogVersion };
    return { queue: new OwnWork(splitTokens.map((token) => splitItem(splitPayload(subject, token)))), maxWorkers: 1 };
  }
  if (!call.isPrimary) return { queue: await (await shared()).begin(undefined), maxWorkers: 1 };
  const items = [...((await options.plan?.(args, context)) ?? [])];
  const maxWorkers = Math.max(1, Math.min(options.maxWorkers ?? items.length, items.length));
  return { queue: maxWorkers === 1 ? new OwnWork(items.map((item, index) => ({ index, item }))) : await (await shared()).begin(items), maxWorkers };
}

function scanStream<A extends Arguments, C extends Columns, B, I, S>(
  options: Options<A, C, B, I, S>,
  args: ConstantValues<A>,
  call: InitCall,
  plan: ScanPlan,
  contextFor: <T>(item: T) => ScanContext<B, T>,
  cache: CacheControl | undefined,
  { queue, maxWorkers }: Work,
): ServerStream<GlobalInitResponse> {
  const { name, onCancel } = options;
  const turns = new ScanTurns(name, plan, call.call, {
    batchIndex: options.batchIndex ?? false,
    partitionFields: options.partitions ? plan.bound.fields.filter(isPartitionColumn) : [],
    cache,
  });
  let context: ScanContext<B, I> | undefined;
  let state: S | undefined;
  const open = (item: unknown): ScanRows<never> => {
    const current = (context = contextFor(item as I));
    if (options.scan) return iteratedRows(options.scan(args, current)) as ScanRows<never>;
    const stepped = (state = options.start?.(args, current) as S);
    return steppedRows(stepped, (of) => options.next?.(of, args, current)) as ScanRows<never>;
  };
  const parts: ScanParts = {
    name,
    turns,
    open,
    work: queue,
    call: call.call,
    onEnd: () => {
      // What several streams share is cleared by the last one.
      if (!context?.usesStorage || maxWorkers > 1 || !call.isPrimary || options.dynamicToString) return undefined;
      return call.executionStorage().then((storage) => storage.clear());
    },
    ...(onCancel && { onCancel: () => onCancel.call(options, args, context ?? contextFor(undefined), state) }),
  };
  return { kind: 'producer', header: call.header({ maxWorkers }), output: plan.output, stream: new ScanStream(parts) };
}
