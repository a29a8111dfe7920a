import { gzipSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadZstd } from '../../runtime/http/zstd.ts';
import { chosenCoding, offeredCodings } from '../../runtime/http/content-coding.ts';
import { fetchHandler } from 'vgi-gen/runtime/http';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import { int64 } from '../../runtime/arrow/type.ts';
import { type ConformanceServer, startServer } from './conformance-server.ts';
import { ARROW, batchMetadata, errorOf, post, requestFor, streamWith } from './raw-requests.ts';

const echo = (value = 5n): Uint8Array => requestFor('echo_int', { value });
const valueOf = async (response: Response): Promise<unknown> => RecordBatch.fromIpc(new Uint8Array(await response.arrayBuffer())).column('result').get(0);
const refusal = async (response: Response): Promise<[number, string]> => [response.status, (await errorOf(response)).type];

describe('a plain server', () => {
  let server: ConformanceServer;
  const at = (path: string): string => `${server.url}${path}`;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.stop());

  it('answers at both forms of a path', async () => {
    expect(await valueOf(await post(at('/echo_int'), echo()))).toBe(5n);
    expect(await valueOf(await post(at('/ConformanceService/echo_int'), requestFor('echo_int', { value: 6n }, { 'vgi_rpc.protocol': 'ConformanceService' })))).toBe(6n);
    expect(await valueOf(await post(at('/ConformanceService/echo_int'), echo(7n)))).toBe(7n);
  });

  it('describes itself', async () => {
    const body = streamWith(RecordBatch.of(new Schema([]), [], { numRows: 0 }), { 'vgi_rpc.method': '__describe__', 'vgi_rpc.request_version': '1' });
    const answer = RecordBatch.fromIpc(new Uint8Array(await (await post(at('/__describe__'), body)).arrayBuffer()));
    expect([answer.numRows, answer.metadata.get('vgi_rpc.protocol_name')]).toEqual([81, 'ConformanceService']);
  });

  it('tells its health and what it can do, without a method', async () => {
    const health = await fetch(at('/health'));
    expect(await health.json()).toEqual({ status: 'ok', server_id: server.handler.serverId, protocol: 'ConformanceService' });
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      const response = await fetch(at('/health'), { method });
      expect([method, response.status, response.headers.get('vgi-supported-encodings'), response.headers.get('vgi-externalization-enabled')]).toEqual([method, 200, 'zstd, gzip', 'false']);
    }
    for (const absent of ['vgi-max-request-bytes', 'vgi-sticky-enabled', 'vgi-token-introspection', 'vgi-proxy-proof-required', 'vgi-upload-url-support', 'access-control-allow-origin', 'cross-origin-resource-policy', 'vgi-auth-reason']) {
      expect([absent, health.headers.get(absent)]).toEqual([absent, null]);
    }
  });

  it.each([
    ['a path that is not ours', '/a/b/c/d', 404, 'ProtocolError'],
    ['a method that does not exist', '/no_such_method', 404, 'MethodNotImplementedError'],
    ['a protocol that is not served', '/Other/echo_int', 404, 'ProtocolNotSupportedError'],
    ['a unary method as a stream', '/echo_int/init', 400, 'ProtocolError'],
    ['another method than the body names', '/echo_float', 400, 'ProtocolError'],
    ['an exchange without tokens', '/exchange_scale/exchange', 400, 'StateTokenError'],
  ])('refuses %s', async (_title, path, status, type) => {
    expect(await refusal(await post(at(path), echo()))).toEqual([status, type]);
  });

  it('refuses a stream method called without init', async () => {
    expect(await refusal(await post(at('/produce_n'), requestFor('produce_n', { count: 1n })))).toEqual([400, 'ProtocolError']);
  });

  it.each([
    ['no bytes', new Uint8Array(0)],
    ['bytes that are no Arrow', Buffer.from('hello, this is text')],
    ['a stream cut short', requestFor('echo_int', { value: 1n }).subarray(0, 150)],
    ['no framing version', streamWith(RecordBatch.of(new Schema([field('value', int64, false)]), [[1n]]), { 'vgi_rpc.method': 'echo_int', 'vgi_rpc.protocol_version': '1.0.0' })],
    ['no method', streamWith(RecordBatch.of(new Schema([field('value', int64, false)]), [[1n]]), { 'vgi_rpc.request_version': '1' })],
    ['another version of the protocol', requestFor('echo_int', { value: 1n }, { 'vgi_rpc.protocol_version': '2.0.0' })],
    ['a column of another name', streamWith(RecordBatch.of(new Schema([field('number', int64, false)]), [[1n]]), { 'vgi_rpc.method': 'echo_int', 'vgi_rpc.request_version': '1', 'vgi_rpc.protocol_version': '1.0.0' })],
    ['two rows', streamWith(RecordBatch.of(new Schema([field('value', int64, false)]), [[1n, 2n]]), { 'vgi_rpc.method': 'echo_int', 'vgi_rpc.request_version': '1', 'vgi_rpc.protocol_version': '1.0.0' })],
  ])('answers 400 to %s, and goes on', async (_title, body) => {
    const response = await post(at('/echo_int'), body);
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-vgi-rpc-error')]).toEqual([400, ARROW, null]);
    await errorOf(response);
    expect(await valueOf(await post(at('/echo_int'), echo()))).toBe(5n);
  });

  it('says which versions it serves', async () => {
    const error = await errorOf(await post(at('/echo_int'), requestFor('echo_int', { value: 1n }, { 'vgi_rpc.protocol_version': '2.0.0' })));
    expect([error.type, error.kind]).toEqual(['ProtocolVersionError', 'protocol_version_mismatch']);
    expect(error.message).toMatch(/2\.0\.0.*1\.0\.0.*upgrade the server/);
  });

  it('answers 200 with a flag to a method that fails, and no flag to one that does not', async () => {
    const failed = await post(at('/raise_value_error'), requestFor('raise_value_error', { message: 'no good' }));
    expect([failed.status, failed.headers.get('x-vgi-rpc-error')]).toEqual([200, 'true']);
    expect(await errorOf(failed)).toMatchObject({ type: 'ValueError', message: 'no good' });
    expect((await post(at('/echo_int'), echo())).headers.get('x-vgi-rpc-error')).toBeNull();
    const first = await post(at('/produce_error_mid_stream/init'), requestFor('produce_error_mid_stream', { emitBeforeError: 0n }));
    expect([first.status, first.headers.get('x-vgi-rpc-error')]).toEqual([200, 'true']);
  });

  it('takes no other content type, no unknown coding and no other verb', async () => {
    expect((await post(at('/echo_int'), echo(), { 'Content-Type': 'application/json' })).status).toBe(415);
    expect((await post(at('/echo_int'), echo(), { 'Content-Encoding': 'br' })).status).toBe(415);
    expect((await fetch(at('/echo_int'))).status).toBe(405);
    expect((await post(at('/echo_int'), Buffer.from('not gzip'), { 'Content-Encoding': 'gzip' })).status).toBe(400);
    expect((await post(at('/echo_int'), Buffer.from('not zstd'), { 'Content-Encoding': 'zstd' })).status).toBe(400);
  });

  it('refuses introspection for good, and sessions do not exist', async () => {
    const response = await fetch(at('/__introspect_token__'), { method: 'POST', body: '{"token":"x"}' });
    expect([response.status, await response.json()]).toEqual([404, { error: 'not_enabled' }]);
    expect((await fetch(at('/__session__'), { method: 'DELETE' })).status).toBe(200);
  });

  it('keeps the id of a request or makes one, different each time', async () => {
    const own = await post(at('/echo_int'), echo(), { 'X-Request-ID': 'trace-42' });
    expect(own.headers.get('x-request-id')).toBe('trace-42');
    const [a, b] = [await post(at('/echo_int'), echo()), await post(at('/echo_int'), echo())].map(({ headers }) => headers.get('x-request-id'));
    expect(a).toMatch(/^[0-9a-f]{32}$/);
    expect(a).not.toBe(b);
    const odd = await fetch(at('/health'), { headers: { 'X-Request-ID': 'a b' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
    const failed = await post(at('/raise_value_error'), requestFor('raise_value_error', { message: 'x' }), { 'X-Request-ID': 'trace-43' });
    expect((await errorOf(failed)).requestId).toBe('trace-43');
  });

  it('runs as a function of the fetch standard', async () => {
    const handle = fetchHandler(server.handler);
    const response = await handle(new Request('https://anywhere/echo_int', { method: 'POST', body: Buffer.from(echo(11n)), headers: { 'Content-Type': ARROW } }));
    expect([response.status, await valueOf(response)]).toEqual([200, 11n]);
    expect((await handle(new Request('https://anywhere/health', { method: 'HEAD' }))).status).toBe(200);
  });

  describe('negotiates the coding of the body', () => {
    const ask = (headers: Record<string, string>): Promise<Response> => fetch(at('/echo_int'), { method: 'POST', body: Buffer.from(echo()), headers: { 'Content-Type': ARROW, ...headers } });

    it('takes compressed requests', async () => {
      expect(await valueOf(await post(at('/echo_int'), gzipSync(echo()), { 'Content-Encoding': 'gzip' }))).toBe(5n);
      expect(await valueOf(await post(at('/echo_int'), await (await loadZstd()).compress(echo(), 3), { 'Content-Encoding': 'zstd' }))).toBe(5n);
    });

    it('answers with what was asked for, under the name that was asked for', async () => {
      const own = await ask({ 'X-VGI-Accept-Encoding': 'gzip', 'Accept-Encoding': 'identity' });
      expect([own.headers.get('x-vgi-content-encoding'), own.headers.get('content-encoding')]).toEqual(['gzip', null]);
      expect(RecordBatch.fromIpc(gunzipSync(new Uint8Array(await own.arrayBuffer()))).column('result').get(0)).toBe(5n);
      const zstd = await ask({ 'X-VGI-Accept-Encoding': 'zstd, gzip' });
      const bytes = new Uint8Array(await zstd.arrayBuffer());
      expect(zstd.headers.get('x-vgi-content-encoding')).toBe('zstd');
      expect(RecordBatch.fromIpc(await (await loadZstd()).unpack(bytes, 1 << 20)).column('result').get(0)).toBe(5n);
      const common = await ask({ 'Accept-Encoding': 'gzip' });
      expect([common.headers.get('content-encoding'), common.headers.get('x-vgi-content-encoding'), await valueOf(common)]).toEqual(['gzip', null, 5n]);
    });

    it('leaves the body alone for identity', async () => {
      const response = await ask({ 'X-VGI-Accept-Encoding': 'identity', 'Accept-Encoding': 'gzip' });
      expect([response.headers.get('content-encoding'), response.headers.get('x-vgi-content-encoding'), await valueOf(response)]).toEqual([null, null, 5n]);
    });
  });
});

describe('the choice of a coding', () => {
  it.each([
    ['gzip, zstd', ['zstd', 'gzip'], 'gzip'],
    ['br, zstd;q=0.5', ['zstd'], 'zstd'],
    ['zstd;q=0, gzip', ['zstd', 'gzip'], 'gzip'],
    ['identity, zstd', ['zstd'], undefined],
    ['br', ['zstd', 'gzip'], undefined],
    ['zstd', [], undefined],
    ['', ['zstd'], undefined],
  ] as const)('of "%s" where %j can be had is %s', (offered, producible, chosen) => {
    expect(chosenCoding(offeredCodings(offered), producible)).toBe(chosen);
  });
});

describe('caps', () => {
  it('hold for requests, encoded and decoded, and the connection goes on', async () => {
    const server = await startServer({ maxRequestBytes: 4096 });
    const url = `${server.url}/echo_bytes`;
    const large = requestFor('echo_bytes', { data: new Uint8Array(100_000) });
    expect(await refusal(await post(url, large))).toEqual([413, 'RequestTooLargeError']);
    for (const [coding, body] of [['gzip', gzipSync(large)], ['zstd', await (await loadZstd()).compress(large, 3)]] as const) {
      expect(body.length).toBeLessThan(4096);
      expect([coding, ...(await refusal(await post(url, body, { 'Content-Encoding': coding })))]).toEqual([coding, 413, 'RequestTooLargeError']);
    }
    const chunked = await fetch(url, { method: 'POST', headers: { 'Content-Type': ARROW }, body: new Blob([Buffer.from(large)]).stream(), duplex: 'half' } as RequestInit);
    expect(chunked.status).toBe(413);
    const small = await post(url, requestFor('echo_bytes', { data: Uint8Array.of(1) }));
    expect([small.status, small.headers.get('vgi-max-request-bytes')]).toEqual([200, '4096']);
    await server.stop();
  });

  it('hold for answers: calls and exchanges fail, producers go on in the next request', async () => {
    const server = await startServer({ maxResponseBytes: 10_000 });
    await expect(server.client.oversizedUnary({ targetBytes: 20_000n })).rejects.toMatchObject({ type: 'RuntimeError', message: expect.stringContaining('max_response_bytes') });
    const exchange = await server.client.exchangeOversized({ rowsPerBatch: 5000n });
    await expect(exchange.exchange({ value: [1] })).rejects.toMatchObject({ message: expect.stringContaining('max_response_bytes') });
    const answer = await post(`${server.url}/produce_large_batches/init`, requestFor('produce_large_batches', { rowsPerBatch: 200n, batchCount: 100n }));
    const batches = batchMetadata(new Uint8Array(await answer.arrayBuffer()));
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.at(-1)?.has('vgi_rpc.stream_state#b64')).toBe(true);
    let rows = 0;
    for await (const { index } of await server.client.produceLargeBatches({ rowsPerBatch: 200n, batchCount: 100n })) rows += index.length;
    expect(rows).toBe(20_000);
    expect(await server.client.echoInt({ value: 1n })).toBe(1n);
    await server.stop();
  });

  it('a frame that lies about its size does not get more', async () => {
    const zstd = await loadZstd();
    const frame = await zstd.compress(new Uint8Array(100_000), 3);
    await expect(async () => zstd.unpack(frame, 1000)).rejects.toThrow();
    await expect(async () => zstd.unpack(frame.subarray(0, 8), 1_000_000)).rejects.toThrow();
    expect((await zstd.unpack(frame, 100_000)).length).toBe(100_000);
  });
});

describe('CORS', () => {
  const origin = 'https://page.example';

  it('lets a page of a named origin read every header that is sent', async () => {
    const server = await startServer({ cors: { origins: [origin] }, sticky: {}, maxRequestBytes: 1 << 20 });
    const preflight = await fetch(`${server.url}/echo_int`, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type, vgi-session' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin'), preflight.headers.get('access-control-allow-headers')]).toEqual([200, origin, 'content-type, vgi-session']);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    const answer = await post(`${server.url}/echo_int`, echo(), { Origin: origin });
    const exposed = (answer.headers.get('access-control-expose-headers') ?? '').toLowerCase().split(', ');
    for (const name of ['x-request-id', 'x-vgi-rpc-error', 'x-vgi-content-encoding', 'vgi-auth-reason', 'www-authenticate', 'vgi-session', 'vgi-session-close']) expect(exposed).toContain(name);
    for (const name of answer.headers.keys()) if (name.startsWith('vgi-')) expect(exposed).toContain(name);
    expect([answer.headers.get('access-control-allow-origin'), answer.headers.get('cross-origin-resource-policy')]).toEqual([origin, 'cross-origin']);
    const stranger = await post(`${server.url}/echo_int`, echo(), { Origin: 'https://other.example' });
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
    await server.stop();
  });
});

it('a start hook that fails fails one request, and is tried again', async () => {
  let tries = 0;
  const server = await startServer({
    onStart: () => {
      tries += 1;
      if (tries === 1) throw new Error('not yet');
    },
  });
  expect((await post(`${server.url}/echo_int`, echo())).status).toBe(500);
  expect((await post(`${server.url}/echo_int`, echo())).status).toBe(200);
  expect((await post(`${server.url}/echo_int`, echo())).status).toBe(200);
  expect(tries).toBe(2);
  await server.stop();
});
