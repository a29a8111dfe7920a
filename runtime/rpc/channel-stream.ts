import type { Message } from '../arrow/message.ts';
import type { RecordBatch } from '../arrow/record-batch.ts';
import type { Schema } from '../arrow/schema.ts';
import { StreamDecoder } from '../arrow/stream-decoder.ts';
import { endOfStream, StreamEncoder, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import type { ByteChannel } from '../transport/byte-channel.ts';
import { abortable, CallAborted } from './abortable.ts';
import { emptySchema, zeroRowBatch } from './answers.ts';
import type { CallOptions } from './client-connection.ts';
import type { ClientStream } from './client-stream.ts';
import { protocolError, transportError } from './errors.ts';
import { type MessageInput, tooLargeError } from './message-input.ts';
import { rpcKeys } from './metadata-keys.ts';
import { receivedMessage } from './received.ts';

const cancelMetadata: ReadonlyMap<string, string> = new Map([[rpcKeys.cancel, '1']]);
/** What a server has to end a stream that was aborted, before the connection is given up, in milliseconds. */
const ABORT_GRACE = 2000;

/** The connection of a stream, which the stream has to itself until it has ended. */
export interface StreamHost {
  readonly method: string;
  readonly channel: ByteChannel;
  readonly input: MessageInput;
  readonly options: CallOptions;
  /** Takes the connection back; not usable if its framing is lost. */
  ended(usable: boolean): void;
  explained(error: unknown): Promise<unknown>;
}

const isTransportError = (error: unknown): boolean => (error as { type?: string }).type === 'TransportError';

/** A stream over a byte channel. */
export class ChannelStream<Header> implements ClientStream<Header> {
  readonly header: Header;
  readonly #host: StreamHost;
  #encoder: StreamEncoder | undefined;
  #decoder: StreamDecoder | undefined;
  #inputSchema: Schema = emptySchema;
  #state: 'open' | 'ended' | 'cancelled' | 'closed' = 'open';
  /** The turn that waits for its answer. */
  #pending: Promise<RecordBatch | undefined> | undefined;

  constructor(header: Header, host: StreamHost) {
    this.header = header;
    this.#host = host;
    host.options.signal?.addEventListener('abort', this.#onAbort);
  }

  async tick(metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined> {
    if (this.#state === 'ended') return undefined;
    return this.#turn(zeroRowBatch(emptySchema), metadata);
  }

  async exchange(batch: RecordBatch, metadata?: ReadonlyMap<string, string>): Promise<RecordBatch | undefined> {
    return this.#turn(batch, metadata);
  }

  async cancel(): Promise<void> {
    if (this.#state === 'open') await this.#finish('cancelled', cancelMetadata);
  }

  async close(): Promise<void> {
    if (this.#state === 'open') await this.#finish('closed');
  }

  async #turn(batch: RecordBatch, metadata: ReadonlyMap<string, string> | undefined): Promise<RecordBatch | undefined> {
    const { signal } = this.#host.options;
    if (signal?.aborted) {
      this.#onAbort();
      throw signal.reason;
    }
    if (this.#state !== 'open') throw protocolError(`the stream is ${this.#state}`);
    if (this.#pending) throw protocolError('the stream waits for the answer to its last turn');
    this.#pending = this.#answerTo(batch, metadata);
    try {
      const answer = await abortable(this.#pending, this.#host.options, this.#host.method);
      this.#pending = undefined;
      if (!answer) await this.#ended();
      return answer;
    } catch (error) {
      if (error instanceof CallAborted) {
        this.#onAbort();
        throw error.reason;
      }
      this.#pending = undefined;
      await this.#abandon(error);
      throw await this.#host.explained(error);
    }
  }

  async #answerTo(batch: RecordBatch, metadata: ReadonlyMap<string, string> | undefined): Promise<RecordBatch | undefined> {
    await this.#host.channel.write([...this.#opening(batch.schema), ...this.#encode(batch, metadata)]);
    return this.#receive();
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
    const { input, options } = this.#host;
    for (;;) {
      const message = await input.next();
      if (message === undefined) throw transportError('the server closed the connection inside a stream');
      if (message.kind === 'end') return undefined;
      if (message.kind === 'schema') this.#decoder = new StreamDecoder(message);
      else {
        const batch = this.#decode(message);
        const received = batch && batch.numRows === 0 ? receivedMessage(batch.metadata) : undefined;
        if (batch && !received) return batch;
        if (received && 'error' in received) throw received.error;
        if (received) options.onLog?.(received.log);
      }
    }
  }

  #decode(message: Message): RecordBatch | undefined {
    if (!this.#decoder) throw protocolError(`the server sent a ${message.kind} message before the schema of the stream`);
    const refused = tooLargeError(message);
    if (refused) throw refused;
    return this.#decoder.read(message);
  }

  /** The server ended the stream: ours ends too. */
  async #ended(): Promise<void> {
    this.#state = 'ended';
    await this.#host.channel.write([endOfStream]);
    this.#release(true);
  }

  /** After an error of the server the rest of its stream is read away and ours is ended, so that the next call finds clean pipes. */
  async #abandon(error: unknown): Promise<void> {
    this.#state = 'closed';
    let usable = !isTransportError(error);
    try {
      if (usable) {
        await this.#host.channel.write([endOfStream]);
        await this.#host.input.drain();
      }
    } catch {
      // The connection is lost; the first error says more.
      usable = false;
    } finally {
      this.#release(usable);
    }
  }

  /** Cancels the stream; a server that does not answer in time loses its connection, since whoever aborts does not want to wait. */
  readonly #onAbort = (): void => {
    if (this.#state !== 'open') return;
    const timer = setTimeout(() => this.#host.channel.close(), ABORT_GRACE);
    void this.#finish('cancelled', cancelMetadata).finally(() => clearTimeout(timer));
  };

  async #finish(state: 'cancelled' | 'closed', metadata?: ReadonlyMap<string, string>): Promise<void> {
    this.#state = state;
    const { channel, input } = this.#host;
    let usable = true;
    try {
      const opening = this.#opening(this.#inputSchema);
      const cancel = metadata ? this.#encode(zeroRowBatch(this.#inputSchema), metadata) : [];
      await channel.write([...opening, ...cancel, endOfStream]);
      if (await this.#moreToCome()) await input.drain();
    } catch {
      // Giving up a stream is best effort: the session is over either way.
      usable = false;
    } finally {
      this.#release(usable);
    }
  }

  /** Waits for the answer of a turn that was given up, since two must not read at the same time; false if it was the end of the stream. */
  async #moreToCome(): Promise<boolean> {
    if (!this.#pending) return true;
    try {
      return (await this.#pending) !== undefined;
    } catch (error) {
      if (isTransportError(error)) throw error;
      return true;
    }
  }

  #release(usable: boolean): void {
    this.#host.options.signal?.removeEventListener('abort', this.#onAbort);
    this.#host.ended(usable);
  }
}
