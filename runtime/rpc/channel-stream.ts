import type { Message } from '../arrow/message.ts';
import type { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import { StreamDecoder } from '../arrow/stream-decoder.ts';
import { endOfStream, StreamEncoder, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import type { ByteChannel } from '../transport/byte-channel.ts';
import { emptySchema, zeroRowBatch } from './answers.ts';
import type { CallOptions } from './client-connection.ts';
import type { ClientStream } from './client-stream.ts';
import { protocolError, transportError } from './errors.ts';
import { type MessageInput, tooLargeError } from './message-input.ts';
import { rpcKeys } from './metadata-keys.ts';
import { receivedMessage } from './received.ts';

const cancelMetadata: ReadonlyMap<string, string> = new Map([[rpcKeys.cancel, '1']]);

/** A stream over a byte channel, which it has to itself until it ends. */
export class ChannelStream<Header> implements ClientStream<Header> {
  readonly header: Header;
  readonly #channel: ByteChannel;
  readonly #input: MessageInput;
  readonly #options: CallOptions;
  readonly #release: () => void;
  readonly #explained: (error: unknown) => unknown;
  #encoder: StreamEncoder | undefined;
  #decoder: StreamDecoder | undefined;
  #inputSchema: Schema = emptySchema;
  #state: 'open' | 'ended' | 'cancelled' | 'closed' = 'open';

  constructor(header: Header, channel: ByteChannel, input: MessageInput, options: CallOptions, release: () => void, explained: (error: unknown) => unknown) {
    this.header = header;
    this.#channel = channel;
    this.#input = input;
    this.#options = options;
    this.#release = release;
    this.#explained = explained;
  }

  async tick(metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined> {
    if (this.#state === 'ended') return undefined;
    return this.#turn(zeroRowBatch(emptySchema), metadata);
  }

  async exchange(batch: RecordBatch, metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined> {
    return this.#turn(batch, metadata);
  }

  async cancel(): Promise<void> {
    if (this.#state !== 'open') return;
    await this.#finish('cancelled', cancelMetadata);
  }

  async close(): Promise<void> {
    if (this.#state !== 'open') return;
    await this.#finish('closed');
  }

  async #turn(batch: RecordBatch, metadata: ReadonlyMap<string, string> | undefined): Promise<RecordBatch | undefined> {
    if (this.#state !== 'open') throw protocolError(`the stream is ${this.#state}`);
    const { signal } = this.#options;
    if (signal?.aborted) {
      await this.cancel();
      throw signal.reason;
    }
    try {
      await this.#channel.write([...this.#opening(batch.schema), ...this.#encode(batch, metadata)]);
      const answer = await this.#receive();
      if (!answer) {
        this.#state = 'ended';
        await this.#channel.write([endOfStream]);
        this.#release();
      }
      return answer;
    } catch (error) {
      await this.#abandon(error);
      throw this.#explained(error);
    }
  }

  /** The schema message, before the first batch. */
  #opening(schema: Schema): Uint8Array[] {
    if (this.#encoder) return [];
    this.#inputSchema = schema;
    this.#encoder = new StreamEncoder(schema);
    return [writeSchemaMessage(schema)];
  }

  #encode(batch: RecordBatch, metadata: ReadonlyMap<string, string> | undefined): Uint8Array[] {
    return (this.#encoder as StreamEncoder).batch(batch, metadata);
  }

  /** The next data batch; log lines before it go to their listener. `undefined` at the end of the stream. */
  async #receive(): Promise<RecordBatch | undefined> {
    for (;;) {
      const message = await this.#input.next();
      if (message === undefined) throw transportError('the server closed the connection inside a stream');
      if (message.kind === 'end') return undefined;
      if (message.kind === 'schema') this.#decoder = new StreamDecoder(message);
      else {
        const batch = this.#decode(message);
        const received = batch && batch.numRows === 0 ? receivedMessage(batch.metadata) : undefined;
        if (batch && !received) return batch;
        if (received && 'error' in received) throw received.error;
        if (received) this.#options.onLog?.(received.log);
      }
    }
  }

  #decode(message: Message): RecordBatch | undefined {
    if (!this.#decoder) throw protocolError(`the server sent a ${message.kind} message before the schema of the stream`);
    const refused = tooLargeError(message);
    if (refused) throw refused;
    return this.#decoder.read(message);
  }

  /** After an error of the server the rest of its stream is read away and ours is ended, so that the next call finds clean pipes. */
  async #abandon(error: unknown): Promise<void> {
    this.#state = 'closed';
    const remote = (error as { type?: string }).type !== 'TransportError';
    try {
      if (remote) {
        await this.#channel.write([endOfStream]);
        await this.#input.drain();
      }
    } catch {
      // The connection is lost; the first error says more.
    } finally {
      this.#release();
    }
  }

  async #finish(state: 'cancelled' | 'closed', metadata?: ReadonlyMap<string, string>): Promise<void> {
    this.#state = state;
    try {
      const cancel = metadata ? [...this.#opening(this.#inputSchema), ...this.#encode(zeroRowBatch(this.#inputSchema), metadata)] : this.#opening(this.#inputSchema);
      await this.#channel.write([...cancel, endOfStream]);
      await this.#input.drain();
    } catch {
      // Giving up a stream is best effort: the session is over either way.
    } finally {
      this.#release();
    }
  }
}
