import type { AuthContext } from '../rpc/auth-context.ts';
import type { MaybePromise } from '../rpc/stream.ts';
import type { HttpRequest } from './http-message.ts';

/** Why a request was refused: the stage, not its diagnosis. The set is closed (vgi-rpc unauthorized-spec, section 3). */
export type AuthReason = 'missing_credential' | 'invalid_credential' | 'expired_credential' | 'insufficient_scope' | 'proxy_required' | 'unauthorized';

/** The caller is refused: HTTP 401. The detail is told to the caller, so it holds nothing that a verifier found out. */
export class AuthFailure extends Error {
  readonly reason: AuthReason;

  constructor(reason: AuthReason, detail = '') {
    super(detail);
    this.name = 'AuthFailure';
    this.reason = reason;
  }
}

/** Whether the credential is good could not be found out: HTTP 503, which a caller must not remember as a refusal. */
export class AuthUnavailable extends Error {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds = 5) {
    super(message);
    this.name = 'AuthUnavailable';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Finds out who calls. */
export interface Authenticator {
  /** Throws `AuthFailure` or `AuthUnavailable`; anything else thrown is a fault of the server. */
  authenticate(request: HttpRequest): MaybePromise<AuthContext>;
  /** Headers that only a reverse proxy sets and without which nobody gets in. */
  readonly proxyHeaders?: readonly string[];
}

/** Tried before the credentials; its refusal is final. Deliberately no `Authenticator`: in a chain it could be walked around. */
export interface AuthGate {
  /** Facts for the claims of the caller. Throws `AuthFailure`. */
  check(request: HttpRequest): Readonly<Record<string, unknown>>;
  readonly proxyHeaders: readonly string[];
}

/** The first that knows the caller wins. Throws the `AuthFailure` of one that saw a credential, if any did. */
export function anyOf(authenticators: readonly Authenticator[]): Authenticator {
  return {
    proxyHeaders: everyone(authenticators),
    async authenticate(request) {
      const failures: AuthFailure[] = [];
      for (const authenticator of authenticators) {
        try {
          return await authenticator.authenticate(request);
        } catch (error) {
          if (!(error instanceof AuthFailure)) throw error;
          failures.push(error);
        }
      }
      const reason = failures.find((failure) => failure.reason !== 'missing_credential')?.reason ?? 'missing_credential';
      throw new AuthFailure(reason, failures.map(({ message }) => message).filter(Boolean).join('; '));
    },
  };
}

/** Headers are needed for certain only if every alternative needs some. */
function everyone(authenticators: readonly Authenticator[]): readonly string[] {
  const needs = authenticators.map(({ proxyHeaders }) => proxyHeaders ?? []);
  return needs.every((names) => names.length > 0) ? [...new Set(needs.flat())] : [];
}

/** Gate and credential, both. Without a credential check the caller that passes the gate is whom `otherwise` says. */
export function gated(gate: AuthGate, inner: Authenticator | undefined, otherwise: AuthContext): Authenticator {
  return {
    proxyHeaders: [...new Set([...gate.proxyHeaders, ...(inner?.proxyHeaders ?? [])])],
    async authenticate(request) {
      const facts = gate.check(request);
      const caller = inner ? await inner.authenticate(request) : otherwise;
      return { ...caller, claims: { ...caller.claims, ...facts } };
    },
  };
}
