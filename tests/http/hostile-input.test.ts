import fc from 'fast-check';
import { HttpHandler, type HttpRequest } from 'vgi-gen/runtime/http';
import { describe, expect, it } from 'vitest';
import { CancelProbe } from '../../conformance/cancel-probe.ts';
import { conformanceServices } from '../../conformance/conformance-services.ts';
import { ConformanceService } from '../../conformance/service.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { ARROW, requestFor } from './raw-requests.ts';

/** A run that fails says its seed and path; put them here to see it again. */
const RUNS = { seed: 20_261_121, numRuns: 400 };

const handler = new HttpHandler(conformanceServices(new ConformanceService(new CancelProbe(undefined))), { maxRequestBytes: 1 << 20, sticky: {} });

function request(path: string, body: Uint8Array, headers: Readonly<Record<string, string>> = {}): HttpRequest {
  const all: Record<string, string> = { 'content-type': ARROW, ...headers };
  return {
    method: 'POST',
    path,
    remoteAddress: '',
    header: (name) => all[name.toLowerCase()],
    headerCount: (name) => (all[name.toLowerCase()] === undefined ? 0 : 1),
    async *body() {
      yield body;
    },
  };
}

/** What a client may be told that sent nonsense. A method that ran and failed answers 200 with the error flag. */
const CLIENT_ERRORS = [400, 404, 413, 415];

async function expectRefused(hostile: HttpRequest): Promise<void> {
  const { status, headers } = await handler.handle(hostile);
  if (status !== 200) expect(CLIENT_ERRORS).toContain(status);
  expect(headers.get('X-Request-ID')).toBeDefined();
  const good = await handler.handle(request('/echo_int', requestFor('echo_int', { value: 9n })));
  expect(RecordBatch.fromIpc(Buffer.concat(good.body)).column('result').get(0)).toBe(9n);
}

const valid = requestFor('echo_all_types', {
  data: {
    strField: 'x', bytesField: Uint8Array.of(1), intField: 1n, floatField: 1, boolField: true, listOfInt: [1n], listOfStr: ['a'], dictField: new Map([['a', 1n]]),
    enumField: 'PENDING', nestedPoint: { x: 1, y: 2 }, optionalStr: undefined, optionalInt: 1n, optionalNested: undefined, listOfNested: [{ x: 1, y: 2 }],
    annotatedInt32: 1, annotatedFloat32: 1, nestedList: [[1n]], dictStrStr: new Map([['k', 'v']]),
  },
});

describe('a request over HTTP', () => {
  it('that is whole is answered', async () => {
    const { status, headers } = await handler.handle(request('/echo_all_types', valid));
    expect([status, headers.get('X-VGI-RPC-Error')]).toEqual([200, undefined]);
  });

  it('of random bytes is refused, and the server goes on', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), (body) => expectRefused(request('/echo_int', body))), RUNS);
  });

  it('with any bytes changed is answered or refused', async () => {
    const changes = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(changes, (list) => {
        const body = Uint8Array.from(valid);
        for (const [at, value] of list) body[at] = value;
        return expectRefused(request('/echo_all_types', body));
      }),
      RUNS,
    );
  });

  it('cut short anywhere is refused', async () => {
    const end = valid.length - 8;
    await fc.assert(
      fc.asyncProperty(fc.nat(end - 1), async (length) => {
        expect((await handler.handle(request('/echo_all_types', valid.subarray(0, length)))).status).toBe(400);
      }),
      RUNS,
    );
  });

  it('with any path and any headers of ours is refused', async () => {
    const names = ['x-vgi-accept-encoding', 'accept-encoding', 'content-encoding', 'vgi-session', 'vgi-session-accept', 'vgi-proxy-proof', 'x-request-id', 'content-length', 'origin', 'accept'];
    const headers = fc.dictionary(fc.constantFrom(...names), fc.string({ maxLength: 80 }));
    const path = fc.oneof(fc.webPath(), fc.string({ maxLength: 60 }).map((text) => `/${text}`), fc.constantFrom('/echo_int', '/echo_int/init', '/produce_n/exchange', '/__session__', '/__upload_url__/init', '/__describe__'));
    await fc.assert(fc.asyncProperty(path, headers, fc.uint8Array({ maxLength: 64 }), (where, sent, body) => expectRefused(request(where, body, sent))), RUNS);
  });

  it('with any tokens is refused', async () => {
    const token = fc.oneof(fc.string(), fc.base64String({ maxLength: 400 }));
    await fc.assert(
      fc.asyncProperty(token, token, async (cursor, call) => {
        const body = requestFor('void_noop', {}, { 'vgi_rpc.stream_state#b64': cursor, 'vgi_rpc.call_state#b64': call });
        expect((await handler.handle(request('/produce_n/exchange', body))).status).toBe(400);
      }),
      RUNS,
    );
  });
});
