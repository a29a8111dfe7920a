import type { IpcMessages } from '../arrow/ipc-stream.ts';
import type { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import { CodecError } from '../codec/codec-error.ts';
import { castBatch } from './cast-batch.ts';
import type { MethodDescriptor } from './descriptor.ts';
import { RpcError } from './errors.ts';
import { ExternalAnswer } from './external-answer.ts';
import type { ServerCall } from './server-call.ts';
import type { Route } from './service.ts';
import { columnsFromBatch } from './stream-columns.ts';
import { exchangeTurns, type Input, InputQueue, isResumable, producerTurns, type StreamTurns } from './stream-turns.ts';
import type { ExchangeStream, MaybePromise, ProducerStream, ServerStream, WithHeader } from './stream.ts';

type UnaryHandler = (params: unknown, call: ServerCall) => MaybePromise<unknown>;
type StreamHandler = (params: unknown, second: unknown, third?: ServerCall) => unknown;

/** A stream that a handler opened: its schemas, and where its turns come from. */
export interface OpenStream {
  readonly kind: 'producer' | 'exchange';
  readonly header: unknown;
  readonly output: Schema;
  /** Schema that inputs are cast to; absent for producers and where any will do. */
  readonly input: Schema | undefined;
  /** Its progress can be carried from one process to another. */
  readonly resumable: boolean;
  /** The turns, from the beginning or, if resumable, from a state. The call is the one that resumable streams see in these turns. */
  turns(call: ServerCall, from?: Uint8Array): StreamTurns;
}

/** Decodes the parameters; a request that does not fit its schema is the client's `ProtocolError`, a null out of place a `TypeError`. */
export function decodeParams(route: Route, messages: IpcMessages): unknown {
  try {
    return route.method.params(route.version).decodeMessages(messages);
  } catch (error) {
    const type = error instanceof CodecError && error.code === 'unexpected-null' ? 'TypeError' : 'ProtocolError';
    throw new RpcError(error instanceof Error ? error.message : String(error), { type, cause: error });
  }
}

/** Runs a unary method; gives the record of its answer as a complete IPC stream, or where that lies, `undefined` for void methods. */
export async function callUnary({ method, service, version }: Route, params: unknown, call: ServerCall): Promise<Uint8Array | ExternalAnswer | undefined> {
  const handlers = service.handlers as Record<string, UnaryHandler>;
  const result = await (handlers[method.handler] as UnaryHandler).call(handlers, params, call);
  return result instanceof ExternalAnswer ? result : method.result?.(version).encode(result);
}

/** Calls a stream handler and brings the forms that it may return to one. */
export async function openStream({ method, service }: Route, params: unknown, call: ServerCall): Promise<OpenStream> {
  const handlers = service.handlers as Record<string, StreamHandler>;
  const handler = handlers[method.handler] as StreamHandler;
  const queue = new InputQueue<Input>();

  if (method.kind === 'stream') {
    const opened = (await handler.call(handlers, params, call)) as ServerStream<unknown>;
    const { header, output } = opened;
    if (opened.kind === 'producer') return producer(header, opened.stream, output);
    const convert = (batch: RecordBatch): RecordBatch => (opened.input ? castBatch(batch, opened.input) : batch);
    return exchange(header, opened.stream(queue as InputQueue<RecordBatch>) as ExchangeStream<never, RecordBatch>, output, opened.input, { queue, convert });
  }

  const isExchange = method.kind === 'exchange';
  const opened = await (isExchange ? handler.call(handlers, params, queue, call) : handler.call(handlers, params, call));
  const { header, stream, output: chosen } = method.header || hasStream(opened) ? (opened as WithHeader<unknown, never>) : { header: undefined, stream: opened as never, output: undefined };
  const output = chosen ?? declaredSchema(method.output);
  if (!output) throw new RpcError(`${method.name}: the handler must give the output schema, the definition leaves it to the call`, { type: 'TypeError' });
  if (!isExchange) return producer(header, stream, output);
  const input = declaredSchema(method.input);
  const convert = (batch: RecordBatch): Input => (input ? columnsFromBatch(castBatch(batch, input)) : batch);
  return exchange(header, stream, output, input, { queue, convert });
}

function producer(header: unknown, stream: ProducerStream<RecordBatch>, output: Schema): OpenStream {
  return { kind: 'producer', header, output, input: undefined, resumable: isResumable(stream), turns: (call, from) => producerTurns(stream, output, call, from) };
}

function exchange(header: unknown, stream: ExchangeStream<never, RecordBatch>, output: Schema, input: Schema | undefined, feed: Parameters<typeof exchangeTurns>[1]): OpenStream {
  return { kind: 'exchange', header, output, input, resumable: isResumable(stream), turns: (call, from) => exchangeTurns(stream, feed, output, call, from) };
}

const hasStream = (opened: unknown): boolean => typeof opened === 'object' && opened !== null && 'stream' in opened;

const declaredSchema = (schema: MethodDescriptor['output']): Schema | undefined => (typeof schema === 'function' ? schema() : undefined);

/** Runs what ends a stream that is being given up; a failing hook has nobody to be told to (vgi-rpc WIRE_PROTOCOL, section 9). */
export async function swallow(run: () => MaybePromise<void>): Promise<void> {
  try {
    await run();
  } catch {
    // The stream is over either way.
  }
}
