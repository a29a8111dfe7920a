import { type InitRequest, initRequestCodec } from '../../generated/vgi/ts/index.ts';

/** Loaded when a request is first sealed or opened: it takes 5 ms, and ATTACH is not to wait for it. */
const crypto = (): typeof import('node:crypto') => process.getBuiltinModule('node:crypto');

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The request of an execution for the storage: it holds the user's secrets and settings, which are not to lie in a file in the clear. The key
 * comes from the bytes of the attach, which only the client and the worker's processes have. Shape: nonce, tag, encrypted IPC stream.
 */
export function sealRequest(request: InitRequest, executionId: Uint8Array): Uint8Array {
  const { createCipheriv, randomBytes } = crypto();
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(request.bindCall.attachOpaqueData, executionId), nonce);
  const sealed = [cipher.update(initRequestCodec.encode(request)), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
}

/** Opens what `sealRequest` made. Throws if the attach or the execution is another one. */
export function openRequest(bytes: Uint8Array, attachOpaqueData: Uint8Array | undefined, executionId: Uint8Array): InitRequest {
  const decipher = crypto().createDecipheriv(CIPHER, keyOf(attachOpaqueData, executionId), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return initRequestCodec.decode(Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]));
}

function keyOf(attachOpaqueData: Uint8Array | undefined, executionId: Uint8Array): Uint8Array {
  return crypto().createHash('sha256').update('vgi-gen.buffering.v1').update(executionId).update(attachOpaqueData ?? new Uint8Array()).digest();
}
