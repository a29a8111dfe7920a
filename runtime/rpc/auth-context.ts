/** Who makes a call. Byte transports know nobody: their callers are anonymous. */
export interface AuthContext {
  readonly authenticated: boolean;
  /** Where the principal is known, e.g. `jwt`; empty for anonymous callers. */
  readonly domain: string;
  readonly principal: string;
  /** What the credential says beyond that; values may be personal data. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export const anonymous: AuthContext = { authenticated: false, domain: '', principal: '', claims: {} };

export function authenticatedAs(domain: string, principal: string, claims: Readonly<Record<string, unknown>> = {}): AuthContext {
  return { authenticated: true, domain, principal, claims };
}

const encoder = new TextEncoder();
const anonymousTail = '\0anonymous';

/**
 * Additional data of a seal: what the value is (`label`) and whose. A value sealed for one caller does not open for another.
 * Claims are left out: they change when a credential is refreshed.
 */
export function sealedFor(label: string, auth: AuthContext): Uint8Array {
  return encoder.encode(label + (auth.authenticated ? `\0\x01${auth.domain}\0${auth.principal}` : `\0${anonymousTail}`));
}
