import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MemoryStorage } from './memory-storage.ts';
import { PostgresStorage } from './postgres-storage.ts';
import { SqliteStorage } from './sqlite-storage.ts';
import { StorageError } from './storage-error.ts';
import type { Storage, StorageOptions } from './storage.ts';

/** The environment variable that says where a worker's processes share their storage; unset means `sqlite`. */
export const STORAGE_VARIABLE = 'VGI_WORKER_SHARED_STORAGE';

/** The default file carries the version of its tables: programs of different versions can run side by side. */
const DEFAULT_FILE = join('vgi-gen', 'storage-v1.db');

/**
 * Opens the storage that a location names: `sqlite` (a file in the user's state folder), `sqlite:<path>` or `sqlite:///<path>`, `memory`,
 * or a `postgres://` or `postgresql://` address. Without a location the environment decides. A database library is loaded here,
 * not before; PostgreSQL is connected to by the first call.
 */
export function openStorage(location: string = process.env[STORAGE_VARIABLE] ?? '', options: StorageOptions = {}): Storage {
  if (location === '' || location === 'sqlite') return new SqliteStorage(defaultFile(), options);
  if (location === 'memory') return new MemoryStorage(options);
  if (location.startsWith('sqlite:')) return new SqliteStorage(sqliteFile(location), options);
  if (/^postgres(ql)?:\/\//.test(location)) return new PostgresStorage(location, options);
  throw new StorageError(
    'not_configured',
    // The text is not repeated: an address with a typing error may hold a password.
    `the location${location === process.env[STORAGE_VARIABLE] ? ` in ${STORAGE_VARIABLE}` : ''} is none of sqlite, sqlite:/path/to/file.db, memory, ` +
      'postgres://user@host/database',
  );
}

function sqliteFile(location: string): string {
  const path = location.startsWith('sqlite://') ? fileURLToPath(location.replace('sqlite:', 'file:')) : location.slice('sqlite:'.length);
  if (path === '') throw new StorageError('not_configured', 'the location sqlite: names no file; write sqlite:/path/to/file.db, or sqlite for the default file');
  return resolve(path);
}

/** Where the platform keeps a user's program state. */
function defaultFile(): string {
  const { env, platform } = process;
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), DEFAULT_FILE);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', DEFAULT_FILE);
  const state = env['XDG_STATE_HOME'];
  return join(state === undefined || state === '' ? join(homedir(), '.local', 'state') : state, DEFAULT_FILE);
}
