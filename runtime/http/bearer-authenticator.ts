import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthContext } from '../rpc/auth-context.ts';
import type { MaybePromise } from '../rpc/stream.ts';
import { type Authenticator, AuthFailure } from './authenticator.ts';
import type { HttpRequest } from './http-message.ts';

/** The bearer token of a request. Throws `AuthFailure` if there is none. */
export function bearerToken(request: HttpRequest): string {
  const header = request.header('authorization');
  if (!header) throw new AuthFailure('missing_credential', 'no Authorization header');
  const match = /^bearer +(\S+)$/i.exec(header.trim());
  if (!match) throw new AuthFailure('missing_credential', 'the Authorization header holds no bearer token');
  return match[1] as string;
}

/** Asks `resolve` whose token it is; `undefined` refuses it. */
export function bearerAuthenticator(resolve: (token: string) => MaybePromise<AuthContext | undefined>): Authenticator {
  return {
    async authenticate(request) {
      const caller = await resolve(bearerToken(request));
      if (!caller) throw new AuthFailure('invalid_credential', 'the bearer token is not known');
      return caller;
    },
  };
}

/** Knows its tokens beforehand. Every one is compared, each in constant time: the token itself is the secret. */
export function staticBearerAuthenticator(tokens: ReadonlyMap<string, AuthContext>): Authenticator {
  const known = [...tokens].map(([token, caller]) => ({ digest: digest(token), caller }));
  return bearerAuthenticator((token) => {
    const presented = digest(token);
    let found: AuthContext | undefined;
    for (const { digest: own, caller } of known) {
      if (timingSafeEqual(own, presented)) found = caller;
    }
    return found;
  });
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();
