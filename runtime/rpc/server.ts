import type { IpcMessages } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import { StreamDecoder } from '../arrow/stream-decoder.ts';
import { endOfStream, StreamEncoder, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import type { ByteChannel } from '../transport/byte-channel.ts';
import { errorMetadata, errorStream, logMetadata, voidStream, withLogs, zeroRowBatch } from './answers.ts';
import { anonymous } from './auth-context.ts';
import { type CallObserver, CallRecord } from './call-record.ts';
import type { MethodDescriptor } from './descriptor.ts';
import { callUnary, decodeParams, openStream, swallow } from './dispatch.ts';
import { protocolError, type RpcError, transportError } from './errors.ts';
import { ExternalAnswer, pointerStream } from './external-answer.ts';
import { MessageInput, tooLargeError } from './message-input.ts';
import { rpcKeys } from './metadata-keys.ts';
import { randomId } from './random-id.ts';
import { reservedAnswer } from './reserved-answers.ts';
import { ServerCall } from './server-call.ts';
import { requestedMethod, type Route, type Service, ServiceTable } from './service.ts';

export interface RpcServerOptions {
  /** Id of this server instance on every log line and error; default 12 random hex digits. */
  readonly serverId?: string;
  /** Build of the server, for those who ask what it hosts; default not said. */
  readonly serverVersion?: string;
  /** Largest message that is accepted, in bytes; larger ones end the connection with a typed error. */
  readonly maxMessageBytes?: number;
  /** Is told of each call, e.g. an `AccessLog`. */
  readonly observer?: CallObserver;
}

/** Serves the protocols of one worker over byte channels. One server may serve any number of channels at the same time. */
export class RpcServer {
  readonly serverId: string;
  readonly #services: ServiceTable;
  readonly #maxMessageBytes: number | undefined;
  readonly #observer: CallObserver | undefined;
  readonly #connections = new Set<ServerConnection>();

  constructor(services: readonly Service[], options: RpcServerOptions = {}) {
    this.serverId = options.serverId ?? randomId(12);
    this.#services = new ServiceTable(services, { serverId: this.serverId, serverVersion: options.serverVersion });
    this.#maxMessageBytes = options.maxMessageBytes;
    this.#observer = options.observer;
  }

  /** Serves one connection, call after call, until the client closes it. Never throws for what a peer does. */
  async serve(channel: ByteChannel): Promise<void> {
    const input = new MessageInput(channel, this.#maxMessageBytes === undefined ? {} : { maxMessageBytes: this.#maxMessageBytes });
    const connection = new ServerConnection(this.#services, this.serverId, channel, input, this.#observer);
    this.#connections.add(connection);
    try {
      while (await connection.serveCall());
    } catch (error) {
      // The framing is lost or the peer is gone: say so where an answer may stand, then give up the connection.
      if (!connection.inStream) await swallow(() => channel.write(errorStream(error, [], { serverId: this.serverId, requestId: '' })));
    } finally {
      this.#connections.delete(connection);
      channel.close();
    }
  }

  /**
   * Answers every call that is running with an error, at once: for a process that is about to end. A client takes a stream that breaks off for
   * one that is complete (observed with the DuckDB extension of 2.0.0).
   */
  abandon(error: Error): void {
    for (const connection of this.#connections) connection.abandon(error);
  }
}

class ServerConnection {
  readonly #services: ServiceTable;
  readonly #serverId: string;
  readonly #channel: ByteChannel;
  readonly #input: MessageInput;
  readonly #observer: CallObserver | undefined;
  /** The last call failed before its input stream was read: a stream that is no request now belongs to it. */
  #orphanInput = false;
  #running: ServerCall | undefined;
  #output: StreamEncoder | undefined;
  /** The output of a stream is open: nothing but its messages may be written. */
  inStream = false;

  constructor(services: ServiceTable, serverId: string, channel: ByteChannel, input: MessageInput, observer: CallObserver | undefined) {
    this.#observer = observer;
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
    let { metadata, problem } = requestMetadata(first.batch);
    if (this.#orphanInput) {
      this.#orphanInput = false;
      if (!metadata.has(rpcKeys.method)) {
        if (!first.ended) await this.#input.drain();
        return true;
      }
    }
    if (!first.ended) {
      const further = await this.#drainCounting();
      if (further > 0) problem = protocolError(`a request holds one batch, got ${further + 1}`);
    }
    if (!first.batch) problem = protocolError('the request stream holds no batch');
    for (const message of [...first.dictionaries, ...(first.batch ? [first.batch] : [])]) problem ??= tooLargeError(message);
    const messages: IpcMessages = { schemaMessage: schema.bytes, dictionaries: first.dictionaries, ...(first.batch && { batch: first.batch }) };
    await this.#dispatch(messages, metadata, problem);
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
    const record = this.#observer && this.#newRecord(messages, metadata);
    let method: MethodDescriptor | undefined;
    this.#running = call;
    try {
      if (problem) throw problem;
      const name = requestedMethod(metadata);
      const loading = this.#services.prepared(metadata);
      if (loading) await loading;
      const reserved = reservedAnswer(this.#services, this.#serverId, name, metadata);
      if (reserved) return await this.#channel.write(reserved);
      const route = this.#services.route(name, metadata);
      method = route.method;
      call = this.#running = new ServerCall(name, route.version, this.#channel.kind, this.#serverId, metadata);
      record?.routed(route.service.protocol, method);
      const params = decodeParams(route, messages);
      if (method.kind === 'unary') await this.#answerUnary(route, params, call, record);
      else await this.#serveStream(route, params, call, record);
    } catch (error) {
      if (record) record.error = error;
      if (this.inStream) throw error;
      // A client of a method without header sends its input before it reads the answer.
      this.#orphanInput = method !== undefined && method.kind !== 'unary' && method.header === undefined;
      await this.#channel.write(errorStream(error, call.takeLogs(), call));
    } finally {
      this.#running = undefined;
      call.abort();
      if (record) this.#told(record, call);
    }
  }

  abandon(error: Error): void {
    const call = this.#running;
    if (!call) return;
    const chunks = this.inStream && this.#output ? [...this.#output.batch(zeroRowBatch(this.#output.schema), errorMetadata(error, call)), endOfStream] : errorStream(error, [], call);
    try {
      // What can be written at once is all that is written.
      void Promise.resolve(this.#channel.write(chunks)).catch(() => {});
    } catch {
      // The peer is gone.
    }
  }

  #newRecord(messages: IpcMessages, metadata: ReadonlyMap<string, string>): CallRecord {
    const { protocol } = this.#services.services[0] as Service;
    const record = new CallRecord(protocol, metadata.get(rpcKeys.method) ?? '', anonymous);
    record.request = messages;
    return record;
  }

  #told(record: CallRecord, call: ServerCall): void {
    // A request without a method is nobody's call.
    if (record.method === '') return;
    record.requestId = call.requestId;
    record.end();
    this.#observer?.called(record);
  }

  async #answerUnary(route: Route, params: unknown, call: ServerCall, record: CallRecord | undefined): Promise<void> {
    const answer = await callUnary(route, params, call);
    const logs = call.takeLogs();
    const codec = route.method.result?.(route.version);
    const chunks = !answer || !codec ? voidStream(logs, call) : answer instanceof ExternalAnswer ? pointerStream(codec.schema, answer.metadata, logs, call) : withLogs(answer, codec.schema, logs, call);
    if (record?.request?.batch) record.received(record.request.batch);
    record?.sent(answer ? 1 : 0, chunks);
    await this.#channel.write(chunks);
  }

  /** Runs a stream from its header to its end. Errors before the header is sent are thrown, later ones travel in the stream. */
  async #serveStream(route: Route, params: unknown, call: ServerCall, record: CallRecord | undefined): Promise<void> {
    const { method } = route;
    const opened = await openStream(route, params, call);
    const { header, output } = opened;
    const turns = opened.turns(call);
    const encoder = (this.#output = new StreamEncoder(output));
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
    try {
      const decoder = new StreamDecoder(schema);
      for (;;) {
        const message = await this.#input.next();
        if (message === undefined || message.kind === 'end') {
          inputEnded = true;
          if (message === undefined) call.abort();
          await turns.close();
          break;
        }
        const refused = tooLargeError(message);
        if (refused) throw refused;
        const batch = decoder.read(message);
        if (!batch) continue;
        call.inputMetadata = batch.metadata;
        if (batch.metadata.has(rpcKeys.cancel)) {
          if (record) record.cancelled = true;
          call.abort();
          await swallow(() => turns.cancel());
          break;
        }
        record?.received(message);
        const result = await turns.turn(batch);
        const logs = call.takeLogs();
        const chunks = logs.length === 0 ? [] : logs.flatMap((log) => encoder.batch(zeroRowBatch(output), logMetadata(log, call)));
        if (!result) {
          if (chunks.length > 0) await this.#channel.write(chunks);
          break;
        }
        const written = encoder.batch(result.batch, result.metadata);
        record?.sent(result.batch.numRows, written);
        for (const chunk of written) chunks.push(chunk);
        await this.#channel.write(chunks);
      }
    } catch (error) {
      if (record) record.error = error;
      const chunks = call.takeLogs().flatMap((log) => encoder.batch(zeroRowBatch(output), logMetadata(log, call)));
      chunks.push(...encoder.batch(zeroRowBatch(output), errorMetadata(error, call)));
      try {
        await this.#channel.write(chunks);
      } catch (gone) {
        // The client did not wait for the answer of its last turn, which is how DuckDB gives up a scan in mid-batch.
        call.abort();
        throw gone;
      } finally {
        await swallow(() => turns.close());
      }
    }
    await this.#channel.write([endOfStream]);
    this.inStream = false;
    if (!inputEnded) await this.#input.drain();
  }
}

const noMetadata: ReadonlyMap<string, string> = new Map();

/** Custom metadata of the request batch; what cannot be read is a problem of this request, not of the connection. */
function requestMetadata(batch: Message | undefined): { metadata: ReadonlyMap<string, string>; problem: RpcError | undefined } {
  try {
    return { metadata: batch?.customMetadata ?? noMetadata, problem: undefined };
  } catch (error) {
    return { metadata: noMetadata, problem: protocolError(`the metadata of the request cannot be read: ${(error as Error).message}`, error) };
  }
}
