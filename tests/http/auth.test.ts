import { createHmac, randomBytes } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { anonymous, type AuthContext, authenticatedAs } from 'vgi-gen/runtime/v1';
import {
  anyOf, type Authenticator, AuthFailure, AuthUnavailable, gated, HttpConnection, type HttpRequest, jwtAuthenticator, parseProofSecrets, ProxyProofGate,
  staticBearerAuthenticator,
} from 'vgi-gen/runtime/http';
import { afterEach, describe, expect, it } from 'vitest';
import { ConformanceClient } from '../../generated/conformance/ts/index.ts';
import { type ConformanceServer, startServer } from './conformance-server.ts';
import { post, requestFor } from './raw-requests.ts';

const servers: ConformanceServer[] = [];

async function start(...args: Parameters<typeof startServer>): Promise<ConformanceServer> {
  const server = await startServer(...args);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

function requestWith(headers: Readonly<Record<string, string>>): HttpRequest {
  return {
    method: 'POST',
    path: '/',
    remoteAddress: '',
    header: (name) => headers[name.toLowerCase()],
    headerCount: (name) => (headers[name.toLowerCase()] === undefined ? 0 : 1),
    async *body() {},
  };
}

const bearer = (token: string): HttpRequest => requestWith({ authorization: `Bearer ${token}` });

const reasonOf = async (authenticator: Authenticator, request: HttpRequest): Promise<string> => {
  try {
    return (await authenticator.authenticate(request)).principal;
  } catch (error) {
    return error instanceof AuthFailure ? error.reason : `threw ${(error as Error).name}`;
  }
};

const echo = (): Uint8Array => requestFor('echo_int', { value: 1n });

describe('bearer tokens', () => {
  const tokens = staticBearerAuthenticator(new Map([['secret-of-alice', authenticatedAs('static', 'alice')]]));

  it('say who calls, or why not', async () => {
    expect(await reasonOf(tokens, bearer('secret-of-alice'))).toBe('alice');
    expect(await reasonOf(tokens, bearer('secret-of-alicf'))).toBe('invalid_credential');
    expect(await reasonOf(tokens, requestWith({}))).toBe('missing_credential');
    expect(await reasonOf(tokens, requestWith({ authorization: 'Basic YTpi' }))).toBe('missing_credential');
  });

  it('are sent by the client, whose error says the reason', async () => {
    const { url } = await start({ authenticator: tokens });
    const good = new ConformanceClient(new HttpConnection({ url, bearerToken: async () => 'secret-of-alice' }));
    expect(await good.echoInt({ value: 3n })).toBe(3n);
    const bad = new ConformanceClient(new HttpConnection({ url, bearerToken: 'wrong' }));
    await expect(bad.echoInt({ value: 3n })).rejects.toMatchObject({ type: 'AuthenticationError', kind: 'invalid_credential' });
  });

  it('in a chain report the credential that was seen', async () => {
    const other = staticBearerAuthenticator(new Map([['secret-of-bob', authenticatedAs('static', 'bob')]]));
    expect(await reasonOf(anyOf([tokens, other]), bearer('secret-of-bob'))).toBe('bob');
    expect(await reasonOf(anyOf([tokens, other]), requestWith({}))).toBe('missing_credential');
    expect(await reasonOf(anyOf([tokens, other]), bearer('nobody'))).toBe('invalid_credential');
    const down: Authenticator = { authenticate: () => Promise.reject(new AuthUnavailable('the store is down')) };
    expect(await reasonOf(anyOf([down, tokens]), bearer('secret-of-alice'))).toBe('threw AuthUnavailable');
  });
});

describe('a refusal', () => {
  const nobody: Authenticator = { authenticate: () => Promise.reject(new AuthFailure('expired_credential', 'too <old>')) };

  it('is JSON with a reason, a page for browsers, and never kept', async () => {
    const { url } = await start({ authenticator: nobody });
    const json = await post(`${url}/echo_int`, echo(), { Accept: '*/*' });
    expect([json.status, json.headers.get('vgi-auth-reason'), json.headers.get('cache-control'), json.headers.get('content-type')]).toEqual([401, 'expired_credential', 'no-store', 'application/json']);
    expect(await json.json()).toEqual({ error: 'unauthorized', reason: 'expired_credential', detail: 'too <old>' });
    const page = await post(`${url}/echo_int`, echo(), { Accept: 'text/html,*/*' });
    expect([page.status, page.headers.get('vgi-auth-reason'), page.headers.get('vgi-auth-proxy-required')]).toEqual([401, 'expired_credential', null]);
    expect(await page.text()).toContain('too &#60;old&#62;');
  });

  it('comes before anything is known of the method, but leaves health and preflights open', async () => {
    const { url } = await start({ authenticator: nobody });
    expect((await post(`${url}/no_such_method`, echo())).status).toBe(401);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/echo_int`, { method: 'OPTIONS' })).status).toBe(200);
  });

  it('is 503 if it cannot be found out, and 500 if the authenticator breaks', async () => {
    const down = await start({ authenticator: { authenticate: () => Promise.reject(new AuthUnavailable('down', 7)) } });
    const response = await post(`${down.url}/echo_int`, echo());
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
    const broken = await start({ authenticator: { authenticate: () => Promise.reject(new Error('bug')) } });
    expect((await post(`${broken.url}/echo_int`, echo())).status).toBe(500);
  });
});

describe('a JWT', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const other = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] });
  const checks = jwtAuthenticator({ jwksUri: 'https://issuer.example/keys', issuer: 'https://issuer.example', audience: 'vgi', keys });

  const token = (claims: Record<string, unknown> = {}, key = privateKey, expires: number | string = '5m'): Promise<string> =>
    new SignJWT({ sub: 'alice', iss: 'https://issuer.example', aud: 'vgi', ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).setIssuedAt().setExpirationTime(expires).sign(key);

  it('names the caller', async () => {
    const caller = await checks.authenticate(bearer(await token({ scope: 'read' })));
    expect([caller.domain, caller.principal, caller.claims.scope]).toEqual(['jwt', 'alice', 'read']);
  });

  it.each([
    ['of another issuer', async () => token({ iss: 'https://evil.example' }), 'invalid_credential'],
    ['for another audience', async () => token({ aud: 'else' }), 'invalid_credential'],
    ['signed by another key', async () => token({}, other.privateKey), 'invalid_credential'],
    ['that has expired', async () => token({}, privateKey, Math.floor(Date.now() / 1000) - 120), 'expired_credential'],
    ['without a subject', async () => token({ sub: '' }), 'invalid_credential'],
    ['that is none', async () => 'not-a-jwt', 'invalid_credential'],
    ['that is not signed', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"alice"}').toString('base64url')}.`, 'invalid_credential'],
  ])('%s is refused', async (_title, make, reason) => {
    expect(await reasonOf(checks, bearer(await make()))).toBe(reason);
  });

  it('cannot be checked while the keys cannot be had', async () => {
    const unreachable = jwtAuthenticator({ jwksUri: 'http://127.0.0.1:9/keys', issuer: 'https://issuer.example', audience: 'vgi' });
    expect(await reasonOf(unreachable, bearer(await token()))).toBe('threw AuthUnavailable');
  });
});

describe('a proxy proof', () => {
  const secret = Buffer.alloc(32, 0x11);
  const secrets = parseProofSecrets(`proxy-a:${secret.toString('hex')},proxy-b:${'22'.repeat(32)}`);
  const NOW = 1_700_000_000;
  const clock = { now: NOW };
  const gate = (options: { mode?: 'allow' | 'require'; replayCache?: boolean; replayCapacity?: number } = {}): ProxyProofGate =>
    new ProxyProofGate({ mode: 'require', originId: 'worker-1', secrets, ...options }, () => clock.now);

  function proof({ kid = 'proxy-a', ts = NOW, nonce = randomBytes(16).toString('base64url'), origin = 'worker-1', key = secret, separator = '\0' } = {}): string {
    const mac = createHmac('sha256', key).update(['vgi.proxy.proof.v1', kid, ts, nonce, origin].join(separator)).digest('base64url');
    return `v1.${kid}.${ts}.${nonce}.${mac}`;
  }

  const outcome = (checked: ProxyProofGate, header?: string): unknown => (checked.check(header === undefined ? requestWith({}) : requestWith({ 'vgi-proxy-proof': header })).vgi_proxy_proof as { reason: string }).reason;

  afterEach(() => {
    clock.now = NOW;
  });

  it('lets through what a trusted proxy signed, and names the proxy', () => {
    expect(gate().check(requestWith({ 'vgi-proxy-proof': proof() }))).toEqual({ vgi_proxy_proof: { verified: 'true', origin_id: 'worker-1', reason: 'ok', kid: 'proxy-a', proxy: 'proxy-a' } });
    expect(outcome(gate(), proof({ kid: 'proxy-b', key: Buffer.alloc(32, 0x22) }))).toBe('ok');
  });

  it.each([
    ['no proof', undefined, 'no_proof'],
    ['an empty header', '', 'malformed'],
    ['too long a header', `v1.${'a'.repeat(600)}`, 'malformed'],
    ['four fields', 'v1.proxy-a.1700000000.abc', 'malformed'],
    ['another version', proof().replace('v1.', 'v2.'), 'malformed'],
    ['a sign in the time', proof().replace('.17', '.+17'), 'malformed'],
    ['padding in the MAC', `${proof().slice(0, -1)}=`, 'malformed'],
    ['an unknown key', proof({ kid: 'proxy-c' }), 'unknown_kid'],
    ['the key of another proxy', proof({ kid: 'proxy-b' }), 'bad_mac'],
    ['an old time', proof({ ts: NOW - 31 }), 'expired'],
    ['an early time', proof({ ts: NOW + 31 }), 'not_yet_valid'],
    ['another worker', proof({ origin: 'worker-2' }), 'bad_mac'],
    ['fields run together', proof({ separator: '' }), 'bad_mac'],
  ])('with %s is %s', (_title, header, reason) => {
    expect(outcome(gate({ mode: 'allow' }), header)).toBe(reason);
    expect(() => gate().check(header === undefined ? requestWith({}) : requestWith({ 'vgi-proxy-proof': header }))).toThrow(new AuthFailure('proxy_required', 'the request did not come through the trusted proxy'));
  });

  it('counts once, unless replays are allowed, and the memory for that is bounded', () => {
    const once = gate({ mode: 'allow' });
    const used = proof();
    expect([outcome(once, used), outcome(once, used), outcome(once, proof())]).toEqual(['ok', 'replayed', 'ok']);
    clock.now = NOW + 30;
    expect(outcome(once, used)).toBe('replayed');
    const open = gate({ mode: 'allow', replayCache: false });
    clock.now = NOW;
    expect([outcome(open, used), outcome(open, used)]).toEqual(['ok', 'ok']);
    const small = gate({ mode: 'allow', replayCapacity: 2 });
    const [first, second, third] = [proof(), proof(), proof()];
    expect([first, second, third].map((header) => outcome(small, header))).toEqual(['ok', 'ok', 'ok']);
    expect([outcome(small, third), outcome(small, first)]).toEqual(['replayed', 'ok']);
  });

  it('is not configured by halves', () => {
    expect(() => parseProofSecrets('proxy-a:1234')).toThrow('64_HEX_DIGITS');
    expect(() => new ProxyProofGate({ mode: 'require', originId: '', secrets })).toThrow('origin id');
    expect(() => new ProxyProofGate({ mode: 'require', originId: 'w', secrets: new Map() })).toThrow('secret');
  });

  it('is needed besides the credential, and the note on it is on every refusal', async () => {
    const tokens = staticBearerAuthenticator(new Map([['t', authenticatedAs('static', 'alice')]]));
    const { url } = await start({ authenticator: gated(new ProxyProofGate({ mode: 'require', originId: 'worker-1', secrets }), tokens, anonymous), proxyProofRequired: true });
    const fresh = (): string => proof({ ts: Math.floor(Date.now() / 1000) });
    const good = await post(`${url}/echo_int`, echo(), { 'VGI-Proxy-Proof': fresh(), Authorization: 'Bearer t' });
    expect([good.status, good.headers.get('vgi-proxy-proof-required')]).toEqual([200, 'true']);
    for (const headers of [{ Authorization: 'Bearer t' }, { 'VGI-Proxy-Proof': fresh() }, { 'VGI-Proxy-Proof': fresh(), Authorization: 'Bearer x' }]) {
      const bad = await post(`${url}/echo_int`, echo(), headers as Record<string, string>);
      expect([bad.status, bad.headers.get('vgi-auth-proxy-required')]).toEqual([401, 'true']);
      expect(((await bad.json()) as { proxy_hint?: string }).proxy_hint).toContain('VGI-Proxy-Proof');
    }
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

describe('introspection', () => {
  const asPrincipal: Authenticator = {
    authenticate: (request): AuthContext => {
      const principal = request.header('x-principal');
      return principal ? authenticatedAs('test', principal) : anonymous;
    },
  };
  const jws = 'aaa.bbb.ccc';

  const ask = async (url: string, body: string, principal = 'proxy'): Promise<[number, string, Headers]> => {
    const response = await fetch(`${url}/__introspect_token__`, { method: 'POST', body, headers: { 'X-Principal': principal } });
    return [response.status, await response.text(), response.headers];
  };

  const startIntrospection = (): Promise<ConformanceServer> =>
    start({
      authenticator: asPrincipal,
      introspection: {
        introspectors: ['proxy'],
        resolve: (token) => {
          if (token === 'outage') throw new AuthUnavailable('store down');
          return token === 'known' || token === jws ? { principal: 'alice', tokenName: 'laptop', ttlSeconds: 60 } : undefined;
        },
      },
    });

  it('names the principal of a credential and nothing more', async () => {
    const { url } = await startIntrospection();
    const [status, body, headers] = await ask(url, '{"token":"known"}');
    expect([status, JSON.parse(body)]).toEqual([200, { principal: 'alice', token_name: 'laptop', ttl_seconds: 60 }]);
    expect(headers.get('vgi-token-introspection')).toBe('true');
  });

  it('refuses everybody else, and every bad credential alike', async () => {
    const { url } = await startIntrospection();
    expect((await ask(url, '{"token":"known"}', 'mallory'))[0]).toBe(403);
    expect((await ask(url, '{"token":"known"}', ''))[0]).toBe(403);
    const refusals = await Promise.all(['{"token":"unknown"}', `{"token":"${jws}"}`, '{"token":5}', '{}', 'null', 'no json', `{"token":"${'x'.repeat(9000)}"}`].map((body) => ask(url, body)));
    for (const [status, body] of refusals) expect([status, body]).toEqual([404, '{"error":"unresolved"}']);
  });

  it('says that it does not know when it does not', async () => {
    const { url } = await startIntrospection();
    const [status, body, headers] = await ask(url, '{"token":"outage"}');
    expect([status, headers.get('retry-after') !== null, body.includes('outage')]).toEqual([503, true, false]);
  });
});
