import type { Message } from './message.ts';

/** One IPC stream that holds at most one record batch, split into its messages. */
export interface IpcMessages {
  /** The encapsulated schema message. */
  readonly schemaMessage: Uint8Array;
  /** Dictionary batches in the order in which they came. */
  readonly dictionaries: readonly Message[];
  /** Absent if the stream ended after the schema. */
  readonly batch?: Message;
}

/**
 * Splits a complete IPC stream; the end-of-stream marker may be missing.
 * Throws `ArrowError` if the bytes are not such a stream or hold more than one record batch.
 */
export function splitIpcStream(_bytes: Uint8Array): IpcMessages {
  throw new Error('being written');
}
