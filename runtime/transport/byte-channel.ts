import type { TransportKind } from '../rpc/call-context.ts';
import type { MaybePromise } from '../rpc/stream.ts';

/** Who takes what is received. `take` and `received` say whether more is wanted for now. */
export interface ChunkSink {
  /** A chunk, `undefined` at the end of input; an `overwritten` one is valid for the call only. */
  take(chunk: Uint8Array | undefined, overwritten: boolean): boolean;
  /** Where the next bytes may be received to, so that nobody has to copy them. */
  room(): Uint8Array | undefined;
  /** So many bytes were received into the room. */
  received(length: number): boolean;
}

/** Bytes in both directions between two peers; the only thing that a byte transport has to offer. */
export interface ByteChannel {
  readonly kind: TransportKind;
  /** The next bytes received, in the chunks in which they came; `undefined` at the end of input. One reader at a time. */
  read(): MaybePromise<Uint8Array | undefined>;
  /**
   * In the place of `read`, where a channel can: hands what is received to the sink as it comes. The result asks for more after the sink wanted
   * none.
   */
  receive?(sink: ChunkSink): () => void;
  /** Sends the chunks in order. Resolves when more may be sent (back-pressure); rejects with a `TransportError` if the peer is gone. */
  write(chunks: readonly Uint8Array[]): MaybePromise<void>;
  /** Ends both directions; pending reads end, what was written before is still sent. */
  close(): void;
}

/** Chunks up to this many bytes are joined before writing: one system call for a small answer instead of several. */
export const JOIN_BELOW_BYTES = 64 * 1024;

/** The chunks as one, if they are small enough to be worth the copy. */
export function joinSmall(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  if (chunks.length < 2) return chunks;
  let total = 0;
  for (const chunk of chunks) total += chunk.length;
  if (total > JOIN_BELOW_BYTES) return chunks;
  const joined = new Uint8Array(total);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return [joined];
}
