import { createHash, randomBytes } from 'node:crypto';
import { decrypt, encrypt, KEY_BYTES, NONCE_BYTES, TAG_BYTES } from './xchacha.ts';

/** A sealed value could not be opened: wrong key, wrong owner, other kind of token, or altered bytes. Which one is not told apart. */
export class SealError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SealError';
  }
}

/** 32 bytes are the key itself, anything else is hashed with SHA-256; without a key each process makes its own at start. */
export function sealingKey(secret?: Uint8Array): Uint8Array {
  if (secret === undefined) return randomBytes(KEY_BYTES);
  return secret.length === KEY_BYTES ? secret : createHash('sha256').update(secret).digest();
}

/**
 * Seals bytes that a client keeps for the server: `version (1 byte), nonce (24), ciphertext, tag (16)`, XChaCha20-Poly1305.
 * The additional data says what the bytes are and whose (vgi-rpc WIRE_PROTOCOL, section 10).
 */
export class Sealer {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new Error(`a sealing key has ${KEY_BYTES} bytes, got ${key.length}`);
    this.#key = key;
  }

  seal(version: number, aad: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    return Buffer.concat([Uint8Array.of(version), nonce, encrypt(this.#key, nonce, aad, plaintext)]);
  }

  /** Throws `SealError`. */
  open(version: number, aad: Uint8Array, sealed: Uint8Array): Uint8Array {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== version) throw new SealError('not a sealed value of this kind');
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    try {
      return decrypt(this.#key, nonce, aad, sealed.subarray(1 + NONCE_BYTES));
    } catch {
      throw new SealError('signature verification failed');
    }
  }
}
