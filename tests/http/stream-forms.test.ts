import { randomBytes } from 'node:crypto';
import type { RecordBatch } from 'vgi-gen/runtime/v1';
import { HttpConnection, HttpHandler, type HttpOptions, type RunningHttpServer, serveHttp } from 'vgi-gen/runtime/http';
import { afterEach, describe, expect, it } from 'vitest';
import { numbers, probeCall, type ProbeLog, probeService } from './probe-service.ts';
import { errorOf, post, streamWith, tick, tokenMetadata, tokensOf } from './raw-requests.ts';

interface ProbeServer {
  readonly url: string;
  readonly connection: HttpConnection;
  readonly handler: HttpHandler;
  readonly log: ProbeLog;
  readonly running: RunningHttpServer;
}

const servers: ProbeServer[] = [];

async function start(options: HttpOptions = {}): Promise<ProbeServer> {
  const { service, log } = probeService();
  const handler = new HttpHandler([service], options);
  const running = await serveHttp({ handle: (request) => handler.handle(request), graceMs: 100 });
  const url = `http://127.0.0.1:${running.port}`;
  const server = { url, connection: new HttpConnection({ url }), handler, log, running };
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const { running, handler } of servers.splice(0)) {
    running.stop();
    await running.stopped;
    await handler.close();
  }
});

const values = (batch: RecordBatch | undefined): unknown => batch && Array.from(batch.columnValues('value') as Iterable<bigint>);

describe('a stream whose handler is a generator', () => {
  it('goes on from request to request', async () => {
    const { connection, log } = await start();
    const lines: string[] = [];
    const call = probeCall('generated');
    const stream = await connection.openStream({ ...call, options: { onLog: ({ message }) => lines.push(message) } });
    expect([values(await stream.tick()), values(await stream.tick()), values(await stream.tick())]).toEqual([[0n], [1n], [2n]]);
    expect(lines).toEqual(['batch 0', 'batch 1', 'batch 2']);
    await stream.cancel();
    expect(log.ended).toEqual(['generated']);
  });

  it('takes the inputs of an exchange one by one', async () => {
    const { connection, log } = await start({ callCacheEntries: 0 });
    const stream = await connection.openStream(probeCall('summed'));
    expect(values(await stream.exchange(numbers(1n, 2n)))).toEqual([3n]);
    expect(values(await stream.exchange(numbers(10n)))).toEqual([13n]);
    await stream.cancel();
    expect(log.ended).toEqual(['summed']);
  });

  it('cannot go on in another process, nor go back', async () => {
    const tokenKey = randomBytes(32);
    const [first, second] = [await start({ tokenKey }), await start({ tokenKey })];
    const tokens = await tokensOf(await post(`${first.url}/generated/init`, probeCall('generated').request));
    const body = streamWith(tick, tokenMetadata(tokens));
    const elsewhere = await post(`${second.url}/generated/exchange`, body);
    expect([elsewhere.status, (await errorOf(elsewhere)).type]).toEqual([400, 'StreamLostError']);
    expect((await post(`${first.url}/generated/exchange`, body)).status).toBe(200);
    const again = await post(`${first.url}/generated/exchange`, body);
    expect([again.status, (await errorOf(again)).kind]).toEqual([400, 'stream_lost']);
    expect(second.log.ended).toEqual([]);
  });

  it('is closed when too many others are open, the idlest first', async () => {
    const { connection, log } = await start({ liveStreams: { maxStreams: 2 } });
    const [a, b, c] = [await connection.openStream(probeCall('generated')), await connection.openStream(probeCall('generated')), await connection.openStream(probeCall('generated'))];
    expect(log.ended).toEqual(['generated']);
    expect(values(await a.tick())).toEqual([0n]);
    await expect(a.tick()).rejects.toMatchObject({ type: 'StreamLostError' });
    await b.tick();
    expect(values(await b.tick())).toEqual([1n]);
    await c.tick();
    expect(values(await c.tick())).toEqual([1n]);
  });

  it('is closed when nobody asks for it any more', async () => {
    const { connection, log } = await start({ liveStreams: { idleSeconds: 0.05 } });
    const stream = await connection.openStream(probeCall('generated'));
    await stream.tick();
    await expect.poll(() => log.ended).toEqual(['generated']);
    await expect(stream.tick()).rejects.toMatchObject({ type: 'StreamLostError' });
  });

  it('is closed with the handler', async () => {
    const { connection, handler, log } = await start();
    await connection.openStream(probeCall('summed'));
    const stream = await connection.openStream(probeCall('summed'));
    await stream.exchange(numbers(1n));
    await handler.close();
    expect(log.ended).toEqual(['summed']);
  });
});

describe('a stream that is resumable', () => {
  it('goes on in any process: the handler is called again, its state comes with the client', async () => {
    const tokenKey = randomBytes(32);
    const [first, second] = [await start({ tokenKey, callCacheEntries: 0 }), await start({ tokenKey, callCacheEntries: 0 })];
    let tokens = await tokensOf(await post(`${first.url}/resumed/init`, probeCall('resumed').request));
    const { call } = tokens;
    for (const { url } of [second, first]) tokens = { ...(await tokensOf(await post(`${url}/resumed/exchange`, streamWith(tick, tokenMetadata(tokens))))), call };
    const last = await post(`${second.url}/resumed/exchange`, streamWith(tick, tokenMetadata(tokens)));
    expect((await tokensOf(last)).cursor).toBeUndefined();
    expect(first.log.opened).toEqual([false, true]);
    expect(second.log.opened).toEqual([true, true]);
  });

  it('is not opened again where the call is remembered', async () => {
    const { connection, log } = await start();
    const stream = await connection.openStream(probeCall('resumed'));
    const got = [values(await stream.tick()), values(await stream.tick()), values(await stream.tick()), values(await stream.tick())];
    expect(got).toEqual([[5n, 2n], [6n, 3n], [7n, 4n], undefined]);
    expect(log.opened).toEqual([false]);
  });

  it('can be read twice from one cursor, because the state is in the cursor', async () => {
    const { url } = await start();
    const tokens = await tokensOf(await post(`${url}/resumed/init`, probeCall('resumed').request));
    const body = streamWith(tick, tokenMetadata(tokens));
    const once = new Uint8Array(await (await post(`${url}/resumed/exchange`, body)).arrayBuffer());
    const twice = new Uint8Array(await (await post(`${url}/resumed/exchange`, body)).arrayBuffer());
    expect(once.length).toBe(twice.length);
  });
});

it('handlers do not see the tokens, and what they echo does not carry them back', async () => {
  const { connection, log } = await start();
  const stream = await connection.openStream(probeCall('echoed'));
  const answer = await stream.exchange(numbers(7n), new Map([['own', 'kept']]));
  expect(values(answer)).toEqual([7n]);
  expect([...(answer?.metadata ?? [])]).toEqual([['own', 'kept']]);
  expect(log.seen.map((metadata) => [...metadata])).toEqual([[['own', 'kept']]]);
});
