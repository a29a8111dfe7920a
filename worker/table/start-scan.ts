import type { CallContext } from '../../runtime/rpc/call-context.ts';
import type { MaybePromise, ServerStream } from '../../runtime/rpc/stream.ts';
import type { GlobalInitResponse } from '../../generated/vgi/ts/index.ts';
import type { Arguments, ConstantValues } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import type { InitCall } from '../call/init-call.ts';
import { type Columns, ScanTurns } from './scan-batches.ts';
import { ScanContext } from './scan-context.ts';
import { planScan, type ScanPlan } from './scan-plan.ts';
import { scanRequest, type ScanRequest } from './scan-request.ts';
import { type BoundCall, boundState } from './bound-call.ts';
import type { CacheControl } from './cache-control.ts';
import { isPartitionColumn } from './partition-values.ts';
import { noWork, planWork, type Work } from './plan-work.ts';
import { type ResumableRows, ResumableScan } from './resumable-scan.ts';
import { iteratedRows, type ScanRows, steppedRows } from './scan-rows.ts';
import { ScanStream } from './scan-stream.ts';
import type { TableFunctionOptions } from './table-function-options.ts';
import type { WorkQueue } from './work-queue.ts';

/** Starts one stream of a scan. Stays synchronous where nothing has to be waited for. */
export function startScan<A extends Arguments, C extends Columns, B, I, S>(
  options: TableFunctionOptions<A, C, B, I, S>,
  args: ConstantValues<A>,
  bindOf: (call: BindCall) => MaybePromise<BoundCall<B>>,
  call: InitCall,
): MaybePromise<ServerStream<GlobalInitResponse>> {
  const { bindOpaqueData } = call.request;
  const start = (bound: B): MaybePromise<ServerStream<GlobalInitResponse>> => new Scan(options, args, bound, call).start();
  if (!options.bind) return start(undefined as B);
  if (bindOpaqueData) return start(boundState(bindOpaqueData) as B);
  // A client that was told the columns in advance has not bound the call.
  const bound = bindOf(call.bind);
  return bound instanceof Promise ? bound.then(({ state }) => start(state as B)) : start(bound.state as B);
}

/** One call of a table function on its way to a stream. */
class Scan<A extends Arguments, C extends Columns, B, I, S> {
  private readonly options: TableFunctionOptions<A, C, B, I, S>;
  private readonly args: ConstantValues<A>;
  private readonly bound: B;
  private readonly call: InitCall;
  private readonly request: ScanRequest;

  constructor(options: TableFunctionOptions<A, C, B, I, S>, args: ConstantValues<A>, bound: B, call: InitCall) {
    this.options = options;
    this.args = args;
    this.bound = bound;
    this.call = call;
    this.request = scanRequest(call.request);
  }

  start(): MaybePromise<ServerStream<GlobalInitResponse>> {
    const { options, args } = this;
    const plan = this.plan();
    const context = this.context(plan, undefined);
    const cache = typeof options.cache === 'function' ? options.cache(args, context) : options.cache;
    // In a stream that goes on here the work is what its state says.
    const work = options.plan && !this.call.call.resumed ? planWork(options, args, context, this.call) : noWork;
    if (!(cache instanceof Promise) && !(work instanceof Promise)) return this.stream(plan, cache, work);
    return Promise.all([cache, work]).then(([known, shared]) => this.stream(plan, known, shared));
  }

  private plan(): ScanPlan {
    const { schema } = this.request;
    const partitionColumns = this.options.partitions ? schema.fields.flatMap((each, index) => (isPartitionColumn(each) ? [index] : [])) : [];
    return planScan(this.request, this.options.filters === 'auto', this.call.call, partitionColumns);
  }

  private context<T>(plan: ScanPlan, item: T): ScanContext<B, T> {
    return new ScanContext(this.call, this.request, plan, this.bound, item);
  }

  private stream(plan: ScanPlan, cache: CacheControl | undefined, { queue, maxWorkers }: Work): ServerStream<GlobalInitResponse> {
    const header = this.call.header({ maxWorkers });
    const keeps = maxWorkers > 1 || !this.call.isPrimary;
    const first = this.rows(plan, cache, queue, this.call.call, keeps);
    // Over HTTP a scan whose progress is a state goes on in whatever process; elsewhere it stays in this one.
    if (!this.options.next || this.call.call.transport !== 'http') return { kind: 'producer', header, output: plan.output, stream: first.stream };
    const reopen = (call: CallContext, work: WorkQueue | undefined): ResumableRows<S> => this.rows(this.plan(), cache, work, call, keeps);
    return { kind: 'producer', header, output: plan.output, stream: new ResumableScan(first, reopen, this.call, this.options.plan ? queue : undefined) };
  }

  private rows(plan: ScanPlan, cache: CacheControl | undefined, work: WorkQueue | undefined, call: CallContext, keeps: boolean): ResumableRows<S> {
    const { options, args } = this;
    const { name, onCancel } = options;
    const turns = new ScanTurns(name, plan, call, {
      batchIndex: options.batchIndex ?? false,
      partitionFields: options.partitions ? plan.bound.fields.filter(isPartitionColumn) : [],
      cache,
    });
    let context: ScanContext<B, I> | undefined;
    let state: S | undefined;
    const step = (item: unknown, from: S): ScanRows<never> => {
      const current = (context ??= this.context(plan, item as I));
      state = from;
      return steppedRows(from, (of) => options.next?.(of, args, current)) as ScanRows<never>;
    };
    const open = (item: unknown): ScanRows<never> => {
      const current = (context = this.context(plan, item as I));
      return options.scan ? (iteratedRows(options.scan(args, current)) as ScanRows<never>) : step(item, options.start?.(args, current) as S);
    };
    const stream = new ScanStream({
      name,
      turns,
      open,
      work,
      call,
      onEnd: () => {
        // What several streams share is cleared by the last one.
        if (!context?.usesStorage || keeps || options.dynamicToString) return undefined;
        return this.call.executionStorage().then((storage) => storage.clear());
      },
      ...(onCancel && { onCancel: () => onCancel.call(options, args, context ?? this.context(plan, undefined), state) }),
    });
    return { stream, turns, filters: plan.filters, state: () => state, step };
  }
}
