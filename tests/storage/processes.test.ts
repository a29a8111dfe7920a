import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { executionScope, openStorage, ScopedStorage } from '../../storage/index.ts';
import { openFilesIn, processContract, stalledTransaction } from './process-contract.ts';

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
