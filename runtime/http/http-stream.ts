import type { Message } from '../arrow/message.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import { StreamDecoder } from '../arrow/stream-decoder.ts';
import { endOfStream, StreamEncoder, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { emptySchema, zeroRowBatch } from '../rpc/answers.ts';
import type { CallOptions } from '../rpc/client-connection.ts';
import type { ClientStream } from '../rpc/client-stream.ts';
import { protocolError, transportError } from '../rpc/errors.ts';
import { rpcKeys } from '../rpc/metadata-keys.ts';
import { receivedMessage } from '../rpc/received.ts';
import { deadline } from './deadline.ts';
import { fetchPointer, isPointer } from './external-fetch.ts';
import type { HttpTransport } from './http-transport.ts';
import { withoutTokens } from './stream-tokens.ts';

/** A stream over HTTP: one request a turn, with the tokens that the server gave. */
export class HttpStream<Header> implements ClientStream<Header> {
  readonly header: Header;
  readonly #transport: HttpTransport;
  readonly #path: string;
  readonly #options: CallOptions;
  /** Batches that came and were not asked for yet. */
  #ready: RecordBatch[] = [];
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
    while (this.#ready.length === 0) {
      if (this.#cursor === undefined) {
        this.#state = 'ended';
        return undefined;
      }
      await this.#turn(zeroRowBatch(emptySchema), metadata, false);
    }
    return this.#ready.shift();
  }

  async exchange(batch: RecordBatch, metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined> {
    this.#mustBeOpen();
    if (this.#cursor === undefined) throw protocolError('the server gave no token to go on with the exchange');
    await this.#turn(batch, metadata ?? batch.metadata, true);
    const answer = this.#ready.shift();
    if (!answer) this.#state = 'ended';
    return answer;
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
    const { signal } = this.#options;
    if (signal?.aborted) {
      await this.cancel();
      throw signal.reason;
    }
    try {
      const messages = await this.#transport.post(`${this.#path}/exchange`, this.#request(batch, metadata), deadline(this.#options));
      this.#cursor = undefined;
      await this.#receive(messages, exchange);
    } catch (error) {
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
      if (!batch) continue;
      const { metadata } = batch;
      this.#cursor = metadata.get(rpcKeys.streamState) ?? this.#cursor;
      this.#callToken ??= metadata.get(rpcKeys.callState);
      const sentinel = !exchange && batch.numRows === 0 && metadata.has(rpcKeys.streamState);
      if (!sentinel) this.#ready.push(metadata.has(rpcKeys.streamState) ? batch.withMetadata(withoutTokens(metadata)) : batch);
    }
  }

  /** A data batch or the carrier of tokens; log lines go to their listener, an error is thrown. */
  async #batch(message: Message, decoder: StreamDecoder, schema: Message): Promise<RecordBatch | undefined> {
    const batch = decoder.read(message);
    if (!batch || batch.numRows > 0) return batch;
    const received = receivedMessage(batch.metadata);
    if (received && 'error' in received) throw received.error;
    if (received) {
      this.#options.onLog?.(received.log);
      return undefined;
    }
    if (!isPointer(message)) return batch;
    const fetched = await fetchPointer(message, schema.bytes, this.#transport.fetchPolicy);
    for (const log of fetched.logs) this.#options.onLog?.(log);
    return RecordBatch.fromMessages(fetched.messages);
  }
}
