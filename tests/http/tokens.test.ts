import { randomBytes } from 'node:crypto';
import { anonymous, authenticatedAs } from 'vgi-gen/runtime/v1';
import type { Authenticator } from 'vgi-gen/runtime/http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallTokens } from '../../runtime/http/call-tokens.ts';
import { Sealer } from '../../runtime/seal/sealer.ts';
import { type ConformanceServer, startServer } from './conformance-server.ts';
import { errorOf, post, requestFor, streamWith, tick, tokenMetadata, type Tokens, tokensOf } from './raw-requests.ts';

const servers: ConformanceServer[] = [];

async function start(...args: Parameters<typeof startServer>): Promise<ConformanceServer> {
  const server = await startServer(...args);
  servers.push(server);
  return server;
}

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Who calls is whom the header names. */
const byHeader: Authenticator = {
  authenticate: (request) => {
    const principal = request.header('x-principal');
    return principal ? authenticatedAs('test', principal) : anonymous;
  },
};

const open = async ({ url }: ConformanceServer, headers = {}): Promise<Tokens> => tokensOf(await post(`${url}/produce_n/init`, requestFor('produce_n', { count: 3n }), headers));

const goOn = ({ url }: ConformanceServer, tokens: Tokens, headers = {}, method = 'produce_n'): Promise<Response> =>
  post(`${url}/${method}/exchange`, streamWith(tick, tokenMetadata(tokens)), headers);

const refusal = async (response: Response): Promise<[number, string]> => [response.status, (await errorOf(response)).type];

const altered = (token: string, at: number): string => {
  const bytes = Buffer.from(token, 'base64');
  bytes[at] = (bytes[at] as number) ^ 1;
  return bytes.toString('base64');
};

describe('the two tokens of a stream', () => {
  it('are both issued at init, of a producer and of an exchange; later answers only carry a cursor', async () => {
    const server = await start();
    const producer = await open(server);
    expect([typeof producer.cursor, typeof producer.call]).toEqual(['string', 'string']);
    const exchange = await tokensOf(await post(`${server.url}/exchange_scale/init`, requestFor('exchange_scale', { factor: 2 })));
    expect([typeof exchange.cursor, typeof exchange.call]).toEqual(['string', 'string']);
    const next = await tokensOf(await goOn(server, producer));
    expect(next.call).toBeUndefined();
    expect(next.cursor).not.toBe(producer.cursor);
  });

  it('are enough to go on in another process that has the key, and only there', async () => {
    const tokenKey = randomBytes(32);
    const [first, second, stranger] = [await start({ tokenKey }), await start({ tokenKey }), await start()];
    const tokens = await open(first);
    const next = await goOn(second, tokens);
    expect([next.status, (await tokensOf(next)).call]).toEqual([200, undefined]);
    expect(await refusal(await goOn(stranger, tokens))).toEqual([400, 'StateTokenError']);
  });

  it('need the call token where the call is not known', async () => {
    const tokenKey = randomBytes(32);
    const [first, second] = [await start({ tokenKey }), await start({ tokenKey })];
    const { cursor } = await open(first);
    expect((await goOn(first, { cursor, call: undefined })).status).toBe(200);
    expect(await refusal(await goOn(second, { cursor, call: undefined }))).toEqual([400, 'StateTokenError']);
  });

  it('do not open for another caller, not even where the call is in the cache', async () => {
    const server = await start({ authenticator: byHeader });
    const tokens = await open(server, { 'x-principal': 'alice' });
    expect(await refusal(await goOn(server, tokens, { 'x-principal': 'bob' }))).toEqual([400, 'StateTokenError']);
    expect(await refusal(await goOn(server, tokens))).toEqual([400, 'StateTokenError']);
    expect((await goOn(server, tokens, { 'x-principal': 'alice' })).status).toBe(200);
  });

  it('are refused when altered, swapped, mixed up or missing', async () => {
    const server = await start({ callCacheEntries: 0 });
    const { cursor, call } = await open(server);
    const other = await open(server);
    const bad: Tokens[] = [
      { cursor: altered(cursor as string, 0), call },
      { cursor: altered(cursor as string, 30), call },
      { cursor, call: altered(call as string, 40) },
      { cursor: call, call },
      { cursor, call: cursor },
      { cursor, call: other.call },
      { cursor: 'AAAA', call },
      { cursor: '', call },
      { cursor: undefined, call },
      { cursor, call: undefined },
    ];
    for (const tokens of bad) expect(await refusal(await goOn(server, tokens))).toEqual([400, 'StateTokenError']);
    expect((await goOn(server, { cursor, call })).status).toBe(200);
  });

  it('are good for their method only', async () => {
    const server = await start();
    expect(await refusal(await goOn(server, await open(server), {}, 'produce_with_logs'))).toEqual([400, 'StateTokenError']);
  });

  it('expire', () => {
    vi.useFakeTimers();
    const tokens = new CallTokens(new Sealer(randomBytes(32)), 60);
    const callId = randomBytes(16);
    const cursor = tokens.mintCursor({ callId, state: Buffer.from('here') }, anonymous);
    vi.advanceTimersByTime(60_000);
    expect(Buffer.from(tokens.openCursor(cursor, anonymous).state).toString()).toBe('here');
    vi.advanceTimersByTime(2_000);
    expect(() => tokens.openCursor(cursor, anonymous)).toThrow('expired');
  });

  it('never expire with a TTL of 0', () => {
    vi.useFakeTimers();
    const tokens = new CallTokens(new Sealer(randomBytes(32)), 0);
    const cursor = tokens.mintCursor({ callId: randomBytes(16), state: new Uint8Array(0) }, anonymous);
    vi.advanceTimersByTime(10 * 365 * 86_400_000);
    expect(tokens.openCursor(cursor, anonymous).state).toHaveLength(0);
  });
});
