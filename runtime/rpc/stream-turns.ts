import { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import type { ServerCall } from './server-call.ts';
import { BatchWithMetadata, type Emitted, type ExchangeStream, type MaybePromise, type ProducerStream, type ResumableExchange, type ResumableProducer } from './stream.ts';
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
  /** The client closed its side, or the connection ended. */
  close(): MaybePromise<void>;
}

export type Input = RecordBatch | StreamColumns;
type Output = RecordBatch | StreamColumns;

const isResumable = (stream: object): boolean => 'state' in stream && ('produce' in stream || 'exchange' in stream);

/** Turns of a producer. */
export function producerTurns(stream: ProducerStream<Output>, output: Schema, call: ServerCall): StreamTurns {
  if (isResumable(stream)) return resumableTurns(stream as ResumableProducer<Output>, output, call);
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

/** Turns of an exchange; `inputs` is the queue that the handler was given to read from. */
export function exchangeTurns(stream: ExchangeStream<never, Output>, inputs: InputQueue<Input>, toInput: (batch: RecordBatch) => Input, output: Schema, call: ServerCall): StreamTurns {
  if (isResumable(stream)) {
    const resumable = stream as unknown as ResumableExchange<Input, Output>;
    const { state } = resumable;
    return {
      turn: async (input) => outputBatch(await resumable.exchange(state, toInput(input), call), output),
      cancel: async () => resumable.onCancel?.(state, call),
      close: () => {},
    };
  }
  const iterator = (stream as AsyncIterable<Emitted<Output>>)[Symbol.asyncIterator]();
  const end = async (): Promise<void> => {
    inputs.end();
    await iterator.return?.();
  };
  return {
    turn: async (input) => {
      inputs.push(toInput(input));
      const result = await iterator.next();
      return result.done ? undefined : outputBatch(result.value, output);
    },
    cancel: end,
    close: end,
  };
}

function resumableTurns(producer: ResumableProducer<Output>, output: Schema, call: ServerCall): StreamTurns {
  const { state } = producer;
  const emitted = (value: Emitted<Output> | undefined): OutputBatch | undefined => (value === undefined ? undefined : outputBatch(value, output));
  return {
    turn: () => {
      const value = producer.produce(state, call);
      return value instanceof Promise ? value.then(emitted) : emitted(value);
    },
    cancel: async () => producer.onCancel?.(state, call),
    close: () => {},
  };
}

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
