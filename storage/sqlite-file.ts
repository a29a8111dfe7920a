import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type SqliteDatabase, type SqliteLibrary, SQLITE_BUSY, openSqlite, sqliteErrorCode } from './sqlite-driver.ts';
import { StorageError } from './storage-error.ts';

/** The tables below; a file says in `user_version` which ones it has, 0 if none. */
const TABLES_VERSION = 1;

/**
 * Values stand in tables with row ids and are found through an index: a table kept in the order of its key would read every
 * large value that a search compares with (items of 64 KiB, one found and read: 19 us instead of 175). Rows go with their scope.
 */
const TABLES = `
  CREATE TABLE scope (name BLOB PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX scope_expiry ON scope (expires_at);
  CREATE TABLE state (
    scope BLOB NOT NULL REFERENCES scope ON DELETE CASCADE, namespace TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
    PRIMARY KEY (scope, namespace, key));
  CREATE TABLE counter (
    scope BLOB NOT NULL REFERENCES scope ON DELETE CASCADE, namespace TEXT NOT NULL, key BLOB NOT NULL,
    value INTEGER NOT NULL CHECK (value BETWEEN -${Number.MAX_SAFE_INTEGER} AND ${Number.MAX_SAFE_INTEGER}),
    PRIMARY KEY (scope, namespace, key)) WITHOUT ROWID;
  CREATE TABLE log (
    id INTEGER PRIMARY KEY, scope BLOB NOT NULL REFERENCES scope ON DELETE CASCADE, namespace TEXT NOT NULL, key BLOB NOT NULL, item BLOB NOT NULL);
  CREATE INDEX log_order ON log (scope, namespace, key, id);
  CREATE TABLE queue (
    id INTEGER PRIMARY KEY, scope BLOB NOT NULL REFERENCES scope ON DELETE CASCADE, namespace TEXT NOT NULL, item BLOB NOT NULL);
  CREATE INDEX queue_order ON queue (scope, namespace, id);
`;

/** Milliseconds that a call waits for other processes before it fails. */
export const BUSY_TIMEOUT_MS = 30_000;

/**
 * WAL lets readers go on beside one writer. With `synchronous=NORMAL` a commit is in the operating system's hands when it returns:
 * it outlives the process, and a loss of power costs the last commits but not the file.
 */
const SETTINGS = `
  PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA foreign_keys = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16384;
`;

/** Opens a storage file, making it and its folder, readable by their owner only, if need be. */
export function openSqliteFile(file: string, library?: SqliteLibrary): SqliteDatabase {
  let database: SqliteDatabase | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    createPrivately(file);
    database = openSqlite(file, library);
    prepareTables(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof StorageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StorageError(
      'unavailable',
      `the file ${file} cannot be opened as an SQLite database: ${reason}; name another file with VGI_WORKER_SHARED_STORAGE=sqlite:/path/to/file.db`,
      { cause: error },
    );
  }
}

/**
 * Makes a file that is not there yet; SQLite gives those that it puts beside it the same rights. One that is there is not opened: closing it
 * again would take away the locks that another connection of this process has on it (POSIX), and with them what keeps the file whole.
 */
function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // SQLite gives a mere number for these two.
    if (statSync(file).isDirectory()) throw new Error('it is a folder');
    accessSync(file, constants.R_OK | constants.W_OK);
  }
}

function prepareTables(database: SqliteDatabase, file: string): void {
  whileBusy(() => database.exec(SETTINGS));
  if (tablesVersion(database) === 0) {
    database.exec('BEGIN IMMEDIATE');
    // Another process may have made the tables while this one waited.
    if (tablesVersion(database) === 0) database.exec(`${TABLES} PRAGMA user_version = ${TABLES_VERSION};`);
    database.exec('COMMIT');
  }
  const version = tablesVersion(database);
  if (version !== TABLES_VERSION) {
    throw new StorageError('unavailable', `the file ${file} has tables of version ${version}, this program uses ${TABLES_VERSION}; name another file`);
  }
}

function tablesVersion(database: SqliteDatabase): number {
  return Number(database.prepare('PRAGMA user_version').get([])?.['user_version']);
}

/** The first change to WAL does not heed `busy_timeout` when several processes open a new file at once. */
function whileBusy(run: () => void): void {
  const end = Date.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return run();
    } catch (error) {
      if (((sqliteErrorCode(error) ?? 0) & 0xff) !== SQLITE_BUSY || Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
