/** A vtable that has been written: its position, and where the slots of its tables are. */
interface Vtable {
  readonly at: number;
  readonly offsets: readonly number[];
  readonly tableSize: number;
}

/**
 * Writes a flatbuffer front to back: a table first, what it points to later, each offset filled in when its target is written.
 * Positions are relative to the start of the flatbuffer, which must lie on a multiple of 8 when the bytes are used.
 * Equal vtables are written once.
 */
export class FlatbufferWriter {
  private bytes: Buffer;
  private view: DataView;
  private pos = 4;
  private readonly vtables = new Map<string, Vtable>();

  constructor(capacity = 1024) {
    this.bytes = Buffer.alloc(capacity);
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }

  /**
   * Writes a table whose slot `i` holds a value of `sizes[i]` bytes (1, 2, 4 or 8; 0 leaves the slot out), all zero, and lets the
   * offset at `link` point to it (0 is the root offset). Returns the position of each slot's value.
   */
  table(link: number, sizes: readonly number[]): number[] {
    const key = sizes.join();
    let vtable = this.vtables.get(key);
    if (vtable === undefined) {
      vtable = this.writeVtable(sizes);
      this.vtables.set(key, vtable);
    }
    const { at, offsets, tableSize } = vtable;
    if (sizes.includes(8)) this.alignBefore(8);
    else this.align(4);
    const table = this.pos;
    this.reserve(tableSize);
    this.view.setInt32(table, table - at, true);
    this.view.setUint32(link, table - link, true);
    return offsets.map((offset) => table + offset);
  }

  private writeVtable(sizes: readonly number[]): Vtable {
    // The table begins 4 bytes before a multiple of 8, so that a vtable fits every table with the same slots.
    const offsets = sizes.map(() => 0);
    let tableSize = 4;
    for (const size of [8, 4, 2, 1]) {
      for (let slot = 0; slot < sizes.length; slot++) {
        if (sizes[slot] !== size) continue;
        offsets[slot] = tableSize;
        tableSize += size;
      }
    }
    this.align(2);
    const at = this.pos;
    this.reserve(4 + offsets.length * 2);
    this.view.setUint16(at, 4 + offsets.length * 2, true);
    this.view.setUint16(at + 2, tableSize, true);
    offsets.forEach((offset, slot) => {
      this.view.setUint16(at + 4 + slot * 2, offset, true);
    });
    return { at, offsets, tableSize };
  }

  /** Reserves a vector of `length` elements, zeroed, lets `link` point to it and returns the position of the first element. */
  vector(link: number, length: number, elementSize: number): number {
    if (elementSize > 4) this.alignBefore(8);
    else this.align(4);
    const start = this.pos;
    this.reserve(4 + length * elementSize);
    this.view.setUint32(start, length, true);
    this.view.setUint32(link, start - link, true);
    return start + 4;
  }

  string(link: number, text: string): void {
    const length = Buffer.byteLength(text);
    // Strings end in a NUL that their length does not count.
    const start = this.vector(link, length + 1, 1);
    this.view.setUint32(start - 4, length, true);
    this.bytes.write(text, start);
  }

  /** Lets `link` point to something that was written for another link. */
  share(link: number, sharedLink: number): void {
    this.view.setUint32(link, sharedLink + this.view.getUint32(sharedLink, true) - link, true);
  }

  setUint8(at: number, value: number): void {
    this.view.setUint8(at, value);
  }

  setInt16(at: number, value: number): void {
    this.view.setInt16(at, value, true);
  }

  setInt32(at: number, value: number): void {
    this.view.setInt32(at, value, true);
  }

  /** Writes a safe integer as 64 bits. */
  setSize(at: number, value: number): void {
    this.view.setUint32(at, value % 0x1_0000_0000, true);
    this.view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
  }

  setInt64(at: number, value: bigint): void {
    this.view.setBigInt64(at, value, true);
  }

  /** The flatbuffer padded to a multiple of 8. A view: the writer must not be used any more. */
  finish(): Buffer {
    this.align(8);
    return this.bytes.subarray(0, this.pos);
  }

  private align(to: number): void {
    this.reserve(-this.pos & (to - 1));
  }

  /** Moves to 4 bytes before the next multiple. */
  private alignBefore(to: number): void {
    this.reserve(-(this.pos + 4) & (to - 1));
  }

  private reserve(size: number): void {
    this.pos += size;
    if (this.pos <= this.bytes.length) return;
    const grown = Buffer.alloc(Math.max(this.bytes.length * 2, this.pos));
    this.bytes.copy(grown);
    this.bytes = grown;
    this.view = new DataView(grown.buffer, grown.byteOffset, grown.byteLength);
  }
}
