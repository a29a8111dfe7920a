/** A key: bytes, or text that is stored as UTF-8. */
export type StorageKey = Uint8Array | string;

const SIGN_BIT = 1n << 63n;

/** The bytes of a key. */
export function keyBytes(key: StorageKey): Uint8Array {
  return typeof key === 'string' ? Buffer.from(key, 'utf8') : key;
}

/** An int64 as a key of 8 bytes that sorts by number: big endian, the sign bit flipped. */
export function int64Key(value: bigint): Uint8Array {
  const key = Buffer.allocUnsafe(8);
  key.writeBigUInt64BE(BigInt.asUintN(64, value) ^ SIGN_BIT);
  return key;
}

/** The int64 that `int64Key` wrote. */
export function int64OfKey(key: Uint8Array): bigint {
  const bits = Buffer.from(key.buffer, key.byteOffset, key.byteLength).readBigUInt64BE();
  return BigInt.asIntN(64, bits ^ SIGN_BIT);
}
