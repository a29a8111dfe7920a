import type { IpcMessageReaderOptions } from '../arrow/ipc-message-reader.ts';
import type { Message } from '../arrow/message.ts';
import type { ByteChannel } from '../transport/byte-channel.ts';
import type { LogMessage } from './call-context.ts';
import { ChannelStream } from './channel-stream.ts';
import type { ClientStream } from './client-stream.ts';
import { transportError } from './errors.ts';
import { MessageInput, tooLargeError } from './message-input.ts';
import { receivedMessage } from './received.ts';
import type { RecordCodec } from '../codec/record-codec.ts';

export interface CallOptions {
  /** Aborting ends the call: a stream is cancelled; a unary call is given up together with its connection, which cannot be told to stop. */
  readonly signal?: AbortSignal;
  /** Takes the log lines of the call, in order, before the answer. */
  readonly onLog?: (log: LogMessage) => void;
  /** Milliseconds until the call is aborted. */
  readonly timeout?: number;
}

/** One call as bytes and codecs: what a generated client hands to a connection. */
export interface OutgoingCall {
  readonly method: string;
  /** Routing key, for protocol versions that have one. */
  readonly protocol?: string;
  readonly request: Uint8Array;
  /** Absent for void methods. */
  readonly result?: RecordCodec<unknown>;
  readonly header?: RecordCodec<unknown>;
  readonly options: CallOptions;
}

/** A way to a server. Calls on one connection run one after another. */
export interface ClientConnection {
  call(call: OutgoingCall): Promise<unknown>;
  openStream(call: OutgoingCall): Promise<ClientStream<unknown>>;
  /** Ends the connection after the call that runs. */
  close(): Promise<void>;
}

/** A connection over a byte channel: stdio of a child process, a socket, or memory. */
export class ChannelConnection implements ClientConnection {
  readonly #channel: ByteChannel;
  readonly #input: MessageInput;
  /** Says why the peer went away, e.g. with the last lines that a child process wrote to stderr. */
  readonly #explain: () => string;
  #last: Promise<void> = Promise.resolve();

  constructor(channel: ByteChannel, explain: () => string = () => '', options: IpcMessageReaderOptions = {}) {
    this.#channel = channel;
    this.#input = new MessageInput(channel, options);
    this.#explain = explain;
  }

  async call(call: OutgoingCall): Promise<unknown> {
    const release = await this.#turn();
    const unwatch = this.#watch(call.options);
    try {
      await this.#channel.write([call.request]);
      return await this.#answer(call.result, call.options);
    } catch (error) {
      throw this.#explained(error, call.method);
    } finally {
      unwatch();
      release();
    }
  }

  async openStream(call: OutgoingCall): Promise<ClientStream<unknown>> {
    const release = await this.#turn();
    try {
      await this.#channel.write([call.request]);
      const header = call.header && (await this.#answer(call.header, call.options));
      return new ChannelStream(header, this.#channel, this.#input, call.options, release, (error) => this.#explained(error, call.method));
    } catch (error) {
      release();
      throw this.#explained(error, call.method);
    }
  }

  async close(): Promise<void> {
    await this.#last;
    this.#channel.close();
  }

  /** Waits until the calls before are done. */
  async #turn(): Promise<() => void> {
    const before = this.#last;
    let release!: () => void;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  /** Gives the connection up when the call is aborted; there is no way to take back a unary request. */
  #watch({ signal, timeout }: CallOptions): () => void {
    const abort = (): void => this.#channel.close();
    const timer = timeout === undefined ? undefined : setTimeout(abort, timeout);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
  }

  /** Reads one answer stream: log lines, then one record, nothing (void) or the error. */
  async #answer(codec: RecordCodec<unknown> | undefined, options: CallOptions): Promise<unknown> {
    const schema = await this.#input.next();
    if (schema === undefined) throw transportError('the server closed the connection without an answer');
    const dictionaries: Message[] = [];
    let answer: Message | undefined;
    let failure: Error | undefined;
    for (;;) {
      const message = await this.#input.next();
      if (message === undefined) throw transportError('the server closed the connection inside an answer');
      if (message.kind === 'end') break;
      failure ??= tooLargeError(message);
      if (message.kind === 'dictionary') dictionaries.push(message);
      else if (message.kind === 'batch') {
        const received = message.omittedBytes === 0 && message.numRows === 0 ? receivedMessage(message.customMetadata) : undefined;
        if (!received) answer ??= message;
        else if ('error' in received) failure ??= received.error;
        else options.onLog?.(received.log);
      }
    }
    if (failure) throw failure;
    if (!codec) return undefined;
    return codec.decodeMessages({ schemaMessage: schema.bytes, dictionaries, ...(answer && { batch: answer }) });
  }

  #explained(error: unknown, method: string): unknown {
    const type = (error as { type?: string }).type;
    if (type !== 'TransportError') return error;
    const why = this.#explain();
    return transportError(`${method}: ${(error as Error).message}${why && `\n${why}`}`, error);
  }
}

