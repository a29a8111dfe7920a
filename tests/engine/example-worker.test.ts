import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbSession } from './duckdb-session.ts';

const worker = fileURLToPath(new URL('../../bin/vgi-example-worker', import.meta.url));

/** Starts the worker on a socket and waits for the line that says it accepts. */
async function startOnSocket(path: string, ...flags: string[]): Promise<ChildProcess> {
  const child = spawn(worker, ['--unix', path, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  expect(line).toBe(`UNIX:${path}`);
  return child;
}

/** Processes that were started by a process, directly or not. */
function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=']).toString().trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const children = table.filter(([, parent]) => parent === pid).map(([child]) => child as number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

describe('the example worker under DuckDB 1.5.5', () => {
  let folder: string;
  let onSocket: ChildProcess;
  const locations = (): Record<string, string> => ({
    'command line': worker,
    launch: `launch:${worker}`,
    unix: `unix://${join(folder, 'worker.sock')}`,
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vgi-gen-'));
    onSocket = await startOnSocket(join(folder, 'worker.sock'));
  });
  afterAll(() => {
    onSocket.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const transport of ['command line', 'launch', 'unix']) {
    for (const threads of ['1', '8']) {
      it(`answers by ${transport} with ${threads} threads`, async () => {
        // The launcher's state lives in this folder, and its worker goes away soon after the test.
        const session = await DuckDbSession.start('duckdb-1.5.5', { threads }, { XDG_RUNTIME_DIR: folder });
        const rows = async (sql: string) => (await session.query(sql)).rows;
        await session.query(`ATTACH 'example' AS ex (TYPE vgi, LOCATION '${locations()[transport]}'${transport === 'launch' ? ', launcher_idle_timeout 2' : ''})`);
        expect(await rows('SELECT count(*), sum(ex.double_it(i)) FROM range(1000000) t(i)')).toEqual([['1000000', '999999000000']]);
        expect(await rows('SELECT ex.double_it(NULL), ex.double_it(21)')).toEqual([[null, '42']]);
        expect(await rows('SELECT ex.double_it(i) FROM (VALUES (1), (NULL), (3)) t(i)')).toEqual([['2'], [null], ['6']]);
        expect(await rows('SELECT list(n) FROM ex.countdown(5, step := 2)')).toEqual([['[5, 3, 1]']]);
        expect(await rows('SELECT count(*), min(n), max(n) FROM ex.countdown(100000)')).toEqual([['100001', '0', '100000']]);
        expect(await rows('SELECT name, height_m FROM ex.mountains WHERE height_m > 4700 ORDER BY height_m')).toEqual([
          ['Mont Blanc', '4805.6'],
          ['Denali', '6190'],
          ['Aconcagua', '6961'],
        ]);
        expect(await rows('SELECT count(*) FROM ex.mountains')).toEqual([['5']]);
        expect(await rows('SELECT name FROM ex.alps ORDER BY name')).toEqual([['Dufourspitze'], ['Matterhorn'], ['Mont Blanc']]);
        expect(await rows("SELECT function_name, function_type, description FROM duckdb_functions() WHERE database_name = 'ex' ORDER BY 1")).toEqual([
          ['countdown', 'table', 'Whole numbers from a start down to 0.'],
          ['double_it', 'scalar', 'Twice the value.'],
        ]);
        await session.query('DETACH ex');
        await session.close();
      });
    }
  }

  it('says what is wrong with a call', async () => {
    const session = await DuckDbSession.start('duckdb-1.5.5');
    await session.query(`ATTACH 'example' AS ex (TYPE vgi, LOCATION '${worker}')`);
    await expect(session.query('SELECT * FROM ex.countdown(NULL)')).rejects.toThrow(/countdown: argument start is NULL/);
    await expect(session.query('SELECT * FROM ex.nothing(1)')).rejects.toThrow(/nothing/);
    await expect(session.query(`ATTACH 'other' AS o (TYPE vgi, LOCATION '${worker}')`)).rejects.toThrow(/no such catalog \(it has: example\)/);
    expect((await session.query('SELECT ex.double_it(4)')).rows).toEqual([['8']]);
    await session.close();
  });

  it('gives an error and no hang when the worker is killed in mid-query', async () => {
    const session = await DuckDbSession.start('duckdb-1.5.5', { threads: '2' });
    await session.query(`ATTACH 'example' AS ex (TYPE vgi, LOCATION '${worker}')`);
    const query = session.query('SELECT sum(n) FROM ex.countdown(100000000000)').then(
      () => 'an answer',
      (error: Error) => error.message,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    // DuckDB starts a command line through a shell: the worker is below that.
    const workers = descendants(session.process.pid as number);
    expect(workers.length).toBeGreaterThan(0);
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    expect(await query).not.toBe('an answer');
    expect((await session.query('SELECT 1')).rows).toEqual([['1']]);
    await session.close();
  });
});
