import { RpcError } from '../../runtime/rpc/errors.ts';
import { randomBytes } from './random-bytes.ts';

/** Random bytes that the attach data begins with; storage is sharded by them (vgi-semantics, section 5). */
const ATTACH_ID_BYTES = 16;

/** One ATTACH of a catalog, as its opaque bytes tell it. */
export interface Attachment {
  /** 16 random bytes. */
  readonly id: Uint8Array;
  readonly catalogName: string;
}

/** The opaque bytes of a new attachment: its id, then the name of the catalog. */
export function newAttachment(catalogName: string): Uint8Array {
  return Buffer.concat([randomBytes(ATTACH_ID_BYTES), Buffer.from(catalogName)]);
}

/** Throws an RpcError if the bytes are none that `newAttachment` made; they are not repeated. */
export function readAttachment(attachOpaqueData: Uint8Array): Attachment {
  if (attachOpaqueData.length <= ATTACH_ID_BYTES) throw new RpcError('attach_opaque_data not recognized', { type: 'ValueError' });
  return { id: attachOpaqueData.subarray(0, ATTACH_ID_BYTES), catalogName: Buffer.from(attachOpaqueData.subarray(ATTACH_ID_BYTES)).toString() };
}
