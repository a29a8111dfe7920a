import type { Message } from '../arrow/message.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import { StreamDecoder } from '../arrow/stream-decoder.ts';
import { endOfStream, StreamEncoder, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { emptySchema, zeroRowBatch } from '../rpc/answers.ts';
import type { LogMessage } from '../rpc/call-context.ts';
import type { CallOptions } from '../rpc/client-connection.ts';
import type { ClientStream } from '../rpc/client-stream.ts';
import { protocolError, transportError } from '../rpc/errors.ts';
import { rpcKeys } from '../rpc/metadata-keys.ts';
import { receivedMessage } from '../rpc/received.ts';
import { withDeadline } from './deadline.ts';
import { fetchPointer, isPointer } from './external-fetch.ts';
import type { HttpTransport } from './http-transport.ts';
import { withoutTokens } from './stream-tokens.ts';

/** What an answer held, in its order: an answer may hold many batches, and each has its log lines before it. */
type Received = { readonly log: LogMessage } | { readonly batch: RecordBatch } | { readonly failure: unknown };

/** A stream over HTTP: one request a turn, with the tokens that the server gave. */
export class HttpStream<Header> implements ClientStream<Header> {
  readonly header: Header;
  readonly #transport: HttpTransport;
  readonly #path: string;
  readonly #options: CallOptions;
  /** What came and was not asked for yet. */
  readonly #ready: Received[] = [];
  #cursor: string | undefined;
  #callToken: string | undefined;
  #state: 'open' | 'ended' | 'cancelled' | 'closed' = 'open';

  private constructor(header: Header, transport: HttpTransport, path: string, options: CallOptions) {
    this.header = header;
    this.#transport = transport;
    this.#path = path;
    this.#options = options;
  }

  /** The stream that the answer to its `init` began. */
  static async opened<Header>(header: Header, transport: HttpTransport, path: string, messages: readonly Message[], options: CallOptions): Promise<HttpStream<Header>> {
    const stream = new HttpStream(header, transport, path, options);
    await stream.#receive(messages, false);
    return stream;
  }

  async tick(metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined> {
    if (this.#state === 'ended') return undefined;
    this.#mustBeOpen();
    for (;;) {
      const batch = this.#next();
      if (batch) return batch;
      if (this.#cursor === undefined) {
        this.#state = 'ended';
        return undefined;
      }
      await this.#turn(zeroRowBatch(emptySchema), metadata, false);
    }
  }

  async exchange(batch: RecordBatch, metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined> {
    this.#mustBeOpen();
    this.#next();
    if (this.#cursor === undefined) throw protocolError('the server gave no token to go on with the exchange');
    await this.#turn(batch, metadata ?? batch.metadata, true);
    const answer = this.#next();
    if (!answer) this.#state = 'ended';
    return answer;
  }

  /** The next batch that is here; log lines before it go to their listener. Throws the error that came in its place. */
  #next(): RecordBatch | undefined {
    for (;;) {
      const received = this.#ready.shift();
      if (received === undefined) return undefined;
      if ('batch' in received) return received.batch;
      if ('failure' in received) {
        this.#state = 'closed';
        throw received.failure;
      }
      this.#options.onLog?.(received.log);
    }
  }

  async cancel(): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'cancelled';
    if (this.#cursor === undefined) return;
    try {
      await this.#transport.post(`${this.#path}/exchange`, this.#request(zeroRowBatch(emptySchema), new Map([[rpcKeys.cancel, '1']])));
    } catch {
      // Giving up a stream is best effort: it is over either way.
    }
  }

  /** Nothing is sent: a stream over HTTP holds nothing open, and what a server keeps of it goes with time. */
  close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closed';
    return Promise.resolve();
  }

  #mustBeOpen(): void {
    if (this.#state !== 'open') throw protocolError(`the stream is ${this.#state}`);
  }

  async #turn(batch: RecordBatch, metadata: ReadonlyMap<string, string> | undefined, exchange: boolean): Promise<void> {
    try {
      const request = this.#request(batch, metadata);
      const messages = await withDeadline(this.#options, this.#path, (signal) => this.#transport.post(`${this.#path}/exchange`, request, signal));
      this.#cursor = undefined;
      await this.#receive(messages, exchange);
    } catch (error) {
      if (this.#options.signal?.aborted) await this.cancel();
      this.#state = 'closed';
      throw error;
    }
  }

  #request(batch: RecordBatch, metadata: ReadonlyMap<string, string> | undefined): Uint8Array {
    const tokens = new Map([...(metadata ?? []), [rpcKeys.streamState, this.#cursor as string] as const]);
    if (this.#callToken !== undefined) tokens.set(rpcKeys.callState, this.#callToken);
    const { schema } = batch;
    return Buffer.concat([writeSchemaMessage(schema), ...new StreamEncoder(schema).batch(batch, tokens), endOfStream]);
  }

  /** Takes in one answer. In an exchange the cursor rides on the data; otherwise on a batch without rows of its own. */
  async #receive(messages: readonly Message[], exchange: boolean): Promise<void> {
    const [schema, ...rest] = messages;
    if (schema?.kind !== 'schema') throw transportError('the answer holds no Arrow stream');
    const decoder = new StreamDecoder(schema);
    for (const message of rest) {
      if (message.kind === 'end') return;
      const batch = await this.#batch(message, decoder, schema);
      if (batch === 'failed') return;
      if (!batch) continue;
      const { metadata } = batch;
      this.#cursor = metadata.get(rpcKeys.streamState) ?? this.#cursor;
      this.#callToken ??= metadata.get(rpcKeys.callState);
      const sentinel = !exchange && batch.numRows === 0 && metadata.has(rpcKeys.streamState);
      if (!sentinel) this.#ready.push({ batch: metadata.has(rpcKeys.streamState) ? batch.withMetadata(withoutTokens(metadata)) : batch });
    }
  }

  /** A data batch or the carrier of tokens; log lines and the error are kept for when it is their turn. */
  async #batch(message: Message, decoder: StreamDecoder, schema: Message): Promise<RecordBatch | 'failed' | undefined> {
    const batch = decoder.read(message);
    if (!batch || batch.numRows > 0) return batch;
    const received = receivedMessage(batch.metadata);
    if (received && 'error' in received) {
      this.#ready.push({ failure: received.error });
      return 'failed';
    }
    if (received) {
      this.#ready.push(received);
      return undefined;
    }
    if (!isPointer(message)) return batch;
    const fetched = await fetchPointer(message, schema.bytes, this.#transport.fetchPolicy);
    for (const log of fetched.logs) this.#ready.push({ log });
    return RecordBatch.fromMessages(fetched.messages);
  }
}
