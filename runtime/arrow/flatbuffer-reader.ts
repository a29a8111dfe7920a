import { ArrowError } from './arrow-error.ts';

const MAX_SAFE_HIGH_WORD = 0x1f_ffff;

/** A vector inside a flatbuffer: position of the first element and number of elements, both checked. */
export interface FlatVector {
  readonly start: number;
  readonly length: number;
}

/** The bytes of one flatbuffer, and how many bytes of strings may still be read from it. */
interface Region {
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
  /** Strings may be pointed to more than once; without a bound a small message could unfold to text without end. */
  textBudget: number;
}

/**
 * One table of a flatbuffer that may come from anywhere. Every position is checked against the region of the flatbuffer before it
 * is read, so that bad bytes give an `ArrowError` `malformed` and nothing outside the region is ever seen.
 * Format: https://flatbuffers.dev/internals (offsets are relative and unsigned, except from a table to its vtable).
 */
export class FlatTable {
  readonly view: DataView;
  private readonly region: Region;
  private readonly position: number;
  private readonly vtable: number;
  private readonly slotsEnd: number;

  private constructor(region: Region, position: number) {
    const { view, start, end } = region;
    this.view = view;
    this.region = region;
    this.position = position;
    if (position < start || position + 4 > end) throw outside('a table');
    this.vtable = position - view.getInt32(position, true);
    if (this.vtable < start || this.vtable + 4 > end) throw outside('a vtable');
    const vtableSize = view.getUint16(this.vtable, true);
    this.slotsEnd = this.vtable + vtableSize;
    if (vtableSize < 4 || this.slotsEnd > end) throw outside('a vtable');
  }

  /** The root table of the flatbuffer in `[start, end)`. */
  static root(view: DataView, start: number, end: number): FlatTable {
    if (start + 4 > end) throw outside('the root offset');
    return new FlatTable({ view, start, end, textBudget: 1024 + 8 * (end - start) }, start + view.getUint32(start, true));
  }

  /** Size of the flatbuffer that the table is part of. */
  get regionBytes(): number {
    return this.region.end - this.region.start;
  }

  has(slot: number): boolean {
    return this.place(slot, 1) !== 0;
  }

  bool(slot: number): boolean {
    const at = this.place(slot, 1);
    return at !== 0 && this.view.getUint8(at) !== 0;
  }

  uint8(slot: number): number {
    const at = this.place(slot, 1);
    return at === 0 ? 0 : this.view.getUint8(at);
  }

  int16(slot: number, otherwise = 0): number {
    const at = this.place(slot, 2);
    return at === 0 ? otherwise : this.view.getInt16(at, true);
  }

  int32(slot: number, otherwise = 0): number {
    const at = this.place(slot, 4);
    return at === 0 ? otherwise : this.view.getInt32(at, true);
  }

  /** A 64-bit integer that counts something: not negative, within the safe integers. */
  size(slot: number): number {
    const at = this.place(slot, 8);
    return at === 0 ? 0 : readSize(this.view, at);
  }

  /** A 64-bit integer as it is. */
  int64(slot: number): bigint {
    const at = this.place(slot, 8);
    return at === 0 ? 0n : this.view.getBigInt64(at, true);
  }

  table(slot: number): FlatTable | undefined {
    const at = this.place(slot, 4);
    return at === 0 ? undefined : new FlatTable(this.region, at + this.view.getUint32(at, true));
  }

  string(slot: number): string | undefined {
    const chars = this.vector(slot, 1);
    if (chars === undefined) return undefined;
    this.region.textBudget -= chars.length;
    if (this.region.textBudget < 0) throw new ArrowError('malformed', 'the message metadata repeats its text past any use');
    return Buffer.from(this.view.buffer, this.view.byteOffset + chars.start, chars.length).toString('utf8');
  }

  vector(slot: number, elementSize: number): FlatVector | undefined {
    const at = this.place(slot, 4);
    if (at === 0) return undefined;
    const start = at + this.view.getUint32(at, true);
    if (start + 4 > this.region.end) throw outside('a vector');
    const length = this.view.getUint32(start, true);
    if (start + 4 + length * elementSize > this.region.end) throw outside('a vector');
    return { start: start + 4, length };
  }

  /** Element of a vector of tables. */
  element(vector: FlatVector, index: number): FlatTable {
    const at = vector.start + index * 4;
    return new FlatTable(this.region, at + this.view.getUint32(at, true));
  }

  /** Position of a field, 0 if the table does not have it. */
  private place(slot: number, size: number): number {
    const entry = this.vtable + 4 + slot * 2;
    if (entry + 2 > this.slotsEnd) return 0;
    const offset = this.view.getUint16(entry, true);
    if (offset === 0) return 0;
    const at = this.position + offset;
    if (offset < 4 || at + size > this.region.end) throw outside('a field');
    return at;
  }
}

/** A 64-bit count at a position that is known to be readable. */
export function readSize(view: DataView, at: number): number {
  const high = view.getUint32(at + 4, true);
  if (high > MAX_SAFE_HIGH_WORD) throw new ArrowError('malformed', 'a length or position in the message metadata is negative or past 2^53');
  return high * 0x1_0000_0000 + view.getUint32(at, true);
}

function outside(what: string): ArrowError {
  return new ArrowError('malformed', `the message metadata points to ${what} outside of it`);
}
