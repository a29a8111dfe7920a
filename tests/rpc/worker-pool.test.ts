import { fileURLToPath } from 'node:url';
import { SubprocessConnection, WorkerPool, type WorkerPoolOptions } from 'vgi-gen/runtime/v1';
import { afterEach, describe, expect, it } from 'vitest';
import { BenchClient } from '../../generated/bench/ts/index.ts';

/** The built worker; `npm ci` or `node tools/build.mjs` makes it. */
const worker = fileURLToPath(new URL('../../bin/vgi-bench-worker', import.meta.url));
const pools: WorkerPool[] = [];

function poolOf(options: WorkerPoolOptions, command = worker, args: readonly string[] = []): { pool: WorkerPool; client: BenchClient } {
  const pool = new WorkerPool(command, args, options);
  pools.push(pool);
  return { pool, client: new BenchClient(pool) };
}

const script = (text: string): [string, string[]] => [process.execPath, ['-e', text]];

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

describe('a pool of workers', () => {
  it('starts its warm workers at once and uses them for calls one after the other', async () => {
    const { pool, client } = poolOf({ warmWorkers: 2, maxWorkers: 4 });
    expect(pool.size).toBe(2);
    for (let value = 0n; value < 10n; value++) expect(await client.echoInt({ value })).toBe(value);
    expect(pool.size).toBe(2);
  });

  it('runs calls at the same time in workers of their own, and lets those beyond wait', async () => {
    const { pool, client } = poolOf({ maxWorkers: 2 });
    const values = Array.from({ length: 20 }, (_, i) => BigInt(i));
    expect(await Promise.all(values.map((value) => client.echoInt({ value })))).toEqual(values);
    expect(pool.size).toBe(2);
  });

  it('gives a stream a worker until it ends', async () => {
    const { pool, client } = poolOf({ maxWorkers: 1 });
    const exchange = await client.exchangeEcho();
    await expect(client.echoInt({ value: 1n }, { timeout: 100 })).rejects.toMatchObject({ type: 'TimeoutError' });
    expect(await exchange.exchange({ value: [1], index: [2n] })).toEqual({ value: new Float64Array([1]), index: new BigInt64Array([2n]) });
    await exchange.close();
    expect(await client.echoInt({ value: 1n })).toBe(1n);
    expect(pool.size).toBe(1);
  });

  it('ends workers that nobody uses', async () => {
    const { pool, client } = poolOf({ maxWorkers: 2, idleTimeout: 50 });
    const calls = [client.echoInt({ value: 1n }), client.echoInt({ value: 2n })];
    expect(pool.size).toBe(2);
    await Promise.all(calls);
    await expect.poll(() => pool.size).toBe(0);
    expect(await client.echoInt({ value: 3n })).toBe(3n);
  });

  it('replaces a worker that was given up', async () => {
    const { pool, client } = poolOf({ maxWorkers: 1 });
    expect(await client.echoInt({ value: 1n })).toBe(1n);
    const controller = new AbortController();
    const stream = await client.exchangeEcho({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(stream.exchange({ value: [], index: [] })).rejects.toThrow('enough');
    expect(await client.echoInt({ value: 2n })).toBe(2n);
    expect(pool.size).toBe(1);
  });

  it('tells calls that wait, and later ones, that it is closed', async () => {
    const { pool, client } = poolOf({ maxWorkers: 1 });
    const stream = await client.exchangeEcho();
    const waiting = client.echoInt({ value: 1n });
    const closed = pool.close();
    await expect(waiting).rejects.toThrow('the pool of workers is closed');
    await stream.close();
    await closed;
    await expect(client.echoInt({ value: 1n })).rejects.toThrow('the pool of workers is closed');
    expect(pool.size).toBe(0);
  });
});

describe('a worker that fails', () => {
  it('is quoted from its stderr, the last 50 lines of it', async () => {
    const { client } = poolOf({}, ...script('for (let i = 1; i <= 60; i++) console.error(`line ${i}`); process.exitCode = 3'));
    const error = await client.echoInt({ value: 1n }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ type: 'TransportError' });
    const [, ending, head, ...lines] = (error as Error).message.split('\n');
    expect(ending).toBe(`worker ${process.execPath} exited with 3`);
    expect(head).toBe('its last lines on stderr:');
    expect(lines).toEqual(Array.from({ length: 50 }, (_, i) => `line ${i + 11}`));
  });

  it('is replaced by the next call', async () => {
    const { pool, client } = poolOf({ maxWorkers: 1 }, ...script('process.exit(1)'));
    await expect(client.echoInt({ value: 1n })).rejects.toMatchObject({ type: 'TransportError' });
    await expect(client.echoInt({ value: 1n })).rejects.toThrow('exited with 1');
    expect(pool.size).toBeLessThan(2);
  });

  it('that cannot be started is named', async () => {
    const { client } = poolOf({}, '/nonexistent/worker');
    await expect(client.echoInt({ value: 1n })).rejects.toThrow('cannot start /nonexistent/worker');
  });

  it('that does not answer in time is killed', async () => {
    const connection = SubprocessConnection.start(...script('process.stdin.resume(); process.on("SIGTERM", () => {})'));
    const exited = new Promise((resolve) => connection.process.once('exit', (_code, signal) => resolve(signal)));
    await expect(new BenchClient(connection).echoInt({ value: 1n }, { timeout: 200 })).rejects.toMatchObject({ type: 'TimeoutError' });
    expect(await exited).toBe('SIGKILL');
    expect(connection.usable).toBe(false);
  });
});
