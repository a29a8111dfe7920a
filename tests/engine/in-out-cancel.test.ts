import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureWorkerCommand } from '../sql/fixture-worker-command.ts';
import { DuckDbSession } from './duckdb-session.ts';

/** Processes that were started by a process, directly or not. */
function descendants(pid: number): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=']).toString().trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const children = table.filter(([, parent]) => parent === pid).map(([child]) => child as number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until something holds; hooks run after DuckDB has answered. */
async function eventually(holds: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return holds();
}

describe('functions from rows to rows that DuckDB stops early', () => {
  let folder: string;
  let session: DuckDbSession;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vgi-gen-cancel-'));
    session = await DuckDbSession.start('duckdb-1.5.5', { threads: '2' }, { VGI_WORKER_SHARED_STORAGE: `sqlite:${join(folder, 'storage.db')}` });
    await session.query(`ATTACH 'example' AS ex (TYPE vgi, LOCATION '${fixtureWorkerCommand()}')`);
  });
  afterAll(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const written = async (name: string, pattern: RegExp): Promise<void> => {
    const path = join(folder, name);
    await eventually(() => existsSync(path) && pattern.test(readFileSync(path, 'utf8')));
    expect(existsSync(path) ? readFileSync(path, 'utf8') : 'no file').toMatch(pattern);
  };
  const call = (name: string, probe: string): string => `ex.${name}('${join(folder, probe)}', (SELECT i FROM range(1000000) t(i)), sleep_ms := 20)`;

  it('run the hook for LIMIT', async () => {
    expect((await session.query(`SELECT * FROM ${call('slow_cancellable_inout', 'limit-map')} LIMIT 1`)).rows).toHaveLength(1);
    await written('limit-map', /^pid=\d+ processed=[1-9]\d*$/m);
    expect((await session.query(`SELECT * FROM ${call('slow_cancellable_buffering', 'limit-buffered')} LIMIT 3`)).rows).toHaveLength(3);
    await written('limit-buffered', /^pid=\d+ emitted=[1-9]\d*$/m);
  });

  it('run the hook for an interrupted query', async () => {
    for (const [name, pattern] of [['slow_cancellable_inout', /processed=[1-9]/], ['slow_cancellable_buffering', /emitted=[1-9]/]] as const) {
      const query = session.query(`SELECT count(*) FROM ${call(name, name)}`).then(
        () => 'an answer',
        (error: Error) => error.message,
      );
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await session.interrupt();
      expect(await query).toMatch(/[Ii]nterrupt/);
      await written(name, pattern);
    }
  });

  it('leave no process behind when a batch takes for ever', async () => {
    const own = await DuckDbSession.start('duckdb-1.5.5', { threads: '2' }, { VGI_WORKER_SHARED_STORAGE: `sqlite:${join(folder, 'storage.db')}` });
    await own.query(`ATTACH 'example' AS ex (TYPE vgi, LOCATION '${fixtureWorkerCommand()}')`);
    const query = own.query('SELECT * FROM ex.hang_on_process((SELECT 1 AS a))').then(
      () => 'an answer',
      (error: Error) => error.message,
    );
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const workers = descendants(own.process.pid as number);
    expect(workers.length).toBeGreaterThan(0);
    await own.interrupt();
    expect(await query).toMatch(/[Ii]nterrupt/);
    expect((await own.query('SELECT count(*) FROM ex.buffer_input((SELECT i FROM range(5000) t(i)))')).rows).toEqual([['5000']]);
    await own.close();
    expect(await eventually(() => !workers.some(isAlive))).toBe(true);
  });
});
