import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ChannelConnection, type ClientConnection, connectTcp, connectUnix, RpcClient, SubprocessConnection } from 'vgi-gen/runtime/v1';
import { afterAll, describe, expect, it } from 'vitest';
import { BenchClient, benchProtocol } from '../../generated/bench/ts/index.ts';

/** The built worker; `npm ci` or `node tools/build.mjs` makes it. */
const worker = fileURLToPath(new URL('../../bin/vgi-bench-worker', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-bench-worker-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function listening(args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = spawn(worker, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, line };
}

async function tryEveryMethod(connection: ClientConnection): Promise<void> {
  const client = new BenchClient(connection);
  expect(await client.echoInt({ value: -(2n ** 63n) })).toBe(-(2n ** 63n));
  expect(await client.echoString({ value: 'häßlich' })).toBe('häßlich');
  const blocks = [];
  for await (const { value, index } of await client.produceBlock({ rows: 3n, count: 2n })) blocks.push([value, index]);
  const block = [new Float64Array([0, 0.5, 1]), new BigInt64Array([0n, 1n, 2n])];
  expect(blocks).toEqual([block, block]);
  const exchange = await client.exchangeEcho();
  const batch = { value: [1.5, null], index: [null, 2n] };
  expect(await exchange.exchange(batch)).toEqual(batch);
  await exchange.close();
  const refused = await client.produceBlock({ rows: -1n, count: 1n });
  await expect(refused[Symbol.asyncIterator]().next()).rejects.toMatchObject({ type: 'ValueError' });
  await client.close();
}

describe('the bench worker', () => {
  it('serves stdin and stdout', async () => {
    await tryEveryMethod(SubprocessConnection.start(worker));
  });

  it('takes requests that name the protocol', async () => {
    const connection = SubprocessConnection.start(worker);
    const client = new RpcClient({ ...benchProtocol, routingKeySince: '1.0.0' }, connection);
    expect(await client['call']('echo_int', { value: 5n })).toBe(5n);
    await client.close();
  });

  it('serves a unix socket and ends with 0 on SIGTERM', async () => {
    const path = join(folder, 'bench.sock');
    const { child, line } = await listening(['--unix', path]);
    expect(line).toBe(`UNIX:${path}`);
    await tryEveryMethod(new ChannelConnection(await connectUnix(path)));
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('serves a TCP port and ends with 0 on SIGINT', async () => {
    const { child, line } = await listening(['--tcp', '0']);
    const port = Number(/^TCP:127\.0\.0\.1:(\d+)$/.exec(line)?.[1]);
    await tryEveryMethod(new ChannelConnection(await connectTcp(port)));
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s while it serves stdin', async (signal) => {
    const connection = SubprocessConnection.start(worker);
    expect(await new BenchClient(connection).echoInt({ value: 1n })).toBe(1n);
    connection.process.kill(signal);
    expect(await once(connection.process, 'exit')).toEqual([0, null]);
  });

  it.each([
    [['--bad'], 2, "unknown argument '--bad'"],
    [['--unix'], 2, '--unix takes a value'],
    [['--tcp', 'here'], 2, "--tcp takes [HOST:]PORT, not 'here'"],
    [['--unix', 'a', '--tcp', '1'], 2, '--unix and --tcp exclude each other'],
    [['--unix', '/nonexistent/a.sock'], 1, 'cannot listen on unix socket /nonexistent/a.sock'],
  ])('ends %j with %i and says why', (args, status, message) => {
    const ended = spawnSync(worker, args, { encoding: 'utf8' });
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(ended.stderr).toContain(`vgi-bench-worker: ${message}`);
  });
});
