import { CodecError } from './codec-error.ts';
import { writeUtf8 } from '../arrow/text.ts';

/**
 * Records are written into slabs of this size one after another and handed out as views: allocating and copying 3 KiB for each
 * takes 0.8 us, a share of a slab 0.1 us. What is kept of one record keeps its slab.
 */
const SLAB_BYTES = 64 << 10;
/** A new slab is begun when less than this is left. */
const LOW_BYTES = 4 << 10;
const MAX_BYTES = 0x7fff_fff8;
/** Most that is allocated because the last record was large. */
const MAX_GUESSED_BYTES = 16 << 20;

/**
 * Growable buffer in which records are written in place, nested ones inside the body of the record that holds them. Positions are
 * absolute and stay valid when the buffer grows; every record starts on a multiple of 8.
 */
export class RecordWriter {
  bytes!: Buffer;
  words!: Int32Array;
  view!: DataView;
  /** Next byte to write. */
  pos = 0;
  /** Of the record being written: index of its first node and first buffer in `words`, and position of its body. */
  nodes = 0;
  buffers = 0;
  body = 0;
  /** Of the record being written: the values met so far of each dictionary that is written with it. */
  dictionaries: Map<string, number>[] = [];
  /** Size of the last record that outgrew its slab: the next one will be like it, and growing to it at once saves a fifth of the time. */
  private largeBytes = 0;

  constructor() {
    this.useBuffer(SLAB_BYTES);
  }

  /** Makes room for `size` bytes at `pos`, and 8 for padding after them. */
  ensure(size: number): void {
    if (this.pos + size + 8 > this.bytes.length) this.grow(this.pos + size + 8);
  }

  setNode(node: number, length: number, nullCount: number): void {
    const at = this.nodes + node * 4;
    this.words[at] = length;
    this.words[at + 2] = nullCount;
  }

  setBuffer(buffer: number, start: number, length: number): void {
    const at = this.buffers + buffer * 4;
    this.words[at] = start - this.body;
    this.words[at + 2] = length;
  }

  /** Appends UTF-8 text. */
  text(text: string): void {
    this.ensure(text.length * 3);
    this.pos += writeUtf8(this.bytes, text, this.pos);
  }

  append(bytes: Uint8Array): void {
    this.ensure(bytes.length);
    this.bytes.set(bytes, this.pos);
    this.pos += bytes.length;
  }

  /** Appends zeros; `size` must have been ensured. */
  zeros(size: number): void {
    this.bytes.fill(0, this.pos, this.pos + size);
    this.pos += size;
  }

  /** Fills up to a multiple of 8. */
  pad(): void {
    while ((this.pos & 7) !== 0) this.bytes[this.pos++] = 0;
  }

  /** What was written since `start`, which is not touched again. */
  take(start: number): Uint8Array {
    const { bytes, pos } = this;
    // A buffer that grew past its slab goes out with its record, unless most of it would be waste.
    const length = pos - start;
    const whole = bytes.length <= SLAB_BYTES || length * 2 > bytes.length;
    const taken = whole ? new Uint8Array(bytes.buffer, start, length) : new Uint8Array(bytes.subarray(start, pos));
    if (bytes.length > SLAB_BYTES) this.largeBytes = Math.min(pos, MAX_GUESSED_BYTES);
    if (bytes.length > SLAB_BYTES || bytes.length - pos < LOW_BYTES) this.useBuffer(SLAB_BYTES);
    return taken;
  }

  /** Forgets what was written since `start`. */
  drop(start: number): void {
    this.pos = start;
    if (this.bytes.length > SLAB_BYTES) this.useBuffer(SLAB_BYTES);
  }

  private grow(needed: number): void {
    if (needed > MAX_BYTES) throw new CodecError('too-large', 'record', 'an encoded record would exceed 2 GiB; send less at once');
    const { bytes, pos } = this;
    this.useBuffer(Math.min(MAX_BYTES, Math.max(needed + 7, bytes.length * 2, this.largeBytes + 64)) & ~7);
    bytes.copy(this.bytes, 0, 0, pos);
    this.pos = pos;
  }

  private useBuffer(length: number): void {
    this.bytes = Buffer.allocUnsafeSlow(length);
    this.words = new Int32Array(this.bytes.buffer);
    this.view = new DataView(this.bytes.buffer);
    this.pos = 0;
  }
}

const idle: RecordWriter[] = [];

/** A writer that nobody else uses until it is released: encoding may call itself, through adapters. */
export function acquireWriter(): RecordWriter {
  return idle.pop() ?? new RecordWriter();
}

export function releaseWriter(writer: RecordWriter): void {
  idle.push(writer);
}
