import { type CallContext, field, int64, RecordBatch, Schema } from 'vgi-gen/runtime/v1';
import type * as p from '../generated/conformance/ts/index.ts';
import type { CancelProbe } from './cancel-probe.ts';
import { cancellableExchange, cancellableProducer } from './cancellable-streams.ts';
import { EchoMethods } from './echo-methods.ts';
import { accumulated, constantRows, describedInput, echoed, failingOn, perTurn, scaled } from './exchanges.ts';
import { annotatedBatches, countedBatches, describedTicks, dynamicColumns, failingAfter } from './producers.ts';
import { runtimeError, typeError, valueError } from './python-errors.ts';
import { pythonFloat } from './python-float.ts';
import { PublishedTexts, type TextStorage } from './published-texts.ts';
import { richHeader } from './rich-header.ts';
import { addedInSession, addToCounter, closeCounter, countedInSession, openCounter } from './session-counter.ts';

const packedBatch = RecordBatch.of(new Schema([field('value', int64, true)]), [[1n, 2n]]);

/** The conformance service: the behaviour of every method is in its doc, in schema/conformance. */
export class ConformanceService extends EchoMethods {
  readonly #probe: CancelProbe;
  readonly #published: PublishedTexts;

  constructor(probe: CancelProbe, storage?: TextStorage) {
    super();
    this.#probe = probe;
    this.#published = new PublishedTexts(storage);
  }

  override voidNoop() {}

  override voidWithParam() {}

  override addFloats({ a, b }: p.AddFloatsParams) {
    return a + b;
  }

  override concatenate({ prefix, separator, suffix }: p.ConcatenateParams) {
    return prefix + separator + suffix;
  }

  override withDefaults({ required, optionalStr, optionalInt }: p.WithDefaultsParams) {
    return `required=${required}, optional_str=${optionalStr}, optional_int=${optionalInt}`;
  }

  override inspectPoint({ point }: p.InspectPointParams) {
    return `Point(${pythonFloat(point.x)}, ${pythonFloat(point.y)})`;
  }

  override raiseValueError({ message }: p.RaiseValueErrorParams): never {
    throw valueError(message);
  }

  override raiseRuntimeError({ message }: p.RaiseRuntimeErrorParams): never {
    throw runtimeError(message);
  }

  override raiseTypeError({ message }: p.RaiseTypeErrorParams): never {
    throw typeError(message);
  }

  override echoWithInfoLog({ value }: p.EchoWithInfoLogParams, context: CallContext) {
    context.log('INFO', `info: ${value}`);
    return value;
  }

  override echoWithMultiLogs({ value }: p.EchoWithMultiLogsParams, context: CallContext) {
    context.log('DEBUG', `debug: ${value}`);
    context.log('INFO', `info: ${value}`);
    context.log('WARN', `warn: ${value}`);
    return value;
  }

  override echoWithLogExtras({ value }: p.EchoWithLogExtrasParams, context: CallContext) {
    context.log('INFO', `info: ${value}`, { source: 'conformance', detail: value });
    return value;
  }

  override echoWithAllLogLevels({ value }: p.EchoWithAllLogLevelsParams, context: CallContext) {
    for (const level of ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const) context.log(level, `${level.toLowerCase()}: ${value}`);
    return value;
  }

  override packNestedContainers({ statuses, points, statusByName }: p.PackNestedContainersParams): p.NestedContainers {
    return { statuses, points, statusByName, frozenStatuses: [...new Set(statuses)], taggedStatus: statuses[0], taggedPoint: points[0], taggedBatch: packedBatch };
  }

  override publishedString({ value, includeSha256 }: p.PublishedStringParams) {
    return this.#published.answer(value, includeSha256);
  }

  override produceTickMetadata({ count }: p.ProduceTickMetadataParams) {
    return describedTicks(count);
  }

  override produceAnnotatedBatches(params: p.ProduceAnnotatedBatchesParams) {
    return annotatedBatches(params);
  }

  override exchangeInputMetadata() {
    return describedInput();
  }

  override produceN({ count }: p.ProduceNParams) {
    return countedBatches({ batches: count });
  }

  override produceEmpty() {
    return countedBatches({ batches: 0n });
  }

  override produceSingle() {
    return countedBatches({ batches: 1n });
  }

  override produceLargeBatches({ rowsPerBatch, batchCount }: p.ProduceLargeBatchesParams) {
    return countedBatches({ batches: batchCount, rowsPerBatch });
  }

  override produceWithLogs({ count }: p.ProduceWithLogsParams) {
    return countedBatches({ batches: count, before: (batch, context) => context.log('INFO', `producing batch ${batch}`) });
  }

  override produceErrorMidStream({ emitBeforeError }: p.ProduceErrorMidStreamParams) {
    return failingAfter(emitBeforeError, () => runtimeError(`intentional error after ${emitBeforeError} batches`));
  }

  override produceErrorOnInit(): never {
    throw runtimeError('intentional init error');
  }

  override produceWithHeader({ count }: p.ProduceWithHeaderParams) {
    return { header: { totalExpected: count, description: `producing ${count} batches` }, stream: countedBatches({ batches: count }) };
  }

  override produceWithHeaderAndLogs({ count }: p.ProduceWithHeaderAndLogsParams, context: CallContext) {
    if (!context.resumed) context.log('INFO', 'stream init log');
    return { header: { totalExpected: count, description: `producing ${count} with logs` }, stream: countedBatches({ batches: count }) };
  }

  override produceWithRichHeader({ seed, count }: p.ProduceWithRichHeaderParams) {
    return { header: richHeader(seed), stream: countedBatches({ batches: count }) };
  }

  override produceDynamicSchema(params: p.ProduceDynamicSchemaParams) {
    return dynamicColumns(params);
  }

  override exchangeScale({ factor }: p.ExchangeScaleParams) {
    return scaled(factor);
  }

  override exchangeAccumulate() {
    return accumulated();
  }

  override exchangeWithLogs() {
    return echoed((context) => {
      context.log('INFO', 'exchange processing');
      context.log('DEBUG', 'exchange debug');
    });
  }

  override exchangeZeroColumns() {
    return perTurn(() => ({}));
  }

  override exchangeErrorOnNth({ failOn }: p.ExchangeErrorOnNthParams) {
    return failingOn(failOn, (turn) => runtimeError(`intentional error on exchange ${turn}`));
  }

  override exchangeErrorOnInit(): never {
    throw runtimeError('intentional exchange init error');
  }

  /** The cast is the server's: what arrives here has the declared type already. */
  override exchangeCastCompatible() {
    return echoed();
  }

  override exchangeWithHeader({ factor }: p.ExchangeWithHeaderParams) {
    return { header: { totalExpected: 0n, description: `scale by ${pythonFloat(factor)}` }, stream: scaled(factor) };
  }

  override exchangeWithRichHeader({ seed, factor }: p.ExchangeWithRichHeaderParams) {
    return { header: richHeader(seed), stream: scaled(factor) };
  }

  override cancellableProducer() {
    return cancellableProducer(this.#probe);
  }

  override cancellableExchange() {
    return cancellableExchange(this.#probe);
  }

  override cancelProbeCounters() {
    const { produce_calls, exchange_calls, on_cancel_calls } = this.#probe.counters();
    return [produce_calls, exchange_calls, on_cancel_calls].map(BigInt);
  }

  override resetCancelProbe() {
    this.#probe.reset();
  }

  override oversizedUnary({ targetBytes }: p.OversizedUnaryParams) {
    if (targetBytes < 0n) throw valueError('target_bytes must be non-negative');
    return new Uint8Array(Number(targetBytes));
  }

  override produceOversizedBatch({ rowsPerBatch }: p.ProduceOversizedBatchParams) {
    return countedBatches({ batches: 1n, rowsPerBatch });
  }

  override exchangeOversized({ rowsPerBatch }: p.ExchangeOversizedParams) {
    return constantRows(rowsPerBatch);
  }

  override openCounter({ initial }: p.OpenCounterParams, context: CallContext) {
    return openCounter(initial, context);
  }

  override incrementCounter({ by }: p.IncrementCounterParams, context: CallContext) {
    return addToCounter(by, context);
  }

  override closeCounter(_params: p.CloseCounterParams, context: CallContext) {
    return closeCounter(context);
  }

  override streamSessionCounter({ count }: p.StreamSessionCounterParams, context: CallContext) {
    return countedInSession(count, context);
  }

  override exchangeSessionCounter(_params: p.ExchangeSessionCounterParams, _inputs: AsyncIterable<p.ExchangeSessionCounterInput>, context: CallContext) {
    return addedInSession(context);
  }
}
