import { ArrowError } from './arrow-error.ts';
import { Frame, MAX_MESSAGE_BYTES, type OversizedMessages, readFrame } from './message-framing.ts';
import { Message } from './message.ts';

export interface IpcMessageReaderOptions {
  /** Largest message (framing, metadata and body) in bytes; default and most 2 GiB - 1. */
  readonly maxMessageBytes?: number;
  /** Default `refuse`: an `ArrowError` that ends the reading. `omit-body` reads the body away and gives the message without it. */
  readonly oversized?: OversizedMessages;
}

/** What a sender only announces is not allocated beyond this; from there on the buffer doubles with what has really come. */
const TRUSTED_BYTES = 16 << 20;

/** Less is not worth receiving in its place. */
const ROOM_FROM_BYTES = 32 * 1024;

/**
 * Cuts a byte stream into IPC messages. Streams may follow one another: after an `end` message the next one begins.
 * A message that lies in one chunk is a view of that chunk, so chunks must not be overwritten; one that spans chunks is assembled
 * in a buffer of its own.
 */
export class IpcMessageReader {
  private readonly maxBytes: number;
  private readonly frame = new Frame();
  /** The message that has begun in an earlier chunk: `filled` of the `needed` bytes known so far. */
  private partial: Buffer | undefined;
  private partialView: DataView | undefined;
  private filled = 0;
  private needed = 0;
  private readonly oversized: OversizedMessages;
  /** A message whose body is being read away, and how much of it is still to come. */
  private bodiless: Message | undefined;
  private toSkip = 0;

  constructor(options: IpcMessageReaderOptions = {}) {
    this.maxBytes = Math.min(options.maxMessageBytes ?? MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES);
    this.oversized = options.oversized ?? 'refuse';
  }

  /**
   * Takes the next chunk and returns the messages completed by it, in order. A chunk that is `overwritten` after the call is copied where
   * messages lie in it whole; of those that span chunks the parts are copied in any case.
   * Throws `ArrowError` on bytes that are no IPC messages or exceed the limit; the reader is of no use then.
   */
  push(received: Uint8Array, overwritten = false): Message[] {
    const messages: Message[] = [];
    let chunk = received;
    let view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let borrowed = overwritten;
    let pos = 0;
    while (pos < chunk.length) {
      if (this.bodiless !== undefined) {
        pos += this.skip(chunk.length - pos, messages);
        continue;
      }
      if (this.partial !== undefined) {
        pos += this.fill(chunk, pos, messages);
        continue;
      }
      const length = readFrame(view, pos, chunk.length, this.maxBytes, this.frame, this.oversized);
      if (length <= chunk.length - pos) {
        if (borrowed) {
          borrowed = false;
          chunk = Uint8Array.prototype.slice.call(chunk, pos);
          view = new DataView(chunk.buffer);
          pos = 0;
          continue;
        }
        this.complete(new Message(chunk, pos, this.frame), messages);
        pos += length;
      } else {
        this.needed = length;
        this.grow(chunk.length - pos);
        pos += this.fill(chunk, pos, messages);
      }
    }
    return messages;
  }

  /**
   * Where the next bytes of the message that has begun belong, if there is much of it to come: who receives straight into it says so by
   * `received` in place of `push`. Valid until the next call of either.
   */
  room(): Uint8Array | undefined {
    const { partial, filled, needed } = this;
    if (partial === undefined || needed - filled < ROOM_FROM_BYTES) return undefined;
    if (filled === partial.length) this.grow(filled + ROOM_FROM_BYTES);
    return (this.partial as Buffer).subarray(filled, needed);
  }

  /** Takes as many bytes as were put into the room and returns the message that they complete. Throws like `push`. */
  received(length: number): Message[] {
    const messages: Message[] = [];
    this.filled += length;
    if (this.filled === this.needed) this.finish(messages);
    return messages;
  }

  /** Bytes of a message that has begun and is not complete; 0 between messages. */
  get pendingBytes(): number {
    return this.bodiless === undefined ? this.filled : this.bodiless.bytes.length + this.bodiless.omittedBytes - this.toSkip;
  }

  /** Throws `ArrowError` `truncated` if the byte stream must not end here, inside a message. */
  end(): void {
    if (this.pendingBytes > 0) throw new ArrowError('truncated', `the bytes end inside a message, after ${this.pendingBytes} bytes of it`);
  }

  /** Adds to the partial message and completes it if that was all; returns how much of the chunk was taken. */
  private fill(chunk: Uint8Array, from: number, messages: Message[]): number {
    const taken = Math.min(this.needed - this.filled, chunk.length - from);
    this.grow(this.filled + taken);
    const partial = this.partial as Buffer;
    partial.set(chunk.subarray(from, from + taken), this.filled);
    this.filled += taken;
    if (this.filled === this.needed) this.finish(messages);
    return taken;
  }

  /** What was needed is here: the message is complete, or says how much more there is of it. */
  private finish(messages: Message[]): void {
    const length = readFrame(this.partialView as DataView, 0, this.filled, this.maxBytes, this.frame, this.oversized);
    if (length > this.filled) {
      this.needed = length;
      return;
    }
    this.complete(new Message(this.partial as Buffer, 0, this.frame), messages);
    this.partial = undefined;
    this.partialView = undefined;
    this.filled = 0;
  }

  private complete(message: Message, messages: Message[]): void {
    if (message.omittedBytes === 0) {
      messages.push(message);
      return;
    }
    this.bodiless = message;
    this.toSkip = message.omittedBytes;
  }

  private skip(available: number, messages: Message[]): number {
    const skipped = Math.min(this.toSkip, available);
    this.toSkip -= skipped;
    if (this.toSkip === 0) {
      messages.push(this.bodiless as Message);
      this.bodiless = undefined;
    }
    return skipped;
  }

  private grow(atLeast: number): void {
    const capacity = this.partial?.length ?? 0;
    const wanted = Math.min(this.needed, Math.max(TRUSTED_BYTES, atLeast, capacity * 2));
    if (capacity >= wanted) return;
    // Of its own ArrayBuffer, which starts on a multiple of 8: columns become views without a copy.
    const grown = Buffer.allocUnsafeSlow(wanted);
    this.partial?.copy(grown, 0, 0, this.filled);
    this.partial = grown;
    this.partialView = new DataView(grown.buffer, grown.byteOffset, grown.byteLength);
  }
}
