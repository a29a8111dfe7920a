import { ChannelConnection, type ClientConnection, connectTcp, RpcServer, serveTcp } from 'vgi-gen/runtime/v1';
import type { HttpOptions } from 'vgi-gen/runtime/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelProbe } from '../../conformance/cancel-probe.ts';
import { conformanceServices } from '../../conformance/conformance-services.ts';
import { ConformanceService } from '../../conformance/service.ts';
import { ConformanceClient } from '../../generated/conformance/ts/index.ts';
import { conformanceCalls } from '../rpc/conformance-calls.ts';
import { startServer } from './conformance-server.ts';

interface Transport {
  readonly name: string;
  /** Calls that count the turns of a producer, which over HTTP runs ahead of its client; see stream-turns.test.ts. */
  readonly leavesOut?: (title: string) => boolean;
  readonly open: () => Promise<{ readonly connection: ClientConnection; readonly stop: () => Promise<void> }>;
}

const overHttp = (name: string, options: HttpOptions, leavesOut: (title: string) => boolean): Transport => ({
  name,
  leavesOut,
  open: async () => {
    const { connection, stop } = await startServer(options);
    return { connection, stop };
  },
});

/** The first turn is in the answer that opens the stream. */
const firstTurn = 'cancellable_producer: cancel before the first batch';

const transports: readonly Transport[] = [
  {
    name: 'tcp',
    open: async () => {
      const server = new RpcServer(conformanceServices(new ConformanceService(new CancelProbe(undefined))));
      const running = await serveTcp({ serve: (channel) => server.serve(channel) });
      const stop = async (): Promise<void> => {
        running.stop();
        await running.stopped;
      };
      return { connection: new ChannelConnection(await connectTcp(running.port)), stop };
    },
  },
  overHttp('http', {}, (title) => title === firstTurn),
  overHttp('http without a cache of calls, uncompressed, below a prefix', { callCacheEntries: 0, codings: [], prefix: '/vgi' }, (title) => title === firstTurn),
  overHttp('http with many batches an answer', { maxResponseBytes: 8 << 20 }, (title) => title.startsWith('cancellable_producer')),
];

describe.each(transports)('the shared calls over $name', ({ open, leavesOut }) => {
  let client: ConformanceClient;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const opened = await open();
    client = new ConformanceClient(opened.connection);
    stop = opened.stop;
  });

  afterAll(async () => {
    await client.close();
    await stop();
  });

  const calls = conformanceCalls.map(({ method, title, run }) => [`${method}: ${title}`, run] as const).filter(([title]) => !leavesOut?.(title));

  it.each(calls)('%s', async (_name, run) => {
    await run(client);
    expect(await client.echoString({ value: 'still usable' })).toBe('still usable');
  });
});
