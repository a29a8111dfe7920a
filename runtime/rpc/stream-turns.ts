import { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import type { ServerCall } from './server-call.ts';
import { decodeState, encodeState } from './state-codec.ts';
import { BatchWithMetadata, type Emitted, type ExchangeStream, type MaybePromise, type ProducerStream, type ResumableExchange, type ResumableProducer, type StateCodec } from './stream.ts';
import { batchFromColumns, type StreamColumns } from './stream-columns.ts';

/** A batch to send with its metadata. */
export interface OutputBatch {
  readonly batch: RecordBatch;
  readonly metadata?: ReadonlyMap<string, string>;
}

/** A running stream, turn by turn, whatever form its handler gave it. */
export interface StreamTurns {
  /** One turn; `undefined` = the stream is over. Producers ignore the input. */
  turn(input: RecordBatch): MaybePromise<OutputBatch | undefined>;
  /** The client cancelled: runs the hook or the `finally` of the handler. */
  cancel(): MaybePromise<void>;
  /** The client closed its side, or the connection ended; the call is aborted in the latter case, which runs the hook too. */
  close(): MaybePromise<void>;
  /** The state after the latest turn, to go on from in another process; absent if the progress lives in a running generator. */
  state?(): Uint8Array;
}

export type Input = RecordBatch | StreamColumns;
type Output = RecordBatch | StreamColumns;

/** Whether the whole progress of a stream is in its state. */
export const isResumable = (stream: object): boolean => 'state' in stream && ('produce' in stream || 'exchange' in stream);

/** Turns of a producer; with `from` one that is resumable goes on from there. */
export function producerTurns(stream: ProducerStream<Output>, output: Schema, call: ServerCall, from?: Uint8Array): StreamTurns {
  if (isResumable(stream)) return resumableProducerTurns(stream as ResumableProducer<Output>, output, call, from);
  const iterator =
    Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : (stream as Iterable<Emitted<Output>>)[Symbol.iterator]();
  const emitted = (result: IteratorResult<Emitted<Output>>): OutputBatch | undefined =>
    result.done ? undefined : outputBatch(result.value, output);
  const end = async (): Promise<void> => {
    await iterator.return?.();
  };
  return {
    turn: () => {
      const result = iterator.next();
      return result instanceof Promise ? result.then(emitted) : emitted(result);
    },
    cancel: end,
    close: end,
  };
}

/** How an exchange is fed: the queue that a generator reads from, and what a received batch becomes for the handler. */
export interface ExchangeInput {
  readonly queue: InputQueue<Input>;
  readonly convert: (batch: RecordBatch) => Input;
}

/** Turns of an exchange; with `from` one that is resumable goes on from there. */
export function exchangeTurns(stream: ExchangeStream<never, Output>, input: ExchangeInput, output: Schema, call: ServerCall, from?: Uint8Array): StreamTurns {
  if (isResumable(stream)) return resumableExchangeTurns(stream as unknown as ResumableExchange<Input, Output>, input, output, call, from);
  const { queue, convert } = input;
  const iterator = (stream as AsyncIterable<Emitted<Output>>)[Symbol.asyncIterator]();
  const end = async (): Promise<void> => {
    queue.end();
    await iterator.return?.();
  };
  return {
    turn: async (batch) => {
      queue.push(convert(batch));
      const result = await iterator.next();
      return result.done ? undefined : outputBatch(result.value, output);
    },
    cancel: end,
    close: end,
  };
}

function resumableProducerTurns(producer: ResumableProducer<Output>, output: Schema, call: ServerCall, from: Uint8Array | undefined): StreamTurns {
  const state = stateFrom(producer, from);
  const emitted = (value: Emitted<Output> | undefined): OutputBatch | undefined => (value === undefined ? undefined : outputBatch(value, output));
  return {
    turn: () => {
      const value = producer.produce(state, call);
      return value instanceof Promise ? value.then(emitted) : emitted(value);
    },
    cancel: async () => producer.onCancel?.(state, call),
    close: async () => hookIfAborted(producer, state, call),
    state: () => encoded(producer, state),
  };
}

function resumableExchangeTurns(exchange: ResumableExchange<Input, Output>, { convert }: ExchangeInput, output: Schema, call: ServerCall, from: Uint8Array | undefined): StreamTurns {
  const state = stateFrom(exchange, from);
  return {
    turn: async (batch) => outputBatch(await exchange.exchange(state, convert(batch), call), output),
    cancel: async () => exchange.onCancel?.(state, call),
    close: async () => (call.signal.aborted ? exchange.onCancel?.(state, call) : exchange.onClose?.(state, call)),
    state: () => encoded(exchange, state),
  };
}

/** A client that closes its connection inside a stream wants no more of it: DuckDB says so of exchanges in no other way (observed at 2.0.0). */
function hookIfAborted<State>(stream: Pick<ResumableProducer<never, State>, 'onCancel'>, state: State, call: ServerCall): MaybePromise<void> {
  return call.signal.aborted ? stream.onCancel?.(state, call) : undefined;
}

function stateFrom<State>(stream: StateCodec<State> & { readonly state: State }, from: Uint8Array | undefined): State {
  if (from === undefined) return stream.state;
  return stream.decodeState ? stream.decodeState(from) : (decodeState(from) as State);
}

const encoded = <State>(stream: StateCodec<State>, state: State): Uint8Array => (stream.encodeState ? stream.encodeState(state) : encodeState(state));

function outputBatch(emitted: Emitted<Output>, schema: Schema): OutputBatch {
  if (emitted instanceof BatchWithMetadata) return { batch: recordBatch(emitted.batch, schema), metadata: emitted.metadata };
  return { batch: recordBatch(emitted, schema) };
}

function recordBatch(value: Output, schema: Schema): RecordBatch {
  return value instanceof RecordBatch ? value : batchFromColumns(schema, value);
}

/** The inputs of an exchange as the iterable that its handler reads. */
export class InputQueue<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #ended = false;
  #waiting: ((result: IteratorResult<T>) => void) | undefined;

  push(value: T): void {
    if (this.#waiting) {
      this.#waiting({ done: false, value });
      this.#waiting = undefined;
    } else {
      this.#values.push(value);
    }
  }

  end(): void {
    this.#ended = true;
    this.#waiting?.({ done: true, value: undefined });
    this.#waiting = undefined;
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: (): Promise<IteratorResult<T>> => {
        const value = this.#values.shift();
        if (value !== undefined) return Promise.resolve({ done: false, value });
        if (this.#ended) return Promise.resolve({ done: true, value: undefined });
        return new Promise((resolve) => {
          this.#waiting = resolve;
        });
      },
      return: () => {
        this.end();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }
}
