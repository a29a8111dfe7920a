import type { Message } from './message.ts';

export interface IpcMessageReaderOptions {
  /** Largest message (framing, metadata and body) in bytes; default 2 GiB - 1. */
  readonly maxMessageBytes?: number;
}

/**
 * Cuts a byte stream into IPC messages. Streams may follow one another: after an `end` message the next one begins.
 * A message that lies in one chunk is a view of that chunk; one that spans chunks is assembled once, in a buffer of its size.
 */
export class IpcMessageReader {
  constructor(_options: IpcMessageReaderOptions = {}) {}

  /** Takes the next chunk and returns the messages completed by it, in order. Throws `ArrowError` on bytes that are no IPC. */
  push(_chunk: Uint8Array): Message[] {
    throw new Error('being written');
  }

  /** Bytes of a message that has begun and is not complete; 0 between messages. */
  get pendingBytes(): number {
    throw new Error('being written');
  }
}
