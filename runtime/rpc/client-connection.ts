import { ArrowError } from '../arrow/arrow-error.ts';
import type { IpcMessageReaderOptions } from '../arrow/ipc-message-reader.ts';
import type { Message } from '../arrow/message.ts';
import type { ByteChannel } from '../transport/byte-channel.ts';
import { abortable, CallAborted } from './abortable.ts';
import type { LogMessage } from './call-context.ts';
import { ChannelStream, type StreamHost } from './channel-stream.ts';
import type { ClientStream } from './client-stream.ts';
import { transportError } from './errors.ts';
import { MessageInput, tooLargeError } from './message-input.ts';
import { receivedMessage } from './received.ts';
import type { RecordCodec } from '../codec/record-codec.ts';
import { Turn } from './turn.ts';

export interface CallOptions {
  /**
   * Aborting makes the call reject with the signal's reason. A call that waits for its turn is not made; a stream is cancelled; a unary request
   * cannot be taken back, so its connection is given up with it.
   */
  readonly signal?: AbortSignal;
  /** Takes the log lines of the call, in order, before the answer. */
  readonly onLog?: (log: LogMessage) => void;
  /** Milliseconds until the call is aborted with a `TimeoutError`; of a stream its opening, and then each turn. */
  readonly timeout?: number;
}

/** Reads the record of an answer or of a stream header. */
export type AnswerDecoder = Pick<RecordCodec<unknown>, 'decodeMessages'>;

/** One call as bytes and codecs: what a generated client hands to a connection. */
export interface OutgoingCall {
  readonly method: string;
  /** Routing key, for protocol versions that have one. */
  readonly protocol?: string;
  readonly request: Uint8Array;
  /** Absent for void methods. */
  readonly result?: AnswerDecoder;
  readonly header?: AnswerDecoder;
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
  readonly #explain: () => string | Promise<string>;
  #last: Promise<void> = Promise.resolve();
  #usable = true;

  constructor(channel: ByteChannel, explain: () => string | Promise<string> = () => '', options: IpcMessageReaderOptions = {}) {
    this.#channel = channel;
    this.#input = new MessageInput(channel, options);
    this.#explain = explain;
  }

  /** False once the peer is gone, the framing is lost, or a call was given up: further calls fail. */
  get usable(): boolean {
    return this.#usable;
  }

  /** Settles when the calls made so far, with their streams, are done. */
  get idle(): Promise<void> {
    return this.#last;
  }

  async call(call: OutgoingCall): Promise<unknown> {
    call.options.signal?.throwIfAborted();
    const turn = this.#nextTurn();
    try {
      return await abortable(this.#unary(call, turn), call.options, call.method);
    } catch (error) {
      throw await this.#failure(error, call.method, turn);
    } finally {
      turn.release();
    }
  }

  async openStream(call: OutgoingCall): Promise<ClientStream<unknown>> {
    call.options.signal?.throwIfAborted();
    const turn = this.#nextTurn();
    try {
      const header = await abortable(this.#opened(call, turn), call.options, call.method);
      const host: StreamHost = {
        method: call.method,
        channel: this.#channel,
        input: this.#input,
        options: call.options,
        ended: (usable) => {
          if (!usable) this.giveUp();
          turn.release();
        },
        explained: (error) => this.#explained(error, call.method),
      };
      return new ChannelStream(header, host);
    } catch (error) {
      turn.release();
      throw await this.#failure(error, call.method, turn);
    }
  }

  async close(): Promise<void> {
    await this.#last;
    this.#usable = false;
    this.#channel.close();
  }

  /** Ends the connection without waiting for the call that runs: that call fails. */
  protected giveUp(): void {
    this.#usable = false;
    this.#channel.close();
  }

  async #unary({ request, result, options }: OutgoingCall, turn: Turn): Promise<unknown> {
    if (!(await turn.begin())) return undefined;
    await this.#channel.write([request]);
    return this.#answer(result, options);
  }

  async #opened({ request, header, options }: OutgoingCall, turn: Turn): Promise<unknown> {
    if (!(await turn.begin())) return undefined;
    await this.#channel.write([request]);
    return header && this.#answer(header, options);
  }

  #nextTurn(): Turn {
    const turn = new Turn(this.#last);
    this.#last = turn.done;
    return turn;
  }

  /** What a failed call tells its caller; gives up the connection if it is of no use any more. */
  async #failure(error: unknown, method: string, turn: Turn): Promise<unknown> {
    if (error instanceof CallAborted) {
      if (turn.begun) this.giveUp();
      return error.reason;
    }
    if (error instanceof ArrowError) this.giveUp();
    return this.#explained(error, method);
  }

  /** Reads one answer stream: log lines, then one record, nothing (void) or the error. */
  async #answer(codec: AnswerDecoder | undefined, options: CallOptions): Promise<unknown> {
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

  async #explained(error: unknown, method: string): Promise<unknown> {
    if ((error as { type?: string }).type !== 'TransportError') return error;
    this.#usable = false;
    const why = await this.#explain();
    this.giveUp();
    return transportError(`${method}: ${(error as Error).message}${why && `\n${why}`}`, error);
  }
}
