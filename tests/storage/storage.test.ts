import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { MemoryStorage } from '../../storage/memory-storage.ts';
import type { SqliteLibrary } from '../../storage/sqlite-driver.ts';
import { SqliteStorage } from '../../storage/sqlite-storage.ts';
import { storageContract } from './storage-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-storage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

storageContract('memory', { open: (options) => new MemoryStorage(options), reset: () => {}, shared: false });

// The library inside Node is newer than the oldest Node that is supported.
const libraries: SqliteLibrary[] = process.getBuiltinModule('node:sqlite') === undefined ? ['libsql'] : ['libsql', 'node:sqlite'];
for (const library of libraries) {
  let file = 0;
  storageContract(`sqlite with ${library}`, {
    open: (options) => new SqliteStorage(join(folder, library, `${file}.db`), { ...options, library }),
    reset: () => {
      file += 1;
    },
    shared: true,
  });
}
