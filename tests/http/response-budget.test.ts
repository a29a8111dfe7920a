import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConformanceServer, startServer } from './conformance-server.ts';
import { batchMetadata, errorOf, post, requestFor } from './raw-requests.ts';

const BUDGET = 65_536;
let server: ConformanceServer;

beforeAll(async () => {
  // Without a budget an answer of a producer would hold all batches that fit.
  server = await startServer({ maxResponseBytes: 1 << 20 });
});

afterAll(() => server.stop());

const ask = (path: string, body: Uint8Array, budget: string): Promise<Response> => post(`${server.url}/${path}`, body, { 'VGI-Accept-Max-Response-Bytes': budget });

it('is something that every server takes', async () => {
  expect((await fetch(`${server.url}/health`)).headers.get('vgi-accept-max-response-bytes-support')).toBe('true');
});

it.each(['65535', '0', '-1', '1e6', '065536', '9007199254740992', '65536, 65536', ''])('is refused as "%s"', async (budget) => {
  const response = await ask('echo_int', requestFor('echo_int', { value: 1n }), budget);
  expect(response.status).toBe(400);
  expect(await errorOf(response)).toMatchObject({ type: 'ProtocolError', message: expect.stringContaining('whole number of bytes from 65536') });
});

it('lets through what fits', async () => {
  const response = await ask('oversized_unary', requestFor('oversized_unary', { targetBytes: 60_000n }), String(BUDGET));
  expect([response.status, response.headers.get('x-vgi-rpc-error')]).toEqual([200, null]);
});

it.each([
  ['oversized_unary', requestFor('oversized_unary', { targetBytes: 100_000n })],
  ['produce_oversized_batch/init', requestFor('produce_oversized_batch', { rowsPerBatch: 50_000n })],
])('makes an answer of %s that is larger an error without a cursor', async (path, body) => {
  const response = await ask(path, body, String(BUDGET));
  expect([response.status, response.headers.get('x-vgi-rpc-error')]).toEqual([200, 'true']);
  const bytes = new Uint8Array(await response.clone().arrayBuffer());
  expect(bytes.length).toBeLessThan(BUDGET);
  expect(await errorOf(response)).toMatchObject({ type: 'ResponseTooLargeError', message: expect.stringMatching(/max_response_bytes \(\d+ > 65536\) for method/) });
  expect(batchMetadata(bytes).some((metadata) => metadata.has('vgi_rpc.stream_state#b64'))).toBe(false);
});

it('makes a producer send one batch an answer', async () => {
  const dataBatches = async (response: Response): Promise<number> =>
    batchMetadata(new Uint8Array(await response.arrayBuffer())).filter((metadata) => !metadata.has('vgi_rpc.stream_state#b64')).length;
  const body = requestFor('produce_n', { count: 3n });
  expect(await dataBatches(await ask('produce_n/init', body, String(BUDGET)))).toBe(1);
  expect(await dataBatches(await post(`${server.url}/produce_n/init`, body))).toBe(3);
});
