import type { AuthContext } from '../rpc/auth-context.ts';
import type { MaybePromise } from '../rpc/stream.ts';
import { AuthUnavailable } from './authenticator.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from './http-message.ts';

/** Whom a credential belongs to. Never carries claims: the asker acts on the answer with rights that this server has not. */
export interface TokenIdentity {
  readonly principal: string;
  /** Name of the credential for audits, never the credential. */
  readonly tokenName?: string;
  /** How long the answer may be kept; default 300. */
  readonly ttlSeconds?: number;
}

export interface IntrospectionOptions {
  /** `undefined` = does not resolve. Throws `AuthUnavailable` if that cannot be found out. */
  readonly resolve: (token: string) => MaybePromise<TokenIdentity | undefined>;
  /** Principals that may ask. To be authenticated is not enough. */
  readonly introspectors: readonly string[];
  /** Questions a second and principal; default 100. */
  readonly ratePerSecond?: number;
}

const MAX_BODY_BYTES = 8192;
const MAX_TOKEN_CHARS = 4096;
/** A JWS is checked against its issuer's keys; sent here it would tell a third party a token that may be good elsewhere. */
const JWS_SHAPE = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;

/** `POST /__introspect_token__`: from credential to principal, for a proxy in front (vgi-rpc WIRE_PROTOCOL, section 16). */
export class TokenIntrospection {
  readonly #options: IntrospectionOptions;
  #window = 0;
  readonly #asked = new Map<string, number>();

  constructor(options: IntrospectionOptions) {
    this.#options = options;
  }

  /** Refusals of one kind are the same byte for byte, whatever the reason. */
  async answer(request: HttpRequest, caller: AuthContext): Promise<HttpResponse> {
    if (!caller.authenticated || !this.#options.introspectors.includes(caller.principal)) return refusal(403, 'not_an_introspector');
    if (!this.#admit(caller.principal)) return refusal(429, 'rate_limited', { 'Retry-After': '1' });
    const token = await subject(request);
    if (token === undefined || JWS_SHAPE.test(token)) return refusal(404, 'unresolved');
    try {
      const identity = await this.#options.resolve(token);
      if (!identity) return refusal(404, 'unresolved');
      const { principal, tokenName = '', ttlSeconds = 300 } = identity;
      if (!Number.isFinite(ttlSeconds) || ttlSeconds <= 0) throw new Error('ttlSeconds must be a positive number');
      return jsonResponse(200, { principal, token_name: tokenName, ttl_seconds: ttlSeconds }, { 'Cache-Control': 'no-store' });
    } catch (error) {
      const retryAfter = error instanceof AuthUnavailable ? error.retryAfterSeconds : 5;
      return refusal(503, 'unavailable', { 'Retry-After': String(retryAfter) });
    }
  }

  #admit(principal: string): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#window) {
      this.#window = second;
      this.#asked.clear();
    }
    const count = (this.#asked.get(principal) ?? 0) + 1;
    this.#asked.set(principal, count);
    return count <= (this.#options.ratePerSecond ?? 100);
  }
}

/** A server without introspection says so once and for all; a caller would take other statuses for a passing trouble. */
export const introspectionDisabled = (): HttpResponse => refusal(404, 'not_enabled');

function refusal(status: number, error: string, extra: Readonly<Record<string, string>> = {}): HttpResponse {
  return jsonResponse(status, { error }, { 'Cache-Control': 'no-store', ...extra });
}

async function subject(request: HttpRequest): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body()) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    const { token } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { token?: unknown };
    return typeof token === 'string' && token !== '' && token.length <= MAX_TOKEN_CHARS ? token : undefined;
  } catch {
    return undefined;
  }
}
