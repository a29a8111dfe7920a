import { randomBytes } from 'node:crypto';
import type { IpcMessages } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import { StreamDecoder } from '../arrow/stream-decoder.ts';
import { endOfStream, StreamEncoder, writeBatchMessage, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import type { ByteChannel } from '../transport/byte-channel.ts';
import { emptySchema, errorMetadata, errorStream, logMetadata, voidStream, withLogs, zeroRowBatch } from './answers.ts';
import { castBatch } from './cast-batch.ts';
import { describeAnswer } from './describe.ts';
import type { MethodDescriptor } from './descriptor.ts';
import { protocolError, RpcError, transportError } from './errors.ts';
import { MessageInput } from './message-input.ts';
import { REQUEST_VERSION, reservedMethods, rpcKeys } from './metadata-keys.ts';
import { ServerCall } from './server-call.ts';
import { requestedMethod, type Route, type Service, ServiceTable } from './service.ts';
import { exchangeTurns, type Input, InputQueue, producerTurns, type StreamTurns } from './stream-turns.ts';
import type { ExchangeStream, MaybePromise, ServerStream, WithHeader } from './stream.ts';
import { columnsFromBatch } from './stream-columns.ts';

export interface RpcServerOptions {
  /** Id of this server instance on every log line and error; default 12 random hex digits. */
  readonly serverId?: string;
  /** Largest message that is accepted, in bytes; larger ones end the connection with a typed error. */
  readonly maxMessageBytes?: number;
}

type UnaryHandler = (params: unknown, call: ServerCall) => MaybePromise<unknown>;
type StreamHandler = (params: unknown, second: unknown, third?: ServerCall) => unknown;

/** A stream that is open: where its turns come from and the schemas of both directions. */
interface OpenStream {
  readonly header: unknown;
  readonly output: Schema;
  readonly turns: StreamTurns;
}

/** Serves the protocols of one worker over byte channels. One server may serve any number of channels at the same time. */
export class RpcServer {
  readonly serverId: string;
  readonly #services: ServiceTable;
  readonly #maxMessageBytes: number | undefined;

  constructor(services: readonly Service[], options: RpcServerOptions = {}) {
    this.#services = new ServiceTable(services);
    this.serverId = options.serverId ?? randomBytes(6).toString('hex');
    this.#maxMessageBytes = options.maxMessageBytes;
  }

  /** Serves one connection, call after call, until the client closes it. Never throws for what a peer does. */
  async serve(channel: ByteChannel): Promise<void> {
    const input = new MessageInput(channel, this.#maxMessageBytes === undefined ? {} : { maxMessageBytes: this.#maxMessageBytes });
    const connection = new ServerConnection(this.#services, this.serverId, channel, input);
    try {
      while (await connection.serveCall());
    } catch (error) {
      // The framing is lost or the peer is gone: say so where an answer may stand, then give up the connection.
      if (!connection.inStream) await swallow(() => channel.write(errorStream(error, [], { serverId: this.serverId, requestId: '' })));
    } finally {
      channel.close();
    }
  }
}

class ServerConnection {
  readonly #services: ServiceTable;
  readonly #serverId: string;
  readonly #channel: ByteChannel;
  readonly #input: MessageInput;
  /** The last call failed before its input stream was read: a stream that is no request now belongs to it. */
  #orphanInput = false;
  /** The output of a stream is open: nothing but its messages may be written. */
  inStream = false;

  constructor(services: ServiceTable, serverId: string, channel: ByteChannel, input: MessageInput) {
    this.#services = services;
    this.#serverId = serverId;
    this.#channel = channel;
    this.#input = input;
  }

  /** Reads one request and answers it; false at the end of input. */
  async serveCall(): Promise<boolean> {
    const schema = await this.#input.next();
    if (schema === undefined) return false;
    if (schema.kind !== 'schema') throw protocolError(`expected the schema message of a request, got a ${schema.kind} message`);
    const first = await this.#firstBatch();
    if (this.#orphanInput) {
      this.#orphanInput = false;
      if (!first.batch?.customMetadata.has(rpcKeys.method)) {
        if (!first.ended) await this.#input.drain();
        return true;
      }
    }
    let problem: RpcError | undefined;
    if (!first.ended) {
      const further = await this.#drainCounting();
      if (further > 0) problem = protocolError(`a request holds one batch, got ${further + 1}`);
    }
    if (!first.batch) problem = protocolError('the request stream holds no batch');
    const messages: IpcMessages = { schemaMessage: schema.bytes, dictionaries: first.dictionaries, ...(first.batch && { batch: first.batch }) };
    await this.#dispatch(messages, first.batch?.customMetadata ?? new Map(), problem);
    return true;
  }

  async #firstBatch(): Promise<{ dictionaries: Message[]; batch?: Message; ended: boolean }> {
    const dictionaries: Message[] = [];
    for (;;) {
      const message = await this.#input.next();
      if (message === undefined) throw protocolError('the connection ended inside a request');
      if (message.kind === 'end') return { dictionaries, ended: true };
      if (message.kind === 'batch') return { dictionaries, batch: message, ended: false };
      if (message.kind === 'dictionary') dictionaries.push(message);
      else throw protocolError('a second schema message came inside a request');
    }
  }

  async #drainCounting(): Promise<number> {
    let batches = 0;
    for (;;) {
      const message = await this.#input.next();
      if (message === undefined || message.kind === 'end') return batches;
      if (message.kind === 'batch') batches += 1;
    }
  }

  async #dispatch(messages: IpcMessages, metadata: ReadonlyMap<string, string>, problem: RpcError | undefined): Promise<void> {
    let call = new ServerCall('', '', this.#channel.kind, this.#serverId, metadata);
    let method: MethodDescriptor | undefined;
    try {
      if (problem) throw problem;
      const name = requestedMethod(metadata);
      const reserved = this.#reservedAnswer(name, metadata);
      if (reserved) return await this.#channel.write(reserved);
      const route = this.#services.route(name, metadata);
      method = route.method;
      call = new ServerCall(name, route.version, this.#channel.kind, this.#serverId, metadata);
      const params = decodeParams(route, messages);
      if (method.kind === 'unary') await this.#channel.write(await answerUnary(route, params, call));
      else await this.#serveStream(route, params, call);
    } catch (error) {
      if (this.inStream) throw error;
      // A client of a method without header sends its input before it reads the answer.
      this.#orphanInput = method !== undefined && method.kind !== 'unary' && method.header === undefined;
      await this.#channel.write(errorStream(error, call.takeLogs(), call));
    } finally {
      call.abort();
    }
  }

  #reservedAnswer(name: string, metadata: ReadonlyMap<string, string>): Uint8Array[] | undefined {
    if (name === reservedMethods.describe) return describeAnswer(this.#services.serviceFor(metadata).protocol, metadata, this.#serverId);
    if (name !== reservedMethods.transportOptions) return undefined;
    const options = new Map([
      [rpcKeys.transportShm, 'false'],
      [rpcKeys.serverId, this.#serverId],
      [rpcKeys.requestVersion, REQUEST_VERSION],
    ]);
    return [writeSchemaMessage(emptySchema), ...writeBatchMessage(zeroRowBatch(emptySchema), options), endOfStream];
  }

  /** Runs a stream from its header to its end. Errors before the header is sent are thrown, later ones travel in the stream. */
  async #serveStream(route: Route, params: unknown, call: ServerCall): Promise<void> {
    const { method } = route;
    const { header, output, turns } = await openStream(route, params, call);
    const encoder = new StreamEncoder(output);
    const opening: Uint8Array[] = [];
    if (method.header) {
      const codec = method.header(route.version);
      opening.push(...withLogs(codec.encode(header), codec.schema, call.takeLogs(), call));
    }
    opening.push(writeSchemaMessage(output));
    this.inStream = true;
    await this.#channel.write(opening);
    const schema = await this.#input.next();
    if (schema === undefined) {
      await swallow(() => turns.close());
      throw transportError('the connection ended before the input stream');
    }
    if (schema.kind !== 'schema') throw protocolError(`expected the schema message of the input stream, got a ${schema.kind} message`);
    let inputEnded = false;
    let failed = false;
    try {
      const decoder = new StreamDecoder(schema);
      for (;;) {
        const message = await this.#input.next();
        if (message === undefined || message.kind === 'end') {
          inputEnded = true;
          await turns.close();
          break;
        }
        const batch = decoder.read(message);
        if (!batch) continue;
        call.inputMetadata = batch.metadata;
        if (batch.metadata.has(rpcKeys.cancel)) {
          call.abort();
          await swallow(() => turns.cancel());
          break;
        }
        const result = await turns.turn(batch);
        const logs = call.takeLogs();
        const chunks = logs.length === 0 ? [] : logs.flatMap((log) => encoder.batch(zeroRowBatch(output), logMetadata(log, call)));
        if (!result) {
          if (chunks.length > 0) await this.#channel.write(chunks);
          break;
        }
        for (const chunk of encoder.batch(result.batch, result.metadata)) chunks.push(chunk);
        await this.#channel.write(chunks);
      }
    } catch (error) {
      failed = true;
      const chunks = call.takeLogs().flatMap((log) => encoder.batch(zeroRowBatch(output), logMetadata(log, call)));
      chunks.push(...encoder.batch(zeroRowBatch(output), errorMetadata(error, call)));
      await this.#channel.write(chunks);
    }
    if (failed) await swallow(() => turns.close());
    await this.#channel.write([endOfStream]);
    this.inStream = false;
    if (!inputEnded) await this.#input.drain();
  }
}

/** Decodes the parameters; a request that does not fit its schema is the client's `ProtocolError`. */
function decodeParams(route: Route, messages: IpcMessages): unknown {
  try {
    return route.method.params(route.version).decodeMessages(messages);
  } catch (error) {
    throw protocolError(error instanceof Error ? error.message : String(error), error);
  }
}

async function answerUnary(route: Route, params: unknown, call: ServerCall): Promise<Uint8Array[]> {
  const { method, service, version } = route;
  const handlers = service.handlers as Record<string, UnaryHandler>;
  const result = await (handlers[method.handler] as UnaryHandler).call(handlers, params, call);
  const logs = call.takeLogs();
  if (!method.result) return voidStream(logs, call);
  const codec = method.result(version);
  return withLogs(codec.encode(result), codec.schema, logs, call);
}

/** Calls the stream handler and brings the forms that it may return to one. */
async function openStream(route: Route, params: unknown, call: ServerCall): Promise<OpenStream> {
  const { method, service } = route;
  const handlers = service.handlers as Record<string, StreamHandler>;
  const handler = handlers[method.handler] as StreamHandler;
  const inputs = new InputQueue<Input>();

  if (method.kind === 'stream') {
    const opened = (await handler.call(handlers, params, call)) as ServerStream<unknown>;
    const { header, output } = opened;
    if (opened.kind === 'producer') return { header, output, turns: producerTurns(opened.stream, output, call) };
    const toInput = (batch: RecordBatch): RecordBatch => (opened.input ? castBatch(batch, opened.input) : batch);
    const stream = opened.stream(inputs as InputQueue<RecordBatch>);
    return { header, output, turns: exchangeTurns(stream as ExchangeStream<never, RecordBatch>, inputs, toInput, output, call) };
  }

  const exchange = method.kind === 'exchange';
  const opened = await (exchange ? handler.call(handlers, params, inputs, call) : handler.call(handlers, params, call));
  const { header, stream, output: chosen } = method.header || hasStream(opened) ? (opened as WithHeader<unknown, never>) : { header: undefined, stream: opened as never, output: undefined };
  const output = chosen ?? declaredSchema(method.output);
  if (!output) throw new RpcError(`${method.name}: the handler must give the output schema, the definition leaves it to the call`, { type: 'TypeError' });
  if (!exchange) return { header, output, turns: producerTurns(stream, output, call) };
  const input = declaredSchema(method.input);
  const toInput = (batch: RecordBatch): Input => (input ? columnsFromBatch(castBatch(batch, input)) : batch);
  return { header, output, turns: exchangeTurns(stream, inputs, toInput, output, call) };
}

const hasStream = (opened: unknown): boolean => typeof opened === 'object' && opened !== null && 'stream' in opened;

const declaredSchema = (schema: MethodDescriptor['output']): Schema | undefined => (typeof schema === 'function' ? schema() : undefined);

async function swallow(run: () => MaybePromise<void>): Promise<void> {
  try {
    await run();
  } catch {
    // The stream is being given up; a failing hook has nobody to be told to (vgi-rpc WIRE_PROTOCOL, section 9).
  }
}
