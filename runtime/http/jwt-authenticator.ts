import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { authenticatedAs } from '../rpc/auth-context.ts';
import { type Authenticator, AuthFailure, AuthUnavailable } from './authenticator.ts';
import { bearerToken } from './bearer-authenticator.ts';

export interface JwtOptions {
  /** Where the issuer publishes its keys. */
  readonly jwksUri: string;
  /** Who must have issued the token. */
  readonly issuer: string | readonly string[];
  /** Whom the token must be for. */
  readonly audience: string | readonly string[];
  /** Default RS256, ES256, EdDSA and their larger kin; never `none` or a shared secret. */
  readonly algorithms?: readonly string[];
  /** Claim that names the caller; default `sub`. */
  readonly principalClaim?: string;
  /** Domain of the callers; default `jwt`. */
  readonly domain?: string;
  /** Clock difference that is forgiven, in seconds; default 30. */
  readonly clockTolerance?: number;
  /** Keys from elsewhere than `jwksUri`, e.g. for tests. */
  readonly keys?: JWTVerifyGetKey;
}

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Bearer tokens that are JWTs, checked against the issuer's key set. */
export function jwtAuthenticator(options: JwtOptions): Authenticator {
  const { principalClaim = 'sub', domain = 'jwt' } = options;
  let loading: Promise<(token: string) => Promise<JWTPayload>> | undefined;
  return {
    async authenticate(request) {
      const token = bearerToken(request);
      loading ??= verifier(options);
      const verify = await loading;
      const claims = await verify(token);
      const principal = claims[principalClaim];
      if (typeof principal !== 'string' || principal === '') throw new AuthFailure('invalid_credential', `the token has no claim "${principalClaim}"`);
      return authenticatedAs(domain, principal, claims);
    },
  };
}

async function verifier(options: JwtOptions): Promise<(token: string) => Promise<JWTPayload>> {
  const { createRemoteJWKSet, errors, jwtVerify } = await import('jose');
  const keys = options.keys ?? createRemoteJWKSet(new URL(options.jwksUri));
  const rules = {
    issuer: texts(options.issuer),
    audience: texts(options.audience),
    algorithms: [...(options.algorithms ?? ALGORITHMS)],
    clockTolerance: options.clockTolerance ?? 30,
    requiredClaims: ['exp'],
  };
  return async (token) => {
    try {
      return (await jwtVerify(token, keys, rules)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new AuthFailure('expired_credential', 'the token has expired');
      if (error instanceof errors.JWKSTimeout || !isTokenFault(error)) throw new AuthUnavailable('the keys of the token issuer cannot be had');
      throw new AuthFailure('invalid_credential', 'the token is not valid');
    }
  };
}

const texts = (value: string | readonly string[]): string[] => (typeof value === 'string' ? [value] : [...value]);

/** Codes of jose for what is wrong with a token; the rest is trouble with fetching keys. */
function isTokenFault(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return /^ERR_J(WT|WS|OSE_ALG)/.test(code) || code === 'ERR_JWKS_NO_MATCHING_KEY' || code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS';
}
