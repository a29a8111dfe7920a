import { IpcMessageReader, type IpcMessageReaderOptions } from '../arrow/ipc-message-reader.ts';
import type { IpcMessages } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import type { ByteChannel } from '../transport/byte-channel.ts';
import { protocolError, RpcError, transportError } from './errors.ts';
import type { MaybePromise } from './stream.ts';

/** The error for a message whose body was beyond the limit of its reader; `undefined` for a whole message. */
export function tooLargeError({ omittedBytes }: Message): RpcError | undefined {
  return omittedBytes === 0 ? undefined : new RpcError(`a message with a body of ${omittedBytes} bytes is more than is accepted here`, { type: 'MessageTooLargeError' });
}

/** Received messages that wait for their reader before the channel is asked to pause. */
const PAUSE_ABOVE_BYTES = 4 * 1024 * 1024;

/** The IPC messages that arrive on a byte channel, one at a time. */
export class MessageInput {
  readonly #channel: ByteChannel;
  readonly #reader: IpcMessageReader;
  #ready: Message[] = [];
  #next = 0;
  /** Of a channel that hands its chunks over: asks for more. */
  readonly #resume: (() => void) | undefined;
  #readyBytes = 0;
  #paused = false;
  #ended = false;
  #failure: unknown;
  #wake: (() => void) | undefined;

  constructor(channel: ByteChannel, options?: IpcMessageReaderOptions) {
    this.#channel = channel;
    this.#reader = new IpcMessageReader({ ...options, oversized: 'omit-body' });
    this.#resume = channel.receive?.({
      take: (chunk, overwritten) => this.#take(chunk && (() => this.#reader.push(chunk, overwritten))),
      room: () => (this.#failure === undefined ? this.#reader.room() : undefined),
      received: (length) => this.#take(() => this.#reader.received(length)),
    });
  }

  /** The next message, at once if it is here; `undefined` at the end of input. Throws `TransportError` if input ends inside a message. */
  next(): MaybePromise<Message | undefined> {
    return this.#next < this.#ready.length ? this.#ready[this.#next++] : this.#receive();
  }

  /** Takes the messages that were completed by what was handed over; nothing is handed over at the end of input. */
  #take(messages: (() => Message[]) | undefined): boolean {
    if (messages === undefined) this.#ended = true;
    else if (this.#failure === undefined) this.#add(messages);
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
    this.#paused = this.#readyBytes > PAUSE_ABOVE_BYTES;
    return !this.#paused;
  }

  #add(messages: () => Message[]): void {
    try {
      for (const message of messages()) {
        this.#ready.push(message);
        this.#readyBytes += message.bytes.length;
      }
    } catch (error) {
      this.#failure = error;
    }
  }

  async #receive(): Promise<Message | undefined> {
    for (;;) {
      if (this.#resume) {
        if (this.#next === this.#ready.length) await this.#handedOver(this.#resume);
        if (this.#next < this.#ready.length) return this.#ready[this.#next++];
        if (this.#failure !== undefined) throw this.#failure;
        if (this.#ended) return this.#end();
        continue;
      }
      const chunk = await this.#channel.read();
      if (chunk === undefined) return this.#end();
      this.#ready = this.#reader.push(chunk);
      this.#next = 1;
      if (this.#ready.length > 0) return this.#ready[0];
    }
  }

  /** Waits for the channel; all messages so far have been read. */
  async #handedOver(resume: () => void): Promise<void> {
    this.#ready = [];
    this.#next = 0;
    this.#readyBytes = 0;
    if (this.#ended || this.#failure !== undefined) return;
    if (this.#paused) {
      this.#paused = false;
      resume();
    }
    if (this.#ready.length > 0) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #end(): undefined {
    if (this.#reader.pendingBytes > 0) throw transportError('the connection ended in the middle of a message');
    return undefined;
  }

  /**
   * Reads a whole stream of at most one batch, up to its end marker. `undefined` if input ends before it begins.
   * A second batch is a `ProtocolError`, told after the stream was read away.
   */
  async stream(): Promise<IpcMessages | undefined> {
    const schema = await this.next();
    if (schema === undefined) return undefined;
    if (schema.kind !== 'schema') throw protocolError(`expected a schema message, got a ${schema.kind} message`);
    return this.rest(schema);
  }

  /** The rest of a stream of at most one batch whose schema message was read. */
  async rest(schema: Message): Promise<IpcMessages> {
    const dictionaries: Message[] = [];
    let batch: Message | undefined;
    let batches = 0;
    for (;;) {
      const message = await this.next();
      if (message === undefined) throw transportError('the connection ended before the end of a stream');
      if (message.kind === 'end') break;
      if (message.kind === 'schema') throw protocolError('a schema message came before the end of the stream');
      if (message.kind === 'dictionary') dictionaries.push(message);
      else {
        batch ??= message;
        batches += 1;
      }
    }
    if (batches > 1) throw protocolError(`expected one batch in the stream, got ${batches}`);
    return { schemaMessage: schema.bytes, dictionaries, ...(batch && { batch }) };
  }

  /** Reads messages away up to the end marker or the end of input. */
  async drain(): Promise<void> {
    for (;;) {
      const message = await this.next();
      if (message === undefined || message.kind === 'end') return;
    }
  }
}
