import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtWorker } from './built-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-debug-'));
const command = builtWorker('scans');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a worker writes to stderr while a query runs. */
async function stderrOf(name: string, env: Readonly<Record<string, string>>): Promise<string> {
  const file = join(folder, `${name}.txt`);
  const script = join(folder, `${name}.sh`);
  writeFileSync(script, `#!/bin/sh\nexec ${command} 2>>${file}\n`);
  chmodSync(script, 0o755);
  const session = await DuckDbSession.start('duckdb-1.5.5', { threads: '1' }, env);
  await session.query(`ATTACH 'scans' AS w (TYPE vgi, LOCATION '${script}')`);
  expect((await session.query('SELECT item FROM w.split(424242) WHERE item IN (3, 7) AND item > 5')).rows).toEqual([['7']]);
  await expect(session.query('SELECT * FROM w.bad_bind()')).rejects.toThrow('bad_bind: nothing to bind to');
  await session.close();
  return readFileSync(file, 'utf8');
}

describe('what the environment makes a worker tell', () => {
  it('is nothing by itself', async () => {
    expect(await stderrOf('silent', {})).toBe('');
  });

  it('are calls without their arguments, and the stack of bugs', async () => {
    const text = await stderrOf('calls', { VGI_WORKER_DEBUG: '1' });
    expect(text).toMatch(/^call +method=catalog_attach ms=[\d.]+$/m);
    expect(text).toMatch(/^call +method=init ms=[\d.]+ batches_in=\d+ rows_in=0 batches_out=\d+ rows_out=\d+$/m);
    expect(text).toMatch(/^call +method=bind ms=[\d.]+ error=TypeError$/m);
    expect(text).toMatch(/bad_bind: nothing to bind to\n {4}at /);
    expect(text).not.toContain('424242');
    expect(text).not.toContain('filters');
  });

  it('are filters and how many rows they leave', async () => {
    const text = await stderrOf('filters', { VGI_FILTER_DEBUG: 'yes' });
    expect(text).toMatch(/^filters +function=split by=worker filters=.*item.*7/m);
    expect(text).toMatch(/^filters_applied +function=split rows=1 passed=1$/m);
    expect(text).not.toContain('call ');
  });
});
