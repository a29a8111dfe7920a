/** Bitmaps hold one bit a row, least significant bit of a byte first. */

export function bitmapBytes(length: number): number {
  return (length + 7) >>> 3;
}

export function getBit(bits: Uint8Array, row: number): boolean {
  return ((bits[row >>> 3] as number) & (1 << (row & 7))) !== 0;
}

export function setBit(bits: Uint8Array, row: number): void {
  bits[row >>> 3] = (bits[row >>> 3] as number) | (1 << (row & 7));
}

/** Rows `[start, end)` as a bitmap of their own; a view if they start on a byte. */
export function sliceBits(bits: Uint8Array, start: number, end: number): Uint8Array {
  const shift = start & 7;
  const first = start >>> 3;
  const length = bitmapBytes(end - start);
  if (shift === 0) return bits.subarray(first, first + length);
  const sliced = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    sliced[i] = ((bits[first + i] as number) >>> shift) | ((bits[first + i + 1] ?? 0) << (8 - shift));
  }
  return sliced;
}

/** Number of zero bits among the first `length`. */
export function countZeros(bits: Uint8Array, length: number): number {
  let ones = 0;
  const whole = length >>> 3;
  for (let i = 0; i < whole; i++) ones += onesIn(bits[i] as number);
  if ((length & 7) !== 0) ones += onesIn((bits[whole] as number) & ((1 << (length & 7)) - 1));
  return length - ones;
}

function onesIn(byte: number): number {
  const pairs = byte - ((byte >>> 1) & 0x55);
  const fours = (pairs & 0x33) + ((pairs >>> 2) & 0x33);
  return (fours + (fours >>> 4)) & 0x0f;
}
