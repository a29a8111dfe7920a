import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessLog, authenticatedAs, ChannelConnection, connectTcp, RpcServer, serveTcp } from 'vgi-gen/runtime/v1';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelProbe } from '../../conformance/cancel-probe.ts';
import { conformanceServices } from '../../conformance/conformance-services.ts';
import { ConformanceService } from '../../conformance/service.ts';
import { ConformanceClient, conformanceProtocol } from '../../generated/conformance/ts/index.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { CallRecord } from '../../runtime/rpc/call-record.ts';
import { startServer } from './conformance-server.ts';
import { post, requestFor } from './raw-requests.ts';

type Line = Record<string, unknown>;

const SERVER_ID = '0123456789ab';
let folder: string;
let path: string;
let log: AccessLog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'access-log-'));
  path = join(folder, 'access.jsonl');
});

afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true });
});

const lines = (): Line[] => readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line);

const REQUIRED = ['timestamp', 'level', 'logger', 'message', 'server_id', 'protocol', 'protocol_hash', 'method', 'method_type', 'principal', 'auth_domain', 'authenticated', 'remote_addr', 'duration_ms', 'status', 'error_type'];

function expectWellFormed(line: Line): void {
  for (const key of REQUIRED) expect(line, key).toHaveProperty(key);
  expect(line.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect([line.level, line.logger, line.server_id, line.protocol]).toEqual(['INFO', 'vgi_rpc.access', SERVER_ID, 'ConformanceService']);
  expect(line.protocol_hash).toMatch(/^[0-9a-f]{64}$/);
  if (line.status === 'error') expect(line.error_message).toBeTruthy();
  else expect(line.error_type).toBe('');
  if (line.method_type === 'stream') expect(line.stream_id).toMatch(/^[0-9a-f]{32}$/);
}

describe('the access log of HTTP', () => {
  it('has a line for each request, which names it as its answer does', async () => {
    log = new AccessLog({ path, serverId: SERVER_ID, payloads: true });
    const server = await startServer({ observer: log, serverId: SERVER_ID, sticky: {} });
    const response = await post(`${server.url}/echo_int`, requestFor('echo_int', { value: 42n }), { 'X-Request-ID': 'trace-1' });
    await response.arrayBuffer();
    await server.client.raiseValueError({ message: 'no good' }).catch(() => {});
    const [good, bad] = lines() as [Line, Line];
    [good, bad].forEach(expectWellFormed);
    expect(good).toMatchObject({ method: 'echo_int', method_type: 'unary', status: 'ok', http_status: 200, request_id: 'trace-1', session_action: 'none', input_rows: 1, output_rows: 1 });
    expect(good.remote_addr).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(good.response_bytes).toBe(Number(response.headers.get('content-length')));
    const request = RecordBatch.fromIpc(Buffer.from(good.request_data as string, 'base64'));
    expect([request.numRows, request.column('value').get(0)]).toEqual([1, 42n]);
    expect(bad).toMatchObject({ method: 'raise_value_error', status: 'error', error_type: 'ValueError', error_message: 'no good', http_status: 200 });
    await server.stop();
  });

  it('follows a stream by its id, with its state in the clear and its request once', async () => {
    log = new AccessLog({ path, serverId: SERVER_ID, payloads: true });
    const server = await startServer({ observer: log, serverId: SERVER_ID });
    for await (const _ of await server.client.produceN({ count: 2n }));
    const exchange = await server.client.exchangeScale({ factor: 1 });
    await exchange.exchange({ value: [1] });
    await exchange.cancel();
    const all = lines();
    all.forEach(expectWellFormed);
    const produced = all.filter(({ method }) => method === 'produce_n');
    expect(new Set(produced.map((line) => line.stream_id)).size).toBe(1);
    expect(produced.map((line) => 'request_data' in line)).toEqual([true, false, false]);
    expect(produced.map((line) => [line.request_state, line.response_state].map((state) => state && Buffer.from(state as string, 'base64').toString()))).toEqual([
      [undefined, '{"sent":1}'],
      ['{"sent":1}', '{"sent":2}'],
      ['{"sent":2}', undefined],
    ]);
    expect(all.at(-1)).toMatchObject({ method: 'exchange_scale', cancelled: true, status: 'error' });
    await server.stop();
  });

  it('says of the state of a stream only how long it is, unless asked', async () => {
    log = new AccessLog({ path, serverId: SERVER_ID });
    const server = await startServer({ observer: log, serverId: SERVER_ID });
    for await (const _ of await server.client.produceN({ count: 2n }));
    const states = lines().map((line) => [line.request_state_bytes, line.response_state_bytes]);
    expect(states).toEqual([[undefined, 10], [10, 10], [10, undefined]]);
    for (const line of lines()) for (const hidden of ['request_state', 'response_state', 'request_data']) expect(line).not.toHaveProperty(hidden);
    await server.stop();
  });

  it('tells the life of a session', async () => {
    log = new AccessLog({ path, serverId: SERVER_ID });
    const server = await startServer({ observer: log, serverId: SERVER_ID, sticky: {} });
    const client = new ConformanceClient(server.connection.session());
    await client.openCounter({ initial: 1n });
    await client.incrementCounter({ by: 1n });
    await client.closeCounter();
    expect(lines().map((line) => line.session_action)).toEqual(['open', 'resume', 'close']);
    expect(new Set(lines().map((line) => line.session_id)).size).toBe(1);
    expect(lines()[0]?.session_id).toMatch(/^[0-9a-f]{24}$/);
    await server.stop();
  });

  it('logs requests that are refused, without payloads unless asked', async () => {
    log = new AccessLog({ path, serverId: SERVER_ID });
    const server = await startServer({ observer: log, serverId: SERVER_ID });
    await post(`${server.url}/echo_int`, requestFor('echo_int', { value: 1n }, { 'vgi_rpc.protocol_version': '9.0.0' }));
    const [line] = lines() as [Line];
    expectWellFormed(line);
    expect(line).toMatchObject({ status: 'error', http_status: 400, error_type: 'ProtocolVersionError', truncated: 'payload_omitted', request_fields: [{ name: 'value', type: 'int64' }], request_rows: 1 });
    expect(line).not.toHaveProperty('request_data');
    expect(line.original_request_bytes).toBeGreaterThan(0);
    await server.stop();
  });
});

it('the access log of a byte transport has a line for each call, a stream being one', async () => {
  log = new AccessLog({ path, serverId: SERVER_ID, payloads: true });
  const server = new RpcServer(conformanceServices(new ConformanceService(new CancelProbe(undefined))), { serverId: SERVER_ID, observer: log });
  const running = await serveTcp({ serve: (channel) => server.serve(channel) });
  const client = new ConformanceClient(new ChannelConnection(await connectTcp(running.port)));
  await client.voidNoop();
  for await (const _ of await client.produceN({ count: 3n }));
  const exchange = await client.exchangeScale({ factor: 1 });
  await exchange.exchange({ value: [1, 2] });
  await exchange.cancel();
  await client.produceErrorOnInit().then((producer) => producer[Symbol.asyncIterator]().next()).catch(() => {});
  await client.echoInt({ value: 1n });
  await client.close();
  running.stop();
  await running.stopped;
  const all = lines();
  all.forEach(expectWellFormed);
  expect(all.map(({ method, status }) => [method, status])).toEqual([['void_noop', 'ok'], ['produce_n', 'ok'], ['exchange_scale', 'error'], ['produce_error_on_init', 'error'], ['echo_int', 'ok']]);
  expect(all[1]).toMatchObject({ output_batches: 3, output_rows: 3, remote_addr: '' });
  expect(all[2]).toMatchObject({ cancelled: true, input_rows: 2 });
  for (const line of all) expect(line).toHaveProperty('request_data');
});

describe('a record', () => {
  const record = (change: (record: CallRecord) => void): CallRecord => {
    const made = new CallRecord(conformanceProtocol, 'echo_string', authenticatedAs('jwt', 'alice', { sub: 'alice', email: 'alice@example.com', access_token: 'SECRET', nested: { phone_number: '1' } }));
    change(made);
    made.end();
    return made;
  };

  it('hides the values of claims that are personal or secret, and keeps their names', () => {
    log = new AccessLog({ path, serverId: SERVER_ID });
    log.called(record(() => {}));
    expect(lines()[0]?.claims).toEqual({ sub: 'alice', email: '[redacted]', access_token: '[redacted]', nested: { phone_number: '[redacted]' } });
  });

  it('of a method with secret parameters never holds its request', () => {
    log = new AccessLog({ path, serverId: SERVER_ID, payloads: true });
    log.called(
      record((made) => {
        const method = conformanceProtocol.methods.echo_string as NonNullable<(typeof conformanceProtocol.methods)[string]>;
        made.routed(conformanceProtocol, { ...method, secret: ['value'] });
        made.request = { schemaMessage: new Uint8Array(8), dictionaries: [] };
      }),
    );
    expect(lines()[0]).toMatchObject({ truncated: 'payload_omitted' });
    expect(lines()[0]).not.toHaveProperty('request_data');
  });

  it('that is too long loses payload, claims, then the rest, but never the error', () => {
    log = new AccessLog({ path, serverId: SERVER_ID, payloads: true, maxRecordBytes: 900 });
    const request = { schemaMessage: new Uint8Array(2000), dictionaries: [] };
    log.called(record((made) => void (made.request = request)));
    log.called(
      record((made) => {
        made.request = request;
        made.error = new Error('x'.repeat(2000));
      }),
    );
    const [first, second] = lines() as [Line, Line];
    expect(first).toMatchObject({ truncated: true });
    expect(first.original_request_bytes).toBeGreaterThan(2000);
    expect(second.truncated).toBe('record_too_large');
    expect(second.error_message).toHaveLength(2000);
  });

  it('lies in a file that only its owner reads', () => {
    log = new AccessLog({ path, serverId: SERVER_ID });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
