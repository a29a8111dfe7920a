import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type FetchPolicy, HttpConnection, HttpHandler, type HttpOptions, type HttpRequest, type HttpResponse, MemoryBlobStore, publicHttpsOnly, serveHttp } from 'vgi-gen/runtime/http';
import { afterEach, describe, expect, it } from 'vitest';
import { CancelProbe } from '../../conformance/cancel-probe.ts';
import { conformanceServices } from '../../conformance/conformance-services.ts';
import { ConformanceService } from '../../conformance/service.ts';
import { ConformanceClient, conformanceProtocol } from '../../generated/conformance/ts/index.ts';
import { splitIpcStream } from '../../runtime/arrow/ipc-stream.ts';
import { Schema } from '../../runtime/arrow/schema.ts';
import { zeroRowBatch } from '../../runtime/rpc/answers.ts';
import { loadZstd } from '../../runtime/http/zstd.ts';
import { redactedUrl } from '../../runtime/http/raw-http.ts';
import { errorOf, post, requestFor, streamWith, tokenMetadata, tokensOf } from './raw-requests.ts';

interface Site {
  readonly url: string;
  readonly store: MemoryBlobStore;
  readonly client: ConformanceClient;
  /** Paths of the store that were asked for. */
  readonly asked: string[];
  /** Puts bytes at a path of the store's server. */
  readonly serve: (path: string, response: Partial<HttpResponse> & { readonly location?: string }) => string;
}

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function listen(handle: (request: HttpRequest) => Promise<HttpResponse>): Promise<string> {
  const running = await serveHttp({ handle, graceMs: 100 });
  stops.push(async () => {
    running.stop();
    await running.stopped;
  });
  return `http://127.0.0.1:${running.port}`;
}

/** A server with a blob store beside it. */
async function start(options: HttpOptions = {}, fetchPolicy: FetchPolicy = { allowUrl: () => true }, external: HttpOptions['external'] = {}): Promise<Site> {
  const asked: string[] = [];
  const fixed = new Map<string, HttpResponse>();
  let store!: MemoryBlobStore;
  const storeUrl = await listen(async (request) => {
    asked.push(`${request.method} ${request.path.replace(/[0-9a-f]{32}$/, '')}`);
    return fixed.get(request.path) ?? store.handle(request);
  });
  store = new MemoryBlobStore({ url: storeUrl });
  const handler = new HttpHandler(conformanceServices(new ConformanceService(new CancelProbe(undefined), store)), {
    external: { storage: store, thresholdBytes: 4096, uploadUrls: () => store.urls(), fetch: fetchPolicy, ...external },
    ...options,
  });
  const url = await listen((request) => handler.handle(request));
  const serve: Site['serve'] = (path, { status = 200, headers = new Map(), body = [], location }) => {
    fixed.set(path, { status: location ? 302 : status, headers: location ? new Map([['Location', location]]) : headers, body });
    return storeUrl + path;
  };
  return { url, store, asked, serve, client: new ConformanceClient(new HttpConnection({ url, fetch: { allowUrl: () => true } })) };
}

/** A request whose batch is elsewhere. */
function pointer(method: string, params: object, location: string, extra: Record<string, string> = {}): Uint8Array {
  const { schemaMessage, batch } = splitIpcStream(requestFor(method, params));
  return streamWith(zeroRowBatch(Schema.fromIpc(schemaMessage)), { ...Object.fromEntries(batch?.customMetadata ?? []), 'vgi_rpc.location': location, ...extra });
}

const echoPointer = (location: string, extra?: Record<string, string>): Uint8Array => pointer('echo_string', { value: '' }, location, extra);
const stored = requestFor('echo_string', { value: 'from the store' });

const failureOf = async ({ url }: Site, body: Uint8Array): Promise<{ type: string; message: string }> => {
  const response = await post(`${url}/echo_string`, body);
  expect([response.status, response.headers.get('x-vgi-rpc-error')]).toEqual([200, 'true']);
  const { type, message } = await errorOf(response);
  return { type, message };
};

describe('large answers', () => {
  it.each([undefined, 'zstd', 'gzip'] as const)('travel as pointers, coded with %s', async (compression) => {
    const { client, asked } = await start({}, undefined, compression && { compression });
    expect((await client.oversizedUnary({ targetBytes: 100_000n })).length).toBe(100_000);
    expect(asked).toEqual(['GET /get/']);
    expect(await client.echoString({ value: 'small' })).toBe('small');
    expect(asked).toHaveLength(1);
  });

  it('of streams too, with their log lines', async () => {
    const { client, asked } = await start();
    let rows = 0;
    for await (const { index } of await client.produceLargeBatches({ rowsPerBatch: 1000n, batchCount: 3n })) rows += index.length;
    expect([rows, asked.length]).toEqual([3000, 3]);
    const logs: string[] = [];
    const exchange = await client.exchangeWithLogs({ onLog: ({ message }) => logs.push(message) });
    const value = Float64Array.from({ length: 2000 }, (_, i) => i);
    expect((await exchange.exchange({ value })).value).toEqual(value);
    expect((await exchange.exchange({ value })).value).toEqual(value);
    expect(logs).toEqual(['exchange processing', 'exchange debug', 'exchange processing', 'exchange debug']);
    expect(asked.filter((line) => line === 'GET /get/')).toHaveLength(5);
  });

  it('that a handler has published are fetched from where they lie, and uploaded once', async () => {
    const { client, asked, store } = await start();
    expect(await client.publishedString({ value: 'small', includeSha256: true })).toBe('small');
    const { size } = store;
    expect(await client.publishedString({ value: 'small', includeSha256: true })).toBe('small');
    expect(store.size).toBe(size);
    expect(await client.publishedString({ value: 'small', includeSha256: false })).toBe('small');
    expect(asked).toEqual(['GET /get/', 'GET /get/', 'GET /get/']);
  });

  it('are held to their cap before anything is uploaded', async () => {
    const { client, store } = await start({ maxExternalizedResponseBytes: 50_000 });
    await expect(client.oversizedUnary({ targetBytes: 100_000n })).rejects.toMatchObject({ message: expect.stringContaining('max_externalized_response_bytes') });
    expect(store.size).toBe(0);
    expect((await client.oversizedUnary({ targetBytes: 20_000n })).length).toBe(20_000);
    const producer = await client.produceOversizedBatch({ rowsPerBatch: 50_000n });
    await expect(producer[Symbol.asyncIterator]().next()).rejects.toMatchObject({ message: expect.stringContaining('max_externalized_response_bytes') });
  });

  it('are not taken by a client from places it does not trust', async () => {
    const { url, asked } = await start();
    const careful = new ConformanceClient(new HttpConnection({ url }));
    await expect(careful.oversizedUnary({ targetBytes: 100_000n })).rejects.toMatchObject({ type: 'ExternalLocationError', message: expect.stringContaining('not allowed') });
    expect(asked).toEqual([]);
  });
});

describe('large requests', () => {
  it('go by upload once the server has said that they are too large', async () => {
    const { client, asked } = await start({ maxRequestBytes: 8192 });
    const value = 'x'.repeat(20_000);
    expect(await client.echoString({ value })).toBe(value);
    expect(await client.echoString({ value })).toBe(value);
    expect(asked.filter((line) => line === 'PUT /put/')).toHaveLength(2);
    expect(await client.echoString({ value: 'small' })).toBe('small');
  });

  it('as inputs of an exchange too', async () => {
    const { client } = await start({ maxRequestBytes: 8192 });
    const value = Float64Array.from({ length: 3000 }, (_, i) => i);
    const exchange = await client.exchangeScale({ factor: 2 });
    expect((await exchange.exchange({ value })).value).toEqual(value.map((x) => x * 2));
    await exchange.close();
  });
});

describe('a pointer in a request', () => {
  it('is resolved and checked: in calls, at init and in exchanges', async () => {
    const site = await start();
    const sha256 = createHash('sha256').update(stored).digest('hex');
    const at = site.serve('/blob', { body: [stored] });
    const answer = await post(`${site.url}/echo_string`, echoPointer(at, { 'vgi_rpc.location.sha256': sha256 }));
    expect(answer.headers.get('x-vgi-rpc-error')).toBeNull();
    const init = site.serve('/init', { body: [requestFor('produce_n', { count: 2n })] });
    expect((await tokensOf(await post(`${site.url}/produce_n/init`, pointer('produce_n', { count: 0n }, init)))).cursor).toBeDefined();
    const tokens = await tokensOf(await post(`${site.url}/exchange_scale/init`, requestFor('exchange_scale', { factor: 2 })));
    const missing = await post(`${site.url}/exchange_scale/exchange`, streamWith(zeroRowBatch(conformanceInput()), { ...tokenMetadata(tokens), 'vgi_rpc.location': site.serve('/none', { status: 404 }) }));
    expect([missing.status, (await errorOf(missing)).type]).toEqual([200, 'ExternalLocationError']);
  });

  it('is taken compressed', async () => {
    const site = await start();
    const zstd = await (await loadZstd()).compress(stored, 3);
    for (const [coding, body] of [['gzip', gzipSync(stored)], ['zstd', zstd]] as const) {
      const at = site.serve(`/${coding}`, { body: [body], headers: new Map([['Content-Encoding', coding]]) });
      expect((await post(`${site.url}/echo_string`, echoPointer(at))).headers.get('x-vgi-rpc-error')).toBeNull();
    }
  });

  it('is refused where the server follows none', async () => {
    const site = await start({ external: {} });
    expect((await post(`${site.url}/echo_string`, echoPointer('https://store.example/x'))).status).toBe(400);
  });

  it('fails the call, and only that, with whatever is wrong', async () => {
    const site = await start();
    const twice = Buffer.concat([stored, stored]);
    const failures: [string, Parameters<Site['serve']>[1], Record<string, string>, RegExp][] = [
      ['/404', { status: 404 }, {}, /answered 404/],
      ['/sum', { body: [stored] }, { 'vgi_rpc.location.sha256': '0'.repeat(64) }, /SHA-256/],
      ['/text', { body: [Buffer.from('no Arrow at all, just text')] }, {}, /not an Arrow IPC stream/],
      ['/empty', { body: [] }, {}, /not an Arrow IPC stream/],
      ['/schema', { body: [requestFor('echo_int', { value: 1n })] }, {}, /schema is not that of the pointer/],
      ['/again', { body: [echoPointer('http://127.0.0.1:1/x')] }, {}, /pointer again/],
      ['/coding', { body: [twice], headers: new Map([['Content-Encoding', 'br']]) }, {}, /encoding "br"/],
      ['/gzip', { body: [twice], headers: new Map([['Content-Encoding', 'gzip']]) }, {}, /not valid gzip/],
    ];
    for (const [path, response, extra, message] of failures) {
      const failure = await failureOf(site, echoPointer(site.serve(path, response), extra));
      expect(failure.type).toBe('ExternalLocationError');
      expect(failure.message).toMatch(message);
    }
    expect(await site.client.echoString({ value: 'still here' })).toBe('still here');
  });
});

describe('fetching', () => {
  it('follows redirects only where each hop is allowed, and not for ever', async () => {
    const site = await start({}, { allowUrl: ({ hostname }) => hostname === '127.0.0.1', maxRedirects: 3 });
    const target = site.serve('/blob', { body: [stored] });
    expect((await post(`${site.url}/echo_string`, echoPointer(site.serve('/hop', { location: target })))).headers.get('x-vgi-rpc-error')).toBeNull();
    site.asked.length = 0;
    const elsewhere = await failureOf(site, echoPointer(site.serve('/leave', { location: target.replace('127.0.0.1', 'localhost') })));
    expect(elsewhere.message).toContain('not allowed');
    expect(site.asked).toEqual(['GET /leave']);
    const loop = await failureOf(site, echoPointer(site.serve('/loop', { location: '/loop' })));
    expect(loop.message).toContain('more than 3 redirects');
    expect(site.asked.filter((line) => line === 'GET /loop')).toHaveLength(4);
    expect((await failureOf(site, echoPointer(site.serve('/file', { location: 'file:///etc/passwd' })))).message).toContain('not allowed');
  });

  it('has a cap on encoded bytes and one on decoded bytes', async () => {
    const site = await start({}, { allowUrl: () => true, maxBytes: 4096, maxDecodedBytes: 8192 });
    const large = requestFor('echo_string', { value: 'a'.repeat(20_000) });
    expect((await failureOf(site, echoPointer(site.serve('/large', { body: [large] })))).message).toContain('more than 4096 bytes');
    for (const [coding, body] of [['gzip', gzipSync(large)], ['zstd', await (await loadZstd()).compress(large, 3)]] as const) {
      expect(body.length).toBeLessThan(4096);
      const at = site.serve(`/${coding}`, { body: [body], headers: new Map([['Content-Encoding', coding]]) });
      expect((await failureOf(site, echoPointer(at))).message).toContain('more than 8192 bytes when decoded');
    }
  });

  it('does not tell the secrets of a URL', async () => {
    const site = await start();
    const { message } = await failureOf(site, echoPointer(`${site.serve('/404', { status: 404 })}?signature=SECRET#SECRET`));
    expect(message).toContain('/404');
    expect(message).not.toContain('SECRET');
    expect(redactedUrl('https://user:SECRET@host/path?x=SECRET')).toBe('https://host/path');
  });

  it.each([
    ['https://store.example/blob', true],
    ['https://8.8.8.8/blob', true],
    ['http://store.example/blob', false],
    ['https://localhost/blob', false],
    ['https://127.0.0.1/blob', false],
    ['https://2130706433/blob', false],
    ['https://0x7f000001/blob', false],
    ['https://10.1.2.3/blob', false],
    ['https://172.20.0.1/blob', false],
    ['https://192.168.1.1/blob', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['https://[::1]/blob', false],
    ['https://[fd00::1]/blob', false],
    ['https://[::ffff:127.0.0.1]/blob', false],
    ['https://printer.local/blob', false],
    ['file:///etc/passwd', false],
  ])('by default of %s is allowed: %s', (url, allowed) => {
    expect(publicHttpsOnly(new URL(url))).toBe(allowed);
  });
});

describe('the blob store', () => {
  it('has one URL to put and one to get, each for its verb and for a time', async () => {
    const { store } = await start();
    const { uploadUrl, downloadUrl, expiresAt } = await store.urls();
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
    expect((await fetch(uploadUrl)).status).toBe(404);
    expect((await fetch(downloadUrl)).status).toBe(404);
    expect((await fetch(downloadUrl, { method: 'PUT', body: 'x' })).status).toBe(404);
    expect((await fetch(uploadUrl, { method: 'PUT', body: 'text' })).status).toBe(204);
    expect((await fetch(uploadUrl, { method: 'PUT', body: 'again' })).status).toBe(404);
    expect(await (await fetch(downloadUrl)).text()).toBe('text');
  });

  it('forgets the oldest when it is full', async () => {
    const store = new MemoryBlobStore({ url: 'http://store', maxBytes: 100 });
    for (let i = 0; i < 10; i++) await store.upload(new Uint8Array(30));
    expect(store.size).toBe(90);
  });
});

function conformanceInput(): Schema {
  const { input } = conformanceProtocol.methods.exchange_scale as { input?: (() => Schema) | 'dynamic' };
  if (typeof input !== 'function') throw new Error('exchange_scale declares its input');
  return input();
}
