import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { executionScope, openStorage, ScopedStorage, STORAGE_VARIABLE, StorageError } from '../../storage/index.ts';
import { openSqlite } from '../../storage/sqlite-driver.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-storage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv(STORAGE_VARIABLE, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const scope = executionScope(Buffer.from('execution'));

function caught(run: () => unknown): StorageError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(StorageError);
    return error as StorageError;
  }
  throw new Error('nothing was thrown');
}

it.runIf(process.platform === 'linux')('keeps a file in the state folder that only its owner can read', async () => {
  const storage = openStorage();
  expect(storage.backend).toBe('sqlite');
  await storage.append(scope, 'a', Buffer.from('k'), [Buffer.from('1')]);
  const file = join(folder, 'state', 'vgi-gen', 'storage-v1.db');
  for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'state', 'vgi-gen')).mode & 0o777).toBe(0o700);
  await storage.close();
});

it('follows the environment variable, and a location before it', async () => {
  vi.stubEnv(STORAGE_VARIABLE, 'memory');
  expect(openStorage().backend).toBe('memory');
  const file = join(folder, 'a folder', 'named äß.db');
  for (const location of [`sqlite:${file}`, new URL(`file://${file}`).href.replace('file:', 'sqlite:')]) {
    const storage = openStorage(location);
    expect(storage.backend).toBe('sqlite');
    await storage.close();
    expect(existsSync(file)).toBe(true);
    rmSync(file);
  }
});

it('says which locations there are, without repeating what may hold a password', () => {
  const known = 'is none of sqlite, sqlite:/path/to/file.db, memory, postgres://user@host/database';
  expect(caught(() => openStorage('postgers://me:secret@host/db'))).toMatchObject({ kind: 'not_configured', message: `storage: the location ${known}` });
  vi.stubEnv(STORAGE_VARIABLE, 'azure-sql');
  expect(caught(() => openStorage()).message).toBe(`storage: the location in ${STORAGE_VARIABLE} ${known}`);
  expect(caught(() => openStorage('sqlite:')).message).toBe('storage: the location sqlite: names no file; write sqlite:/path/to/file.db, or sqlite for the default file');
  expect(caught(() => openStorage('postgres://me:pass word@:host/db')).message).toMatch(/^storage: the address of the PostgreSQL server is no URL; write postgres:/);
});

it('says why a file cannot be used', () => {
  const hint = 'name another file with VGI_WORKER_SHARED_STORAGE=sqlite:/path/to/file.db';
  mkdirSync(join(folder, 'taken.db'));
  expect(caught(() => openStorage(`sqlite:${join(folder, 'taken.db')}`)).message).toMatch(/taken\.db cannot be opened as an SQLite database: it is a folder; name another file/);
  writeFileSync(join(folder, 'text.db'), 'this is no database, but long enough that its header is read'.repeat(100));
  expect(caught(() => openStorage(`sqlite:${join(folder, 'text.db')}`))).toMatchObject({
    kind: 'unavailable',
    message: `storage: the file ${join(folder, 'text.db')} cannot be opened as an SQLite database: file is not a database; ${hint}`,
  });
  const other = openSqlite(join(folder, 'other.db'));
  other.exec('PRAGMA user_version = 7');
  other.close();
  expect(caught(() => openStorage(`sqlite:${join(folder, 'other.db')}`)).message).toBe(
    `storage: the file ${join(folder, 'other.db')} has tables of version 7, this program uses 1; name another file`,
  );
});

it('says which server cannot be reached, without the password', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const storage = openStorage(`postgres://me:secret@127.0.0.1:${port}/jobs`);
  const error = await Promise.resolve(new ScopedStorage(storage, scope).stateGet('a', 'k')).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    kind: 'unavailable',
    message: `storage: cannot read a value in PostgreSQL at 127.0.0.1:${port}/jobs: connect ECONNREFUSED 127.0.0.1:${port}`,
  });
  await storage.close();
});

it('loads no database library until a storage that needs it is opened', async () => {
  const program = join(root, 'node_modules', '.cache', 'vgi-gen', `loaded-libraries-${process.pid}.mjs`);
  const source = `
    import { createRequire } from 'node:module';
    import { openStorage } from './storage/index.ts';
    const { cache } = createRequire(import.meta.url);
    const loaded = () => Object.keys(cache).flatMap((path) => /node_modules.(libsql|pg)./.exec(path)?.[1] ?? []);
    const steps = [loaded()];
    openStorage('memory');
    steps.push(loaded());
    openStorage(process.argv[2]);
    steps.push(loaded());
    console.log(JSON.stringify(steps.map((names) => [...new Set(names)])));`;
  await build({ stdin: { contents: source, resolveDir: root, loader: 'ts' }, outfile: program, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
  const steps = (location: string): unknown => JSON.parse(execFileSync(process.execPath, [program, location]).toString());
  expect(steps('postgres://127.0.0.1:1/none')).toEqual([[], [], ['pg']]);
  const sqlite = process.getBuiltinModule('node:sqlite') === undefined ? ['libsql'] : [];
  expect(steps(`sqlite:${join(folder, 'loaded.db')}`)).toEqual([[], [], sqlite]);
});
