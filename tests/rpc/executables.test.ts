import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HttpConnection } from 'vgi-gen/runtime/http';
import { ChannelConnection, type ClientConnection, connectTcp, connectUnix, SubprocessConnection } from 'vgi-gen/runtime/v1';
import { afterAll, describe, expect, it } from 'vitest';
import { BenchClient } from '../../generated/bench/ts/index.ts';
import { ConformanceClient } from '../../generated/conformance/ts/index.ts';
import { firstLine } from './first-line.ts';

/** The built workers; `npm ci` or `node tools/build.mjs` makes them. */
const at = (name: string): string => fileURLToPath(new URL(`../../bin/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-executables-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Transport = 'stdio' | 'unix' | 'tcp' | 'http';

interface Started {
  readonly child: ChildProcess;
  readonly connection: ClientConnection;
  /** All of stdout so far. */
  readonly output: () => string;
}

let sockets = 0;

async function start(executable: string, transport: Transport): Promise<Started> {
  if (transport === 'stdio') {
    const connection = SubprocessConnection.start(at(executable));
    return { child: connection.process, connection, output: () => '' };
  }
  const path = join(folder, `${sockets++}.sock`);
  const flags = { unix: ['--unix', path], tcp: ['--tcp', '0'], http: ['--http'] }[transport];
  const child = spawn(at(executable), flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const line = await firstLine(child);
  const place = line.slice(line.indexOf(':') + 1);
  expect(line).toMatch({ unix: /^UNIX:\/.*\.sock$/, tcp: /^TCP:127\.0\.0\.1:\d+$/, http: /^PORT:\d+$/ }[transport]);
  const open = { unix: () => connectUnix(path), tcp: () => connectTcp(Number(place.split(':')[1])) };
  const connection = transport === 'http' ? new HttpConnection({ url: `http://127.0.0.1:${place}` }) : new ChannelConnection(await open[transport]());
  return { child, connection, output: () => output };
}

const workers = [
  { executable: 'vgi-conformance-worker', transports: ['stdio', 'unix', 'tcp', 'http'], echo: (connection: ClientConnection) => new ConformanceClient(connection).echoInt({ value: 5n }) },
  { executable: 'vgi-bench-worker', transports: ['stdio', 'unix', 'tcp'], echo: (connection: ClientConnection) => new BenchClient(connection).echoInt({ value: 5n }) },
] as const;

const signals = workers.flatMap(({ transports, ...worker }) => transports.flatMap((transport) => (['SIGTERM', 'SIGINT'] as const).map((signal) => ({ ...worker, transport, signal }))));

describe('an executable', () => {
  it.each(signals)('$executable over $transport ends with 0 on $signal, a client being connected', async ({ executable, transport, signal, echo }) => {
    const { child, connection, output } = await start(executable, transport);
    expect(await echo(connection)).toBe(5n);
    const exited = once(child, 'exit');
    child.kill(signal);
    expect(await exited).toEqual([0, null]);
    expect(output().split('\n').length).toBe(transport === 'stdio' ? 1 : 2);
  });

  it.each(['stdio', 'unix', 'tcp', 'http'] as const)('over %s answers a call that the signal comes into, or cuts it off, but not in part', async (transport) => {
    const { child, connection } = await start('vgi-conformance-worker', transport);
    const client = new ConformanceClient(connection);
    const data = new Uint8Array(30_000_000).fill(7);
    await client.echoInt({ value: 1n });
    const exited = once(child, 'exit');
    const answer = client.echoBytes({ data });
    // The request is on its way, and too large to be there at once.
    await new Promise((resolve) => setTimeout(resolve, transport === 'http' ? 150 : 0));
    child.kill('SIGTERM');
    const outcome = await answer.then((bytes) => Buffer.compare(bytes, data), (error: { type: string }) => error.type);
    expect([0, 'TransportError']).toContain(outcome);
    expect(await exited).toEqual([0, null]);
  });

  it.each(['stdio', 'unix', 'tcp'] as const)('over %s ends an open stream with the signal', async (transport) => {
    const { child, connection } = await start('vgi-conformance-worker', transport);
    const exchange = await new ConformanceClient(connection).exchangeScale({ factor: 2 });
    expect((await exchange.exchange({ value: [3] })).value).toEqual(new Float64Array([6]));
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    await expect(exchange.exchange({ value: [3] })).rejects.toThrow();
  });

  it.each(workers)('$executable ends with 0 at the end of its input', ({ executable }) => {
    expect(spawnSync(at(executable), { input: '' })).toMatchObject({ status: 0, stdout: Buffer.alloc(0) });
  });

  it.each(workers)('$executable ends with 2 for flags that it does not know, and says so on stderr', ({ executable }) => {
    const { status, stdout, stderr } = spawnSync(at(executable), ['--frobnicate'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${executable}: unknown argument '--frobnicate'`);
  });

  it('ends with 1 where it cannot serve', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' && address?.port);
    for (const [executable, flags] of [
      ['vgi-conformance-worker', ['--tcp', port]],
      ['vgi-conformance-worker', ['--http', port]],
      ['vgi-conformance-worker', ['--unix', '/nonexistent/a.sock']],
      ['vgi-conformance-worker', ['--access-log', '/nonexistent/log.jsonl']],
      ['vgi-bench-worker', ['--tcp', port]],
    ] as const) {
      const { status, stdout, stderr } = spawnSync(at(executable), flags, { encoding: 'utf8', input: '' });
      expect([status, stdout, stderr.split('\n').length], `${executable} ${flags.join(' ')}: ${stderr}`).toEqual([1, '', 2]);
    }
    taken.close();
  });
});
