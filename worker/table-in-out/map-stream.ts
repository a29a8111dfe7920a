import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import type { MaybePromise, ServerStream } from '../../runtime/rpc/stream.ts';
import type { GlobalInitResponse } from '../../generated/vgi/ts/index.ts';
import type { InitCall } from '../call/init-call.ts';
import type { Columns, SentBatch } from '../table/scan-batches.ts';
import { planScan } from '../table/scan-plan.ts';
import { scanRequest } from '../table/scan-request.ts';
import type { CacheControl } from '../table/cache-control.ts';
import { namedError } from '../call/named-error.ts';
import type { GivenBatches } from './given-rows.ts';
import { MapAnswers, type MapGiven } from './map-answers.ts';
import { MapContext } from './map-context.ts';
import { resultRows } from './result-rows.ts';
import type { StateHolder, SubstreamStates } from './substream-states.ts';

/** What both streams of a substream are made of. */
interface SubstreamParts<S> {
  readonly name: string;
  readonly call: InitCall;
  /** Where states wait for `finalize`; absent without one. */
  readonly states: SubstreamStates<S> | undefined;
  readonly applyFilters: boolean;
  onCancel(context: MapContext<S>): MaybePromise<void>;
}

export interface MapParts<S> extends SubstreamParts<S> {
  readonly cache: CacheControl | undefined;
  /** Rows are one for each input row, or tell which they are from. */
  readonly tellsParents: boolean;
  state(): S;
  map(batch: RecordBatch, context: MapContext<S>): MaybePromise<MapGiven> | AsyncIterable<MapGiven> | Iterable<MapGiven>;
}

/** Substreams are independent executions: nothing is to be shared out among streams. */
const MAX_WORKERS = 1;

/** The stream of a substream's input: one answer for each batch. */
export function mapStream<S>(parts: MapParts<S>): ServerStream<GlobalInitResponse> {
  const { name, call, states } = parts;
  const request = scanRequest(call.request);
  const plan = planScan(request, parts.applyFilters, call.call);
  const answers = new MapAnswers(name, plan, parts);
  const holder: StateHolder<S> = { value: call.call.resumed ? (undefined as S) : parts.state(), executionId: call.executionId };
  if (!call.call.resumed) states?.keep(call, holder);
  const context = new MapContext(call, request, plan, holder);

  const answer = (batch: RecordBatch): MaybePromise<SentBatch> => {
    const given = parts.map(batch, context);
    if (typeof given !== 'object' || given === null) throw new Error(`gave ${given === undefined ? 'nothing' : String(given)} for a batch; give columns, without rows if there are none`);
    if (isIterable(given)) return collected(given, (all) => answers.many(all, batch.numRows));
    return given instanceof Promise ? given.then((settled) => answers.one(settled, batch.numRows)) : answers.one(given, batch.numRows);
  };
  let hasFailed = false;
  const failed = (error: unknown): MaybePromise<never> => {
    hasFailed = true;
    const told = namedError(name, error);
    const dropped = states?.drop(call);
    if (!(dropped instanceof Promise)) throw told;
    return dropped.then(() => {
      throw told;
    });
  };
  const done = (sent: SentBatch, of: StateHolder<S>): MaybePromise<SentBatch> => {
    of.usesStorage ||= context.usesStorage;
    const stored = states?.used(call, of);
    return stored instanceof Promise ? stored.then(() => sent) : sent;
  };
  return {
    kind: 'exchange',
    header: call.header({ maxWorkers: MAX_WORKERS }),
    output: plan.output,
    stream: () => ({
      state: holder,
      exchange(current: StateHolder<S>, batch: RecordBatch): MaybePromise<SentBatch> {
        call.executionId = current.executionId;
        MapContext.turn(context, current, batch);
        try {
          const sent = answer(batch);
          return sent instanceof Promise ? sent.then((settled) => done(settled, current)).catch(failed) : done(sent, current);
        } catch (error) {
          return failed(error);
        }
      },
      async onCancel(current: StateHolder<S>) {
        call.executionId = current.executionId;
        MapContext.turn(context, current, undefined);
        await states?.drop(call);
        try {
          await parts.onCancel(context);
        } finally {
          await clearUsed(call, current.usesStorage || context.usesStorage);
        }
      },
      // What the input left is there for `finalize`.
      onClose: (current: StateHolder<S>) => (states && !hasFailed ? undefined : clearUsed(call, current.usesStorage || context.usesStorage)),
    }),
  };
}

function clearUsed(call: InitCall, used: boolean | undefined): Promise<void> | undefined {
  return used ? call.executionStorage().then((storage) => storage.clear()) : undefined;
}

export interface FinalizeParts<S> extends SubstreamParts<S> {
  finalize(context: MapContext<S>): GivenBatches<Columns>;
}

/** The stream of the rows that follow a substream's input. */
export async function finalizeStream<S>({ name, call, states, applyFilters, finalize, onCancel }: FinalizeParts<S>): Promise<ServerStream<GlobalInitResponse>> {
  const request = scanRequest(call.request);
  const plan = planScan(request, applyFilters, call.call);
  const holder = (await states?.take(call)) ?? { value: undefined as S, executionId: call.executionId };
  const context = new MapContext(call, request, plan, holder);
  return resultRows({
    name,
    call,
    plan,
    maxWorkers: MAX_WORKERS,
    rows: () => finalize(context),
    onCancel: () => onCancel(context),
    onEnd: () => clearUsed(call, holder.usesStorage || context.usesStorage),
  });
}

function isIterable(given: object): given is AsyncIterable<MapGiven> | Iterable<MapGiven> {
  return Symbol.asyncIterator in given || Symbol.iterator in given;
}

function collected(given: AsyncIterable<MapGiven> | Iterable<MapGiven>, join: (all: readonly MapGiven[]) => SentBatch): MaybePromise<SentBatch> {
  if (Symbol.asyncIterator in given) return collectedLater(given).then(join);
  return join([...given]);
}

async function collectedLater(given: AsyncIterable<MapGiven>): Promise<MapGiven[]> {
  const all: MapGiven[] = [];
  for await (const each of given) all.push(each);
  return all;
}
