import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SealError } from './sealer.ts';

const RAW = 0;
const DEFLATE = 1;
/** Nothing shorter gets smaller by more than its deflate header. */
const COMPRESS_FROM_BYTES = 64;
/** Most that a payload may unpack to; it was authenticated before, so this only guards against our own mistakes. */
const MAX_UNPACKED_BYTES = 64 << 20;

/**
 * A payload as it goes into a seal: `codec (1 byte), payload`, compressed where that makes it smaller. Inside the seal, because
 * ciphertext does not compress. Deflate and not zstd: it is there in every Node, so a token opens on every node of a fleet.
 */
export function packPayload(payload: Uint8Array): Uint8Array {
  if (payload.length >= COMPRESS_FROM_BYTES) {
    const packed = deflateRawSync(payload, { level: 3 });
    if (packed.length < payload.length) return Buffer.concat([Uint8Array.of(DEFLATE), packed]);
  }
  return Buffer.concat([Uint8Array.of(RAW), payload]);
}

/** Throws `SealError` for an unknown codec or bytes that do not unpack. */
export function unpackPayload(packed: Uint8Array): Uint8Array {
  const rest = packed.subarray(1);
  if (packed[0] === RAW) return rest;
  if (packed[0] !== DEFLATE) throw new SealError('unknown codec inside the seal');
  try {
    return inflateRawSync(rest, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch {
    throw new SealError('the sealed payload does not unpack');
  }
}
