import type { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import type { CallContext } from './call-context.ts';

export type MaybePromise<T> = T | Promise<T>;

/** A batch to send with custom metadata, such as cache control or a batch index. */
export class BatchWithMetadata<Out> {
  readonly batch: Out | RecordBatch;
  readonly metadata: ReadonlyMap<string, string>;

  constructor(batch: Out | RecordBatch, metadata: ReadonlyMap<string, string>) {
    this.batch = batch;
    this.metadata = metadata;
  }
}

/** What a stream may emit for a turn: columns by name, a finished batch, or either with metadata. */
export type Emitted<Out> = Out | RecordBatch | BatchWithMetadata<Out>;

/**
 * How the state of a resumable stream is kept between two HTTP requests: sealed, in the hands of the client. Without these two
 * functions it is JSON that also carries `bigint`, bytes, maps and sets.
 */
export interface StateCodec<State> {
  encodeState?(state: State): Uint8Array;
  decodeState?(bytes: Uint8Array): State;
}

/**
 * A producer whose whole progress is in `state`, so that a turn can run in another process. `produce` gives the next batch, or
 * `undefined` at the end. What else the functions use must follow from the parameters of the call alone: in another process the
 * handler is called with them again.
 */
export interface ResumableProducer<Out, State = unknown> extends StateCodec<State> {
  readonly state: State;
  produce(state: State, context: CallContext): MaybePromise<Emitted<Out> | undefined>;
  /** Runs once when the client cancels; what it throws is swallowed. */
  onCancel?(state: State, context: CallContext): MaybePromise<void>;
}

/** An exchange whose whole progress is in `state`; one batch out for each batch in. */
export interface ResumableExchange<In, Out, State = unknown> extends StateCodec<State> {
  readonly state: State;
  exchange(state: State, input: In, context: CallContext): MaybePromise<Emitted<Out>>;
  onCancel?(state: State, context: CallContext): MaybePromise<void>;
  /** Runs once when the stream is over without being cancelled: its input has ended, or a turn has failed. Over HTTP nobody tells of that. */
  onClose?(state: State, context: CallContext): MaybePromise<void>;
}

/** What a producer handler returns; an async generator method is one. Ending early (cancel, close) runs its `finally`. */
export type ProducerStream<Out> = AsyncIterable<Emitted<Out>> | Iterable<Emitted<Out>> | ResumableProducer<Out>;

/** What an exchange handler returns: one batch for each input it takes. */
export type ExchangeStream<In, Out> = AsyncIterable<Emitted<Out>> | ResumableExchange<In, Out>;

/** A stream that opens with a header record. */
export interface WithHeader<Header, Stream> {
  readonly header: Header;
  readonly stream: Stream;
  /** Schema of the output where the method leaves it to the call. */
  readonly output?: Schema;
}

/** A stream whose kind and schemas the handler decides per call. */
export type ServerStream<Header> =
  | { readonly kind: 'producer'; readonly header: Header; readonly output: Schema; readonly stream: ProducerStream<RecordBatch> }
  | {
      readonly kind: 'exchange';
      readonly header: Header;
      readonly output: Schema;
      /** Schema that inputs must have; absent = any. */
      readonly input?: Schema;
      /** Called once with the inputs, in the order in which they come. */
      readonly stream: (input: AsyncIterable<RecordBatch>) => ExchangeStream<RecordBatch, RecordBatch>;
    };
