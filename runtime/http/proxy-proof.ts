import { createHmac, timingSafeEqual } from 'node:crypto';
import { AuthFailure, type AuthGate } from './authenticator.ts';
import { headers } from './headers.ts';
import type { HttpRequest } from './http-message.ts';

export interface ProxyProofOptions {
  /** `allow` records whether there is a valid proof, `require` refuses requests without one. */
  readonly mode: 'allow' | 'require';
  /** Identifier of this worker, which every proof for it covers. */
  readonly originId: string;
  /** 32-byte secrets by key id, with the name of the proxy that holds each; default name is the key id. */
  readonly secrets: ReadonlyMap<string, { readonly secret: Uint8Array; readonly proxy: string }>;
  /** Seconds that a proof may be old, or early; default 30. */
  readonly skewSeconds?: number;
  /** Accept a proof once only; default true. */
  readonly replayCache?: boolean;
  /** Nonces that are remembered; default 100,000, the oldest go first. */
  readonly replayCapacity?: number;
}

type Outcome = 'ok' | 'no_proof' | 'malformed' | 'unknown_kid' | 'expired' | 'not_yet_valid' | 'bad_mac' | 'replayed';

const MAX_HEADER_BYTES = 512;
const SECRET_BYTES = 32;
const LABEL = 'vgi.proxy.proof.v1';
const KID = /^[A-Za-z0-9_-]{1,64}$/;
const TIMESTAMP = /^[0-9]{1,20}$/;
const NONCE = /^[A-Za-z0-9_-]{22}$/;
const MAC = /^[A-Za-z0-9_-]{43}$/;
const ORIGIN_ID = /^[A-Za-z0-9._:/-]{1,255}$/;

/** Reads `kid:hex,kid:hex`. Throws for anything but 64 hex digits a secret: a typo must not become another key. */
export function parseProofSecrets(text: string): ProxyProofOptions['secrets'] {
  const secrets = new Map<string, { secret: Uint8Array; proxy: string }>();
  for (const entry of text.split(',')) {
    const [kid = '', hex = ''] = entry.trim().split(':');
    if (!KID.test(kid) || !/^[0-9a-fA-F]{64}$/.test(hex)) throw new Error('proxy proof secrets are a list of KEY_ID:64_HEX_DIGITS, separated by commas');
    secrets.set(kid, { secret: Buffer.from(hex, 'hex'), proxy: kid });
  }
  return secrets;
}

/**
 * Lets only those requests through that a trusted proxy vouched for with an HMAC over time, nonce and this worker's name (vgi-rpc
 * proxy-proof-spec). It proves the hop, not the caller. Every refusal reads the same.
 */
export class ProxyProofGate implements AuthGate {
  readonly proxyHeaders: readonly string[];
  readonly required: boolean;
  readonly #options: ProxyProofOptions;
  readonly #skew: number;
  readonly #seen: SeenNonces | undefined;
  readonly #now: () => number;

  /** Throws if the configuration could not let anybody in. `now` gives seconds since the epoch. */
  constructor(options: ProxyProofOptions, now: () => number = () => Math.floor(Date.now() / 1000)) {
    if (!ORIGIN_ID.test(options.originId)) throw new Error('proxy proofs need an origin id of letters, digits and . _ : / -');
    if (options.secrets.size === 0) throw new Error('proxy proofs need at least one secret');
    for (const [kid, { secret }] of options.secrets) {
      if (!KID.test(kid) || secret.length !== SECRET_BYTES) throw new Error(`the proxy proof secret "${kid}" must have ${SECRET_BYTES} bytes`);
    }
    this.#options = options;
    this.#skew = options.skewSeconds ?? 30;
    this.#seen = (options.replayCache ?? true) ? new SeenNonces(options.replayCapacity ?? 100_000) : undefined;
    this.#now = now;
    this.required = options.mode === 'require';
    this.proxyHeaders = this.required ? [headers.proxyProof] : [];
  }

  check(request: HttpRequest): Readonly<Record<string, unknown>> {
    const { outcome, kid, proxy } = this.#verify(request);
    if (outcome !== 'ok' && this.required) throw new AuthFailure('proxy_required', 'the request did not come through the trusted proxy');
    const facts = { verified: String(outcome === 'ok'), origin_id: this.#options.originId, reason: outcome, ...(kid && { kid }), ...(proxy && { proxy }) };
    return { vgi_proxy_proof: facts };
  }

  #verify(request: HttpRequest): { outcome: Outcome; kid?: string; proxy?: string } {
    const header = request.header(headers.proxyProof);
    if (header === undefined) return { outcome: 'no_proof' };
    if (request.headerCount(headers.proxyProof) > 1 || header === '' || header.length > MAX_HEADER_BYTES) return { outcome: 'malformed' };
    const fields = header.split('.');
    const [version, kid = '', timestamp = '', nonce = '', mac = ''] = fields;
    if (fields.length !== 5 || version !== 'v1') return { outcome: 'malformed' };
    if (!KID.test(kid) || !TIMESTAMP.test(timestamp) || !NONCE.test(nonce) || !MAC.test(mac)) return { outcome: 'malformed' };
    const key = this.#options.secrets.get(kid);
    if (!key) return { outcome: 'unknown_kid', kid };
    const age = this.#now() - Number(timestamp);
    if (age > this.#skew) return { outcome: 'expired', kid };
    if (-age > this.#skew) return { outcome: 'not_yet_valid', kid };
    const expected = createHmac('sha256', key.secret).update([LABEL, kid, timestamp, nonce, this.#options.originId].join('\0')).digest();
    const presented = Buffer.from(mac, 'base64url');
    if (presented.length !== expected.length || !timingSafeEqual(expected, presented)) return { outcome: 'bad_mac', kid };
    if (this.#seen && !this.#seen.add(nonce, this.#now(), this.#skew)) return { outcome: 'replayed', kid };
    return { outcome: 'ok', kid, proxy: key.proxy };
  }
}

/** Nonces of the time window, bounded: what lies outside it would be refused for its age. */
class SeenNonces {
  readonly #expiry = new Map<string, number>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** False if the nonce was here before. A proof may be early as well as late, so it can be replayed for twice the skew. */
  add(nonce: string, now: number, skew: number): boolean {
    for (const [old, expires] of this.#expiry) {
      if (expires >= now && this.#expiry.size < this.#capacity) break;
      this.#expiry.delete(old);
    }
    if (this.#expiry.has(nonce)) return false;
    this.#expiry.set(nonce, now + 2 * skew);
    return true;
  }
}
