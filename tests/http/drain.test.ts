import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelConnection, connectTcp, connectUnix, RpcServer, serveTcp, serveUnix } from 'vgi-gen/runtime/v1';
import { HttpConnection, HttpHandler, serveHttp } from 'vgi-gen/runtime/http';
import { describe, expect, it } from 'vitest';
import { numbers, probeCall, probeService } from './probe-service.ts';

/** The probe, whose exchange takes its time for every turn. */
function slowServices() {
  const { service, log } = probeService();
  const handlers = {
    ...service.handlers,
    async *summed(_params: unknown, input: AsyncIterable<{ value: readonly bigint[] }>) {
      for await (const { value } of input) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        yield { value };
      }
    },
  };
  return { services: [{ ...service, handlers }], log };
}

describe('a server that is stopped', () => {
  it.each(['tcp', 'unix'] as const)('over %s answers the turn that runs, then ends the connection', async (kind) => {
    const server = new RpcServer(slowServices().services);
    const serve = { serve: (channel: Parameters<RpcServer['serve']>[0]) => server.serve(channel) };
    const folder = mkdtempSync(join(tmpdir(), 'drain-'));
    const path = join(folder, 'socket');
    const running = kind === 'tcp' ? await serveTcp(serve) : await serveUnix({ path, ...serve });
    const connect = () => ('port' in running ? connectTcp((running as { port: number }).port) : connectUnix(path));
    const connection = new ChannelConnection(await connect());
    const idle = await connect();
    const stream = await connection.openStream(probeCall('summed'));
    const answer = stream.exchange(numbers(5n));
    await new Promise((resolve) => setTimeout(resolve, 50));
    running.stop();
    expect(Array.from((await answer)?.columnValues('value') as Iterable<bigint>)).toEqual([5n]);
    expect(await stream.exchange(numbers(6n)).catch(() => undefined)).toBeUndefined();
    await running.stopped;
    expect(await idle.read()).toBeUndefined();
    await expect(connect()).rejects.toMatchObject({ type: 'TransportError' });
    rmSync(folder, { recursive: true });
  });

  it('over HTTP answers the request that runs', async () => {
    const handler = new HttpHandler(slowServices().services);
    const running = await serveHttp({ handle: (request) => handler.handle(request), graceMs: 1000 });
    const stream = await new HttpConnection({ url: `http://127.0.0.1:${running.port}` }).openStream(probeCall('summed'));
    const answer = stream.exchange(numbers(5n));
    await new Promise((resolve) => setTimeout(resolve, 50));
    running.stop();
    expect(Array.from((await answer)?.columnValues('value') as Iterable<bigint>)).toEqual([5n]);
    await running.stopped;
    await handler.close();
  });
});
