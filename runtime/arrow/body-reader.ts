import { ArrowError } from './arrow-error.ts';
import { type FlatTable, type FlatVector, readSize } from './flatbuffer-reader.ts';
import { BATCH } from './message-format.ts';
import type { NumericArray, NumericArrayConstructor } from './physical-layout.ts';

const compressionCodecs = ['LZ4_FRAME', 'ZSTD'];
/** Rows are counted in 32 bits here, as the offsets into them are. */
const MAX_ROWS = 0x7fff_ffff;

export interface FieldNode {
  readonly length: number;
  readonly nullCount: number;
}

/** Bytes of one buffer: a position in the message, checked to lie in the body. */
export interface BodyBuffer {
  readonly start: number;
  readonly length: number;
}

/** Hands out the nodes and buffers of a record batch, checked against its body. `path` names the column in errors. */
export class BodyReader {
  readonly numRows: number;
  private readonly bytes: Uint8Array;
  private readonly bodyStart: number;
  private readonly bodyLength: number;
  private readonly view: DataView;
  private readonly nodes: FlatVector | undefined;
  private readonly buffers: FlatVector | undefined;
  private node = 0;
  private buffer = 0;

  /** `batch` is the table `RecordBatch` of the message whose body starts at `bodyStart` of `bytes`. */
  constructor(batch: FlatTable, bytes: Uint8Array, bodyStart: number) {
    checkUncompressed(batch);
    this.numRows = batch.size(BATCH.length);
    this.bytes = bytes;
    this.bodyStart = bodyStart;
    this.bodyLength = bytes.length - bodyStart;
    this.view = batch.view;
    this.nodes = batch.vector(BATCH.nodes, 16);
    this.buffers = batch.vector(BATCH.buffers, 16);
  }

  /** Continues at a node and a buffer, counted over the whole batch. */
  seek(node: number, buffer: number): void {
    this.node = node;
    this.buffer = buffer;
  }

  nextNode(path: string): FieldNode {
    if (this.nodes === undefined || this.node >= this.nodes.length) throw new ArrowError('malformed', `the batch has no node for column "${path}"`);
    const at = this.nodes.start + this.node++ * 16;
    const length = readSize(this.view, at);
    const nullCount = readSize(this.view, at + 8);
    if (length > MAX_ROWS || nullCount > length) throw new ArrowError('malformed', `column "${path}" claims ${length} rows and ${nullCount} nulls`);
    return { length, nullCount };
  }

  nextBuffer(path: string): BodyBuffer {
    if (this.buffers === undefined || this.buffer >= this.buffers.length) throw new ArrowError('malformed', `the batch has too few buffers for column "${path}"`);
    const at = this.buffers.start + this.buffer++ * 16;
    const offset = readSize(this.view, at);
    const length = readSize(this.view, at + 8);
    if (length === 0) return { start: this.bodyStart, length };
    if (offset + length > this.bodyLength) {
      throw new ArrowError('malformed', `a buffer of column "${path}" (${length} bytes at ${offset}) lies outside the body of ${this.bodyLength} bytes`);
    }
    return { start: this.bodyStart + offset, length };
  }

  /** The next buffer as bytes, at least `minBytes` of them. */
  nextBytes(path: string, minBytes: number): Uint8Array {
    const { start, length } = this.nextBuffer(path);
    if (length < minBytes) throw tooShort(path, length, minBytes);
    return new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + start, length);
  }

  /** The next buffer as a typed array of `length` elements: a view, or a copy if the bytes are not aligned for one. */
  nextArray(path: string, array: NumericArrayConstructor, length: number): NumericArray {
    const buffer = this.nextBuffer(path);
    const byteLength = length * array.BYTES_PER_ELEMENT;
    if (buffer.length < byteLength) throw tooShort(path, buffer.length, byteLength);
    const start = this.bytes.byteOffset + buffer.start;
    if (start % array.BYTES_PER_ELEMENT === 0) return new array(this.bytes.buffer, start, length);
    return new array(this.bytes.slice(buffer.start, buffer.start + byteLength).buffer, 0, length);
  }
}

/** Throws `ArrowError` `unsupported-compression` if the body of a batch is compressed. */
export function checkUncompressed(batch: FlatTable): void {
  const compression = batch.table(BATCH.compression);
  if (compression === undefined) return;
  const codec = compression.uint8(0);
  throw new ArrowError('unsupported-compression', `the batch is compressed with ${compressionCodecs[codec] ?? `codec ${codec}`}; send it uncompressed`);
}

function tooShort(path: string, length: number, minBytes: number): ArrowError {
  return new ArrowError('malformed', `a buffer of column "${path}" has ${length} bytes where its rows need ${minBytes}`);
}
