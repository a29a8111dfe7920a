import { RpcError } from '../../runtime/rpc/errors.ts';
import type { BindRequest } from '../../generated/vgi/ts/index.ts';

/*
 * A token names one part of a scan to whoever distributes it (vgi-semantics, section 10). Layout, little-endian:
 *   0  u8   version
 *   1  u8   flags; bit 0: the payload is sealed
 *   2  u16  bytes of the anchor
 *   4  16   fingerprint of the bind
 *  20       anchor: the catalog version as int64
 *  20 + n   payload
 */
const VERSION = 1;
const FINGERPRINT_BYTES = 16;
const HEADER_BYTES = 4 + FINGERPRINT_BYTES;
const ANCHOR_BYTES = 8;

/** What a token has to agree with. */
export interface SplitSubject {
  readonly bind: BindRequest;
  readonly catalogVersion: bigint;
}

/** @param payload the worker's own name for the part; it travels in the open, as everything does on pipes and sockets */
export function splitToken({ bind, catalogVersion }: SplitSubject, payload: Uint8Array): Uint8Array {
  const token = Buffer.alloc(HEADER_BYTES + ANCHOR_BYTES + payload.length);
  token.writeUInt8(VERSION, 0);
  token.writeUInt16LE(ANCHOR_BYTES, 2);
  token.set(fingerprint(bind), 4);
  token.writeBigInt64LE(catalogVersion, HEADER_BYTES);
  token.set(payload, HEADER_BYTES + ANCHOR_BYTES);
  return token;
}

/** The payload of a token. Throws an RpcError if it was made for another call or for an earlier state of the catalog. */
export function splitPayload({ bind, catalogVersion }: SplitSubject, token: Uint8Array): Uint8Array {
  const bytes = Buffer.from(token.buffer, token.byteOffset, token.length);
  const invalid = (): RpcError => new RpcError('[SPLIT_TOKEN_INVALID] split token not recognized', { type: 'ValueError' });
  if (bytes.length < HEADER_BYTES + ANCHOR_BYTES || bytes.readUInt8(0) !== VERSION || bytes.readUInt8(1) !== 0 || bytes.readUInt16LE(2) !== ANCHOR_BYTES) throw invalid();
  if (!bytes.subarray(4, HEADER_BYTES).equals(fingerprint(bind))) throw invalid();
  if (bytes.readBigInt64LE(HEADER_BYTES) !== catalogVersion) throw new RpcError('[SPLIT_SNAPSHOT_EXPIRED] the catalog has changed since the scan was planned; run the query again', { type: 'ValueError' });
  return bytes.subarray(HEADER_BYTES + ANCHOR_BYTES);
}

/** Tells calls apart by function, arguments and settings; it is made and checked by the same worker. */
function fingerprint({ schemaPath, functionName, arguments: args, settings, atUnit, atValue }: BindRequest): Buffer {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  hash.update(JSON.stringify([schemaPath ?? null, functionName.toLowerCase(), atUnit ?? null, atValue ?? null]));
  hash.update(args.toIpc());
  if (settings) hash.update(settings.toIpc());
  return hash.digest().subarray(0, FINGERPRINT_BYTES);
}
