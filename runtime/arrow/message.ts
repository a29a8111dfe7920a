/** Kind of an encapsulated message. `end` is the end-of-stream marker. */
export type MessageKind = 'schema' | 'dictionary' | 'batch' | 'end';

/** One encapsulated message: framing, flatbuffer metadata and body lie together in `bytes`. Views, no copies. */
export class Message {
  readonly kind: MessageKind;
  /** The whole message with its framing and padding. */
  readonly bytes: Uint8Array;
  /** The flatbuffer within `bytes`. */
  readonly metadataStart: number;
  readonly metadataEnd: number;
  /** The body runs from here to the end of `bytes`. */
  readonly bodyStart: number;

  constructor(kind: MessageKind, bytes: Uint8Array, metadataStart: number, metadataEnd: number, bodyStart: number) {
    this.kind = kind;
    this.bytes = bytes;
    this.metadataStart = metadataStart;
    this.metadataEnd = metadataEnd;
    this.bodyStart = bodyStart;
  }

  get body(): Uint8Array {
    return this.bytes.subarray(this.bodyStart);
  }

  /** Custom metadata of the message, read at each access; of repeated keys the last one wins. */
  get customMetadata(): ReadonlyMap<string, string> {
    throw new Error('being written');
  }

  /** Rows of a record batch message, 0 for other kinds. */
  get numRows(): number {
    throw new Error('being written');
  }
}
