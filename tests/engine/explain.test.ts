import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtWorker } from './built-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-explain-'));
let worker: ChildProcess;
let session: DuckDbSession;
let told = '';

beforeAll(async () => {
  const [program, ...args] = builtWorker('explained-worker').split(' ') as [string, ...string[]];
  worker = spawn(program, [...args, '--unix', join(folder, 'worker.sock')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VGI_FILTER_DEBUG: '1', VGI_WORKER_SHARED_STORAGE: `sqlite:${folder}/storage.db` },
  });
  worker.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await once(worker.stdout as NodeJS.ReadableStream, 'data');
  session = await DuckDbSession.start('duckdb-1.5.5', { threads: '2' });
  await session.query(`ATTACH 'explained' AS e (TYPE vgi, LOCATION 'unix://${folder}/worker.sock')`);
});
afterAll(async () => {
  await session.close();
  worker.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** The plan of a query with what its scans told, without the lines that frame it. */
async function analyzed(sql: string): Promise<string> {
  const { rows } = await session.query(`EXPLAIN ANALYZE ${sql}`);
  return rows.map((row) => row.at(-1)).join('\n').replace(/[│┌┐└┘─]/g, ' ').replace(/\s+/g, ' ');
}

it('EXPLAIN ANALYZE shows the columns and conditions that reach the worker, and what the scan tells', async () => {
  told = '';
  const plan = await analyzed("SELECT name FROM e.products() WHERE id >= 9000 AND price < 2300");
  // Columns of conditions are read as well, others are not made.
  expect(plan).toMatch(/Projections: id price name Filters: id>=9000 price<2300/);
  expect(plan).toMatch(/columns_made: id price name rows_made/);
  expect(plan).toMatch(/rows_made: 10000/);
  expect(told).toMatch(/function=products .*id >= 9000 AND price < 2300/);
  expect(told).toMatch(/filters_applied +function=products rows=10000 passed=200/);
});

it('the rows that are left are those of the query', async () => {
  expect((await session.query("SELECT count(*), min(id), max(id) FROM e.products() WHERE id >= 9000 AND price < 2300")).rows).toEqual([['200', '9000', '9199']]);
});

it('a scan without conditions gets none, and one column for a count', async () => {
  told = '';
  const plan = await analyzed('SELECT count(*) FROM e.products()');
  expect(plan).toMatch(/columns_made: id /);
  expect(plan).not.toMatch(/Filters:/);
  expect(told).toMatch(/function=products .*filters=\(none\)/);
});

it('a function that throws is told when its column is asked for', async () => {
  await expect(session.query('SELECT secret FROM e.products()')).rejects.toThrow(/products: nobody asks for this column/);
});
