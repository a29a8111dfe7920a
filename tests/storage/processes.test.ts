import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { executionScope, openStorage, ScopedStorage } from '../../storage/index.ts';
import { openFilesIn, processContract, stalledTransaction } from './process-contract.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-storage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let file = 0;
const location = (): string => `sqlite:${join(folder, `${file}.db`)}`;
processContract('sqlite', location, () => {
  file += 1;
});

stalledTransaction(() => `sqlite:${join(folder, 'stalled.db')}`);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it.runIf(existsSync('/proc/self/fd'))('closes every file it opened', async () => {
  const before = openFilesIn(folder);
  for (let round = 0; round < 20; round += 1) {
    const storage = openStorage(`sqlite:${join(folder, 'closed.db')}`);
    const scoped = new ScopedStorage(storage, executionScope(Buffer.from('execution')));
    await scoped.append('a', '', Buffer.from('1'));
    await scoped.logScan('a', '');
    expect(openFilesIn(folder).length).toBeGreaterThan(before.length);
    await storage.close();
  }
  // libsql closes a file when its statements are collected, node:sqlite at once.
  await expect.poll(() => (collectGarbage(), openFilesIn(folder).filter((open) => !before.includes(open)))).toEqual([]);
});

it('keeps its file whole while another storage of the same process is opened and another process comes and goes', async () => {
  const path = join(folder, 'twice.db');
  const first = openStorage(`sqlite:${path}`);
  const scoped = new ScopedStorage(first, executionScope(Buffer.from('execution')));
  await scoped.append('a', '', Buffer.from('1'));
  const second = openStorage(`sqlite:${path}`);
  await new ScopedStorage(second, executionScope(Buffer.from('execution'))).append('a', '', Buffer.from('2'));
  // The last process to close a file takes its log away; this one still has the file open.
  execFileSync(process.execPath, ['-e', `const Database = require('libsql'); const db = new Database(${JSON.stringify(path)}); db.exec('PRAGMA user_version'); db.close();`], { cwd: root });
  expect(existsSync(`${path}-wal`)).toBe(true);
  await scoped.append('a', '', Buffer.from('3'));
  expect((await new ScopedStorage(second, executionScope(Buffer.from('execution'))).logScan('a', '')).map(({ value }) => Buffer.from(value).toString())).toEqual(['1', '2', '3']);
  await first.close();
  await second.close();
});
