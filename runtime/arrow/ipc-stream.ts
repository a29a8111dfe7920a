import { ArrowError } from './arrow-error.ts';
import { Frame, MAX_MESSAGE_BYTES, readFrame } from './message-framing.ts';
import { Message } from './message.ts';

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
 * Splits a complete IPC stream; the end-of-stream marker may be missing, what follows it is ignored.
 * Throws `ArrowError` if the bytes are not such a stream or hold more than one record batch.
 */
export function splitIpcStream(bytes: Uint8Array): IpcMessages {
  const [schema, ...rest] = readMessages(bytes);
  if (schema?.kind !== 'schema') throw new ArrowError('malformed', schema ? `the stream begins with a ${schema.kind} message, not with a schema` : 'the stream is empty');
  const batch = rest[rest.length - 1]?.kind === 'batch' ? rest.pop() : undefined;
  const stray = rest.find((message) => message.kind !== 'dictionary');
  if (stray) throw new ArrowError('malformed', stray.kind === 'schema' ? 'the stream holds a second schema' : 'the stream holds more than its one record batch');
  return { schemaMessage: schema.bytes, dictionaries: rest, batch };
}

/** The messages of a complete stream up to its end marker, which is left out. */
export function readMessages(bytes: Uint8Array): Message[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frame = new Frame();
  const messages: Message[] = [];
  let pos = 0;
  while (pos < bytes.length) {
    const length = readFrame(view, pos, bytes.length, MAX_MESSAGE_BYTES, frame);
    if (length > bytes.length - pos) throw new ArrowError('truncated', `the stream ends inside a message: ${bytes.length - pos} of at least ${length} bytes`);
    if (frame.kind === 'end') break;
    messages.push(new Message(bytes, pos, frame));
    pos += length;
  }
  return messages;
}
