import { ArrowError } from './arrow-error.ts';
import { FlatTable } from './flatbuffer-reader.ts';
import type { MessageKind } from './message.ts';
import { HEADER_BATCH, HEADER_DICTIONARY, HEADER_SCHEMA, MESSAGE, METADATA_V4, METADATA_V5 } from './message-format.ts';

const CONTINUATION = -1;
/** No schema or batch header comes near; text sent by mistake, read as a length, is far above. */
const MAX_METADATA_BYTES = 64 << 20;
/** Positions inside a message are 32-bit signed. */
export const MAX_MESSAGE_BYTES = 0x7fff_ffff;

/** Where the parts of one encapsulated message lie. Reused from message to message: reading a record makes no garbage for it. */
export class Frame {
  kind: MessageKind = 'end';
  metadataStart = 0;
  metadataEnd = 0;
  bodyStart = 0;
  end = 0;
  /** Bytes of a body beyond the limit: they follow, and are not part of the message. */
  omitted = 0;
  /** The root table; of an `end` that of an earlier message. */
  message: FlatTable | undefined;

  /** The table that `kind` names. */
  get header(): FlatTable {
    const header = this.message?.table(MESSAGE.header);
    if (header === undefined) throw new ArrowError('malformed', 'a message has no header');
    return header;
  }
}

/** What becomes of a message beyond the limit: an error, or a message without its body, so that the framing is kept. */
export type OversizedMessages = 'refuse' | 'omit-body';

/**
 * Reads the framing and the root table of the message at `start`, with or without the continuation marker (Arrow before 0.15).
 * Returns the message's length if it ends by `end`; otherwise `frame` is not valid and the result is the number of bytes to
 * wait for before trying again, which is more than there are. Throws `ArrowError` on what cannot be a message.
 */
export function readFrame(view: DataView, start: number, end: number, maxBytes: number, frame: Frame, oversized: OversizedMessages = 'refuse'): number {
  const available = end - start;
  if (available < 4) return 4;
  const first = view.getInt32(start, true);
  const prefix = first === CONTINUATION ? 8 : 4;
  if (available < prefix) return prefix;
  const metadataLength = first === CONTINUATION ? view.getInt32(start + 4, true) : first;
  const metadataStart = start + prefix;
  if (metadataLength === 0) return setEnd(frame, metadataStart, prefix);
  if (metadataLength < 0 || metadataLength > MAX_METADATA_BYTES) throw noMessage(view, start);
  if (available >= prefix + 4 && view.getUint32(metadataStart, true) >= metadataLength) throw noMessage(view, start);
  const headLength = prefix + metadataLength;
  if (headLength > maxBytes) throw tooLarge(headLength, maxBytes);
  if (available < headLength) return headLength;

  const message = FlatTable.root(view, metadataStart, metadataStart + metadataLength);
  const bodyLength = message.size(MESSAGE.bodyLength);
  const tooLong = headLength + bodyLength > maxBytes;
  if (tooLong && oversized === 'refuse') throw tooLarge(headLength + bodyLength, maxBytes);
  const length = tooLong ? headLength : headLength + bodyLength;
  frame.omitted = tooLong ? bodyLength : 0;
  frame.kind = messageKind(message);
  frame.message = message;
  frame.metadataStart = metadataStart;
  frame.metadataEnd = metadataStart + metadataLength;
  frame.bodyStart = start + headLength;
  frame.end = start + length;
  return length;
}

function setEnd(frame: Frame, at: number, length: number): number {
  frame.kind = 'end';
  frame.omitted = 0;
  frame.metadataStart = at;
  frame.metadataEnd = at;
  frame.bodyStart = at;
  frame.end = at;
  return length;
}

function messageKind(message: FlatTable): MessageKind {
  const version = message.int16(MESSAGE.version);
  if (version !== METADATA_V5 && version !== METADATA_V4) {
    throw new ArrowError('unsupported-version', `a message has metadata version V${version + 1}; V4 and V5 are supported`);
  }
  const type = message.uint8(MESSAGE.headerType);
  if (type === HEADER_BATCH) return 'batch';
  if (type === HEADER_SCHEMA) return 'schema';
  if (type === HEADER_DICTIONARY) return 'dictionary';
  throw new ArrowError('unsupported-message', `a message has header type ${type}; schemas (1), dictionary batches (2) and record batches (3) are supported`);
}

/** Puts the framing before a flatbuffer whose length is a multiple of 8. */
export function encapsulate(metadata: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + metadata.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, CONTINUATION, true);
  view.setInt32(4, metadata.length, true);
  bytes.set(metadata, 8);
  return bytes;
}

function noMessage(view: DataView, start: number): ArrowError {
  const shown = Buffer.from(view.buffer, view.byteOffset + start, Math.min(12, view.byteLength - start)).toString('hex');
  return new ArrowError('malformed', `the bytes ${shown}... do not begin an Arrow IPC message`);
}

function tooLarge(length: number, maxBytes: number): ArrowError {
  return new ArrowError('too-large', `a message of ${length} bytes exceeds the limit of ${maxBytes}`);
}
