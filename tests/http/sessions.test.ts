import { anonymous, authenticatedAs } from 'vgi-gen/runtime/v1';
import type { Authenticator } from 'vgi-gen/runtime/http';
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { ConformanceClient } from '../../generated/conformance/ts/index.ts';
import { type ConformanceServer, startServer } from './conformance-server.ts';
import { errorOf, post, requestFor } from './raw-requests.ts';

const servers: ConformanceServer[] = [];

async function start(...args: Parameters<typeof startServer>): Promise<ConformanceServer> {
  const server = await startServer(...args);
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const open = ({ url }: ConformanceServer, headers = {}): Promise<Response> => post(`${url}/open_counter`, requestFor('open_counter', { initial: 10n }), { 'VGI-Session-Accept': 'true', ...headers });

const resume = ({ url }: ConformanceServer, token: string, headers = {}): Promise<Response> => post(`${url}/increment_counter`, requestFor('increment_counter', { by: 1n }), { 'VGI-Session': token, ...headers });

const tokenOf = (response: Response): string => response.headers.get('vgi-session') as string;

const expectLost = async (response: Response): Promise<void> => {
  expect([response.status, response.headers.get('x-vgi-rpc-error')]).toEqual([200, 'true']);
  expect(await errorOf(response)).toMatchObject({ type: 'SessionLostError', kind: 'session_lost' });
};

describe('a sticky session', () => {
  it('carries state from call to call, through streams too, until it is closed', async () => {
    const server = await start({ sticky: { echoHeaders: { 'X-Affinity': 'node-7' } } });
    const session = server.connection.session();
    const client = new ConformanceClient(session);
    expect(await client.openCounter({ initial: 10n })).toBe(10n);
    const { token } = session.sticky;
    expect(session.sticky.requestHeaders()).toMatchObject({ 'x-affinity': 'node-7' });
    expect(await client.incrementCounter({ by: 5n })).toBe(15n);
    const values: bigint[] = [];
    for await (const { value } of await client.streamSessionCounter({ count: 3n })) values.push(...(value as BigInt64Array));
    expect(values).toEqual([16n, 17n, 18n]);
    const exchange = await client.exchangeSessionCounter();
    expect(Array.from((await exchange.exchange({ by: [2n, 3n] })).value)).toEqual([23n]);
    await exchange.close();
    await expect(client.raiseValueError({ message: 'x' })).rejects.toMatchObject({ type: 'ValueError' });
    expect(await client.closeCounter()).toBe(23n);
    expect(session.sticky.token).toBeUndefined();
    await expectLost(await resume(server, token as string));
  });

  it('is told of on every answer, its headers once', async () => {
    const server = await start({ sticky: { defaultTtlSeconds: 60, echoHeaders: { 'X-Affinity': 'node-7' } } });
    const health = await fetch(`${server.url}/health`, { method: 'OPTIONS' });
    expect(['vgi-sticky-enabled', 'vgi-sticky-default-ttl', 'vgi-sticky-echo-headers'].map((name) => health.headers.get(name))).toEqual(['true', '60', 'X-Affinity']);
    const opened = await open(server);
    expect(opened.headers.get('vgi-echo-x-affinity')).toBe('node-7');
    const next = await resume(server, tokenOf(opened));
    expect([next.headers.get('vgi-echo-x-affinity'), next.headers.get('vgi-session')]).toEqual([null, null]);
  });

  it('is opened only for a client that asks for it', async () => {
    const server = await start({ sticky: {} });
    const refused = await post(`${server.url}/open_counter`, requestFor('open_counter', { initial: 1n }));
    expect(refused.headers.get('vgi-session')).toBeNull();
    expect(await errorOf(refused)).toMatchObject({ type: 'RuntimeError', message: expect.stringContaining('VGI-Session-Accept') });
  });

  it('is lost with a token that is not ours, altered, or of another process with the same key', async () => {
    const tokenKey = randomBytes(32);
    const [own, peer] = [await start({ sticky: {}, tokenKey }), await start({ sticky: {}, tokenKey })];
    const token = tokenOf(await open(own));
    await expectLost(await resume(own, 'garbage'));
    await expectLost(await resume(own, `${token.slice(0, -2)}AA`));
    await expectLost(await resume(peer, token));
    expect((await resume(own, token)).headers.get('x-vgi-rpc-error')).toBeNull();
  });

  it('belongs to who opened it', async () => {
    const authenticator: Authenticator = {
      authenticate: (request) => {
        const principal = request.header('x-principal');
        return principal ? authenticatedAs('test', principal) : anonymous;
      },
    };
    const server = await start({ sticky: {}, authenticator });
    const token = tokenOf(await open(server, { 'X-Principal': 'alice' }));
    await expectLost(await resume(server, token, { 'X-Principal': 'bob' }));
    await expectLost(await resume(server, token));
    expect((await resume(server, token, { 'X-Principal': 'alice' })).headers.get('x-vgi-rpc-error')).toBeNull();
  });

  it('expires', async () => {
    const server = await start({ sticky: { defaultTtlSeconds: 0.05 } });
    const token = tokenOf(await open(server));
    await new Promise((resolve) => setTimeout(resolve, 80));
    await expectLost(await resume(server, token));
  });

  it('serves one request at a time', async () => {
    const server = await start({ sticky: {} });
    const token = tokenOf(await open(server));
    await Promise.all(Array.from({ length: 20 }, () => resume(server, token)));
    const session = server.connection.session();
    session.sticky.received({ status: 200, headers: {}, body: Buffer.alloc(0), header: (name) => (name === 'VGI-Session' ? token : undefined) });
    expect(await new ConformanceClient(session).incrementCounter({ by: 0n })).toBe(30n);
  });

  it('ends by DELETE, which tells nothing to who has no session', async () => {
    const server = await start({ sticky: {} });
    const end = async (headers: Record<string, string>): Promise<number> => (await fetch(`${server.url}/__session__`, { method: 'DELETE', headers })).status;
    const token = tokenOf(await open(server));
    expect(await end({})).toBe(200);
    expect(await end({ 'VGI-Session': 'garbage' })).toBe(200);
    expect(await end({ 'VGI-Session': token })).toBe(204);
    expect(await end({ 'VGI-Session': token })).toBe(200);
    await expectLost(await resume(server, token));
  });

  it('is not opened while the server drains; those that are open go on', async () => {
    const server = await start({ sticky: {} });
    const token = tokenOf(await open(server));
    server.handler.draining = true;
    expect(await errorOf(await open(server))).toMatchObject({ type: 'ServerDrainingError', kind: 'server_draining' });
    expect((await resume(server, token)).headers.get('x-vgi-rpc-error')).toBeNull();
    server.handler.draining = false;
    expect(tokenOf(await open(server))).toBeTruthy();
  });
});
