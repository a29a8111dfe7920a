import { HttpConnection, HttpHandler, serveHttp } from 'vgi-gen/runtime/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbers, probeCall, probeService } from './probe-service.ts';

/** An exchange whose turns take longer than anybody waits here. */
const { service, log } = probeService();
const handlers = {
  ...service.handlers,
  async *summed(_params: unknown, input: AsyncIterable<{ value: readonly bigint[] }>) {
    try {
      for await (const { value } of input) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        yield { value };
      }
    } finally {
      log.ended.push('summed');
    }
  },
};

const handler = new HttpHandler([{ ...service, handlers }]);
let connection: HttpConnection;
let stop: () => Promise<void>;

beforeAll(async () => {
  const running = await serveHttp({ handle: (request) => handler.handle(request), graceMs: 500 });
  connection = new HttpConnection({ url: `http://127.0.0.1:${running.port}` });
  stop = async () => {
    running.stop();
    await running.stopped;
    await handler.close();
  };
});

afterAll(() => stop());

describe('a call over HTTP', () => {
  it('that is aborted rejects with the reason', async () => {
    const abort = new AbortController();
    const stream = await connection.openStream({ ...probeCall('summed'), options: { signal: abort.signal } });
    const turn = stream.exchange(numbers(1n));
    setTimeout(() => abort.abort(new Error('not needed any more')), 30);
    await expect(turn).rejects.toThrow('not needed any more');
    await expect(stream.exchange(numbers(1n))).rejects.toMatchObject({ type: 'ProtocolError' });
  });

  it('with a signal that is aborted already is not made', async () => {
    await expect(connection.openStream({ ...probeCall('resumed'), options: { signal: AbortSignal.abort(new Error('too late')) } })).rejects.toThrow('too late');
    expect(log.opened).toEqual([]);
  });

  it('that takes too long is a TimeoutError that says how long', async () => {
    const stream = await connection.openStream({ ...probeCall('summed'), options: { timeout: 100 } });
    await expect(stream.exchange(numbers(1n))).rejects.toMatchObject({ type: 'TimeoutError', message: 'summed: no answer within 100 ms' });
  });

  it('that was given up leaves the connection usable', async () => {
    const stream = await connection.openStream(probeCall('resumed'));
    expect(Array.from((await stream.tick())?.columnValues('value') as Iterable<bigint>)).toEqual([5n, 2n]);
  });
});
