import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChannelConnection, type ClientConnection, connectUnix, memoryChannels, RpcServer, SubprocessConnection } from 'vgi-gen/runtime/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelProbe } from '../../conformance/cancel-probe.ts';
import { conformanceServices } from '../../conformance/conformance-services.ts';
import { ConformanceService } from '../../conformance/service.ts';
import { ConformanceClient, conformanceProtocol } from '../../generated/conformance/ts/index.ts';
import { conformanceCalls } from './conformance-calls.ts';
import { firstLine } from './first-line.ts';

/** The built worker; `npm ci` or `node tools/build.mjs` makes it. */
const worker = fileURLToPath(new URL('../../bin/vgi-conformance-worker', import.meta.url));

interface Transport {
  readonly name: string;
  /** A connection to a server of its own, and what ends that server. */
  readonly open: () => Promise<{ readonly connection: ClientConnection; readonly stop: () => Promise<void> }>;
}

const transports: readonly Transport[] = [
  {
    name: 'memory',
    open: async () => {
      const [clientEnd, serverEnd] = memoryChannels();
      const server = new RpcServer(conformanceServices(new ConformanceService(new CancelProbe(undefined))));
      const served = server.serve(serverEnd);
      return { connection: new ChannelConnection(clientEnd), stop: () => served };
    },
  },
  {
    name: 'stdio',
    open: async () => ({ connection: SubprocessConnection.start(worker), stop: async () => {} }),
  },
  {
    name: 'unix',
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
      const path = join(folder, 'worker.sock');
      const child = spawn(worker, ['--unix', path], { stdio: ['ignore', 'pipe', 'inherit'] });
      expect(await firstLine(child)).toBe(`UNIX:${path}`);
      const stop = async (): Promise<void> => {
        const exited = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        expect(await exited).toBe(0);
        rmSync(folder, { recursive: true });
      };
      return { connection: new ChannelConnection(await connectUnix(path)), stop };
    },
  },
];

describe('the shared calls', () => {
  it('try every method of the service', () => {
    const tried = new Set(conformanceCalls.map(({ method }) => method));
    expect([...tried].sort()).toEqual(Object.keys(conformanceProtocol.methods).sort());
  });
});

/** All calls go over one connection, so each of them shows as well that the one before left it in good order. */
describe.each(transports)('over $name', ({ open }) => {
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

  it.each(conformanceCalls.map(({ method, title, run }) => [`${method}: ${title}`, run] as const))('%s', async (_name, run) => {
    await run(client);
    expect(await client.echoString({ value: 'still usable' })).toBe('still usable');
  });

  it('serves many calls in a row', async () => {
    for (let i = 0; i < 100; i++) {
      expect(await client.echoInt({ value: BigInt(i) })).toBe(BigInt(i));
      expect(await client.echoList({ values: [`${i}`] })).toEqual([`${i}`]);
      expect(await client.echoOptionalInt({ value: undefined })).toBeUndefined();
      expect(await client.voidNoop()).toBeUndefined();
    }
  });

  it('runs calls made at the same time one after the other', async () => {
    const values = Array.from({ length: 50 }, (_, i) => BigInt(i));
    expect(await Promise.all(values.map((value) => client.echoInt({ value })))).toEqual(values);
  });
});
