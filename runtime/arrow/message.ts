import { FlatTable } from './flatbuffer-reader.ts';
import { ArrowError } from './arrow-error.ts';
import type { Frame } from './message-framing.ts';
import { MESSAGE } from './message-format.ts';
import { noMetadata, readCustomMetadata } from './metadata.ts';

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
  /** Bytes of a body that was too large and was read away; 0 for a whole message. */
  readonly omittedBytes: number;
  private root: FlatTable | undefined;
  private custom: ReadonlyMap<string, string> | undefined;

  /** The message that `frame` describes, which starts at `start` of `chunk`. */
  constructor(chunk: Uint8Array, start: number, frame: Frame) {
    this.kind = frame.kind;
    this.bytes = new Uint8Array(chunk.buffer, chunk.byteOffset + start, frame.end - start);
    this.metadataStart = frame.metadataStart - start;
    this.metadataEnd = frame.metadataEnd - start;
    this.bodyStart = frame.bodyStart - start;
    this.omittedBytes = frame.omitted;
  }

  get body(): Uint8Array {
    return this.bytes.subarray(this.bodyStart);
  }

  /** Custom metadata of the message; of repeated keys the last one wins. Throws `ArrowError`. */
  get customMetadata(): ReadonlyMap<string, string> {
    this.custom ??= this.kind === 'end' ? noMetadata : readCustomMetadata(this.table, MESSAGE.customMetadata);
    return this.custom;
  }

  /** Rows of a record batch message, 0 for other kinds. Throws `ArrowError`. */
  get numRows(): number {
    return this.kind === 'batch' ? this.header.size(0) : 0;
  }

  /** Metadata version as its flatbuffer number. */
  get version(): number {
    return this.table.int16(MESSAGE.version);
  }

  /** The table `Schema`, `DictionaryBatch` or `RecordBatch`. */
  get header(): FlatTable {
    const header = this.table.table(MESSAGE.header);
    if (header === undefined) throw new ArrowError('malformed', `a ${this.kind} message has no header`);
    return header;
  }

  private get table(): FlatTable {
    const { bytes } = this;
    this.root ??= FlatTable.root(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), this.metadataStart, this.metadataEnd);
    return this.root;
  }
}
