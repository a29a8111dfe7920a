import { timingSafeEqual } from 'node:crypto';
import type { AuthContext } from '../rpc/auth-context.ts';
import { sealedFor } from '../rpc/auth-context.ts';
import { RpcError } from '../rpc/errors.ts';
import { packPayload, unpackPayload } from '../seal/packed-payload.ts';
import type { Sealer } from '../seal/sealer.ts';

const CURSOR_VERSION = 5;
const CALL_VERSION = 1;
const CURSOR_LABEL = 'vgi_rpc.state.v4';
const CALL_LABEL = 'vgi_rpc.call.v1';
export const CALL_ID_BYTES = 16;
const PREFIX_BYTES = 8 + CALL_ID_BYTES;

/** The half of a stream that does not change: enough to go on with it in a process that never saw it begin. */
export interface CallState {
  readonly callId: Uint8Array;
  /** Routing key of the protocol, name of the method and version of the protocol that the client spoke. */
  readonly protocol: string;
  readonly method: string;
  readonly version: string;
  /** The request as a complete IPC stream. */
  readonly request: Uint8Array;
  /** Schema messages of both directions; the input is empty where there is none. */
  readonly output: Uint8Array;
  readonly input: Uint8Array;
  readonly streamId: string;
}

/** Where a stream stands. */
export interface Cursor {
  readonly callId: Uint8Array;
  readonly state: Uint8Array;
}

/** A token that this server did not issue to this caller, or too long ago. All of it is HTTP 400. */
const refused = (message: string): RpcError => new RpcError(message, { type: 'StateTokenError' });

/**
 * The two tokens of a stream over HTTP: the cursor, renewed in every turn, and the call, issued once. Both are sealed for the caller,
 * compressed inside the seal, in base64 (vgi-rpc WIRE_PROTOCOL, section 10).
 */
export class CallTokens {
  readonly #sealer: Sealer;
  readonly #ttlSeconds: number;

  /** A TTL of 0 means for ever. */
  constructor(sealer: Sealer, ttlSeconds: number) {
    this.#sealer = sealer;
    this.#ttlSeconds = ttlSeconds;
  }

  mintCursor({ callId, state }: Cursor, auth: AuthContext): string {
    return this.#mint(CURSOR_VERSION, CURSOR_LABEL, auth, [prefix(callId), state]);
  }

  mintCall(call: CallState, auth: AuthContext): string {
    const parts = [call.protocol, call.method, call.version, call.request, call.output, call.input, call.streamId];
    return this.#mint(CALL_VERSION, CALL_LABEL, auth, [prefix(call.callId), ...parts.flatMap(lengthPrefixed)]);
  }

  /** Throws `StateTokenError`. */
  openCursor(token: string, auth: AuthContext): Cursor {
    const payload = this.#open(CURSOR_VERSION, CURSOR_LABEL, token, auth);
    return { callId: payload.subarray(8, PREFIX_BYTES), state: payload.subarray(PREFIX_BYTES) };
  }

  /** Opens the call that a cursor, opened before, belongs to. Throws `StateTokenError`. */
  openCall(token: string | undefined, callId: Uint8Array, auth: AuthContext): CallState {
    if (token === undefined) throw refused('the request carries no call token, and this server does not know the call');
    const payload = this.#open(CALL_VERSION, CALL_LABEL, token, auth);
    const own = payload.subarray(8, PREFIX_BYTES);
    if (!timingSafeEqual(own, callId)) throw refused('the cursor token does not belong to the call token');
    const [protocol, method, version, request, output, input, streamId] = partsOf(payload.subarray(PREFIX_BYTES), 7) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
    return { callId: own, protocol: protocol.toString(), method: method.toString(), version: version.toString(), request, output, input, streamId: streamId.toString() };
  }

  #mint(version: number, label: string, auth: AuthContext, parts: Uint8Array[]): string {
    return Buffer.from(this.#sealer.seal(version, sealedFor(label, auth), packPayload(Buffer.concat(parts)))).toString('base64');
  }

  #open(version: number, label: string, token: string, auth: AuthContext): Buffer {
    let payload: Uint8Array;
    try {
      payload = unpackPayload(this.#sealer.open(version, sealedFor(label, auth), Buffer.from(token, 'base64')));
    } catch (error) {
      throw refused(`stream token refused: ${(error as Error).message}`);
    }
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    if (bytes.length < PREFIX_BYTES) throw refused('stream token refused: too short');
    const age = Math.floor(Date.now() / 1000) - Number(bytes.readBigUInt64LE(0));
    if (this.#ttlSeconds > 0 && age > this.#ttlSeconds) throw refused(`the stream token expired: it is ${age} s old, the limit is ${this.#ttlSeconds} s`);
    return bytes;
  }
}

function prefix(callId: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(PREFIX_BYTES);
  bytes.writeBigUInt64LE(BigInt(Math.floor(Date.now() / 1000)), 0);
  bytes.set(callId, 8);
  return bytes;
}

function lengthPrefixed(part: string | Uint8Array): Uint8Array[] {
  const bytes = typeof part === 'string' ? Buffer.from(part) : part;
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return [length, bytes];
}

function partsOf(bytes: Buffer, count: number): Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = at + 4 + (at + 4 <= bytes.length ? bytes.readUInt32LE(at) : bytes.length);
    if (end > bytes.length) throw refused('stream token refused: it ends too early');
    parts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return parts;
}
