import { MAX_RENEWALS, ScopeLease } from './scope-lease.ts';
import {
  type SqliteDatabase,
  type SqliteLibrary,
  type SqliteStatement,
  type SqliteValue,
  SQLITE_BUSY,
  SQLITE_CONSTRAINT_CHECK,
  SQLITE_CONSTRAINT_FOREIGNKEY,
  sqliteErrorCode,
} from './sqlite-driver.ts';
import { BUSY_TIMEOUT_MS, openSqliteFile } from './sqlite-file.ts';
import { StorageError, counterOverflow } from './storage-error.ts';
import type { StorageScope } from './storage-scope.ts';
import {
  isKeyList,
  type KeyRange,
  type LogEntry,
  type LogScanOptions,
  type ScanOptions,
  type StateEntry,
  type Storage,
  type StorageCounts,
  type StorageOptions,
} from './storage.ts';

const IN_SCOPE = 'scope = ? AND namespace = ?';
const IN_LOG = `${IN_SCOPE} AND key = ?`;

const SQL = {
  renew: `INSERT INTO scope VALUES (?, ?) ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at`,
  keepAlive: 'UPDATE scope SET expires_at = ? WHERE name = ?',
  clear: 'DELETE FROM scope WHERE name = ?',
  release: `DELETE FROM scope WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM state WHERE scope = ?1) AND NOT EXISTS (SELECT 1 FROM counter WHERE scope = ?1)
    AND NOT EXISTS (SELECT 1 FROM log WHERE scope = ?1) AND NOT EXISTS (SELECT 1 FROM queue WHERE scope = ?1)`,
  expired: 'SELECT 1 FROM scope WHERE expires_at <= ? LIMIT 1',
  collect: `DELETE FROM scope WHERE name IN (SELECT name FROM scope WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`,
  get: `SELECT value FROM state WHERE ${IN_LOG}`,
  put: 'INSERT INTO state VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  drain: `DELETE FROM state WHERE ${IN_SCOPE} RETURNING key, value`,
  deleteKey: `DELETE FROM state WHERE ${IN_LOG}`,
  counterAdd: 'INSERT INTO counter VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value RETURNING value',
  counterGet: `SELECT value FROM counter WHERE ${IN_LOG}`,
  append: 'INSERT INTO log (scope, namespace, key, item) VALUES (?, ?, ?, ?) RETURNING id',
  logScan: `SELECT id, item FROM log WHERE ${IN_LOG} AND id > ? ORDER BY id LIMIT ?`,
  push: 'INSERT INTO queue (scope, namespace, item) VALUES (?, ?, ?)',
  pop: `DELETE FROM queue WHERE id = (SELECT id FROM queue WHERE ${IN_SCOPE} ORDER BY id LIMIT 1) RETURNING item`,
  queueClear: `DELETE FROM queue WHERE ${IN_SCOPE}`,
  counts: `SELECT (SELECT count(*) FROM scope) AS scopes, (SELECT count(*) FROM state) AS states, (SELECT count(*) FROM counter) AS counters,
    (SELECT count(*) FROM log) AS logItems, (SELECT count(*) FROM queue) AS queueItems`,
} as const;

/** Scopes removed in one transaction of a collection, so that writers need not wait long. */
const COLLECT_BATCH = 100;
/** Pages of freed space given back to the file system after a collection that removed something: 64 MB. */
const VACUUM_PAGES = 16_384;
/** SQLite's word for no limit. */
const UNLIMITED = -1;

/** Storage in a file that the processes of one machine share; all results are there at once. */
export class SqliteStorage implements Storage {
  readonly backend = 'sqlite';
  readonly #file: string;
  readonly #database: SqliteDatabase;
  readonly #lease: ScopeLease;
  /** Prepared statements by their SQL. */
  readonly #statements = new Map<string, SqliteStatement>();

  /** @param options.library names one SQLite library instead of the first that is there */
  constructor(file: string, options: StorageOptions & { readonly library?: SqliteLibrary } = {}) {
    this.#file = file;
    this.#lease = new ScopeLease(options);
    this.#database = openSqliteFile(file, options.library);
  }

  stateGet(scope: StorageScope, namespace: string, keys: readonly Uint8Array[]): (Uint8Array | undefined)[] {
    const read = (): (Uint8Array | undefined)[] => {
      const get = this.#prepared(SQL.get);
      return keys.map((key) => get.get([scope.key, namespace, key])?.['value'] as Uint8Array | undefined);
    };
    return this.#run('read a value', keys.length > 1 ? () => this.#transaction('BEGIN', read) : read);
  }

  statePut(scope: StorageScope, namespace: string, entries: readonly StateEntry[]): void {
    this.#write('write a value', scope, entries, ({ key, value }) => this.#prepared(SQL.put).run([scope.key, namespace, key, value]));
  }

  stateScan(scope: StorageScope, namespace: string, options: ScanOptions): StateEntry[] {
    const { condition, bounds } = inRange(options);
    const sql = `SELECT key, value FROM state WHERE ${IN_SCOPE}${condition} ORDER BY key ${options.reverse === true ? 'DESC' : 'ASC'} LIMIT ?`;
    return this.#run('scan', () => this.#prepared(sql).all([scope.key, namespace, ...bounds, options.limit ?? UNLIMITED])) as unknown as StateEntry[];
  }

  stateDrain(scope: StorageScope, namespace: string): StateEntry[] {
    const entries = this.#run('drain', () => this.#prepared(SQL.drain).all([scope.key, namespace])) as unknown as StateEntry[];
    if (entries.length > 0) this.#release(scope);
    return entries.sort((a, b) => Buffer.compare(a.key, b.key));
  }

  stateDelete(scope: StorageScope, namespace: string, which: readonly Uint8Array[] | KeyRange): number {
    const removed = this.#run('delete', () => {
      if (!isKeyList(which)) {
        const { condition, bounds } = inRange(which);
        return this.#prepared(`DELETE FROM state WHERE ${IN_SCOPE}${condition}`).run([scope.key, namespace, ...bounds]);
      }
      const remove = this.#prepared(SQL.deleteKey);
      return this.#transaction('BEGIN IMMEDIATE', () => which.reduce((sum, key) => sum + remove.run([scope.key, namespace, key]), 0));
    });
    if (removed > 0) this.#release(scope);
    return removed;
  }

  counterAdd(scope: StorageScope, namespace: string, key: Uint8Array, delta: number): number {
    const row = this.#renewing('add to a counter', scope, () => this.#prepared(SQL.counterAdd).get([scope.key, namespace, key, delta]));
    return Number(row?.['value']);
  }

  counterGet(scope: StorageScope, namespace: string, key: Uint8Array): number {
    return Number(this.#run('read a counter', () => this.#prepared(SQL.counterGet).get([scope.key, namespace, key]))?.['value'] ?? 0);
  }

  append(scope: StorageScope, namespace: string, key: Uint8Array, items: readonly Uint8Array[]): number {
    let last = 0;
    this.#write('append', scope, items, (item) => {
      last = Number(this.#prepared(SQL.append).get([scope.key, namespace, key, item])?.['id']);
    });
    return last;
  }

  logScan(scope: StorageScope, namespace: string, key: Uint8Array, { afterId = 0, limit = UNLIMITED }: LogScanOptions): LogEntry[] {
    const rows = this.#run('read a log', () => this.#prepared(SQL.logScan).all([scope.key, namespace, key, afterId, limit]));
    return rows.map((row) => ({ id: row['id'] as number, value: row['item'] as Uint8Array }));
  }

  queuePush(scope: StorageScope, namespace: string, items: readonly Uint8Array[]): void {
    this.#write('push', scope, items, (item) => this.#prepared(SQL.push).run([scope.key, namespace, item]));
  }

  queuePop(scope: StorageScope, namespace: string): Uint8Array | undefined {
    const row = this.#run('pop', () => this.#prepared(SQL.pop).get([scope.key, namespace]));
    if (row === undefined) this.#release(scope);
    return row?.['item'] as Uint8Array | undefined;
  }

  queueClear(scope: StorageScope, namespace: string): number {
    const removed = this.#run('clear a queue', () => this.#prepared(SQL.queueClear).run([scope.key, namespace]));
    if (removed > 0) this.#release(scope);
    return removed;
  }

  keepAlive(scope: StorageScope): void {
    this.#run('keep a scope', () => this.#prepared(SQL.keepAlive).run([this.#lease.expiry(scope), scope.key]));
  }

  clear(scope: StorageScope): void {
    this.#lease.forget(scope);
    this.#run('clear', () => this.#prepared(SQL.clear).run([scope.key]));
  }

  collectExpired(): number {
    const now = this.#lease.seconds;
    let removed = 0;
    while (this.#run('look for expired scopes', () => this.#prepared(SQL.expired).get([now])) !== undefined) {
      removed += this.#run('remove expired scopes', () => this.#prepared(SQL.collect).run([now, COLLECT_BATCH]));
    }
    if (removed > 0) this.#run('free space', () => this.#database.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`));
    return removed;
  }

  counts(): StorageCounts {
    const row = this.#run('count', () => this.#prepared(SQL.counts).get([]));
    const count = (name: keyof StorageCounts): number => Number(row?.[name]);
    return { scopes: count('scopes'), states: count('states'), counters: count('counters'), logItems: count('logItems'), queueItems: count('queueItems') };
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** Writes rows under a scope, in one transaction if there are several. */
  #write<T>(what: string, scope: StorageScope, rows: readonly T[], write: (row: T) => void): void {
    const [only, ...more] = rows;
    if (only === undefined) return;
    this.#renewing(what, scope, more.length === 0 ? () => write(only) : () => this.#transaction('BEGIN IMMEDIATE', () => rows.forEach(write)));
  }

  /** Runs a write, which needs the scope's row; another process may remove that row at any time. */
  #renewing<R>(what: string, scope: StorageScope, write: () => R): R {
    if (this.#lease.collectionDue()) this.collectExpired();
    return this.#run(what, () => {
      for (let renewals = 0; ; renewals += 1) {
        if (!this.#lease.holds(scope)) {
          this.#prepared(SQL.renew).run([scope.key, this.#lease.expiry(scope)]);
          this.#lease.renewed(scope);
        }
        try {
          return write();
        } catch (error) {
          if (sqliteErrorCode(error) !== SQLITE_CONSTRAINT_FOREIGNKEY || renewals === MAX_RENEWALS) throw error;
          this.#lease.forget(scope);
        }
      }
    });
  }

  /** Removes the row of a scope that holds nothing any more. */
  #release(scope: StorageScope): void {
    if (this.#run('release a scope', () => this.#prepared(SQL.release).run([scope.key])) > 0) this.#lease.forget(scope);
  }

  #transaction<R>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', run: () => R): R {
    this.#prepared(begin).run([]);
    try {
      const result = run();
      this.#prepared('COMMIT').run([]);
      return result;
    } catch (error) {
      try {
        this.#prepared('ROLLBACK').run([]);
      } catch {
        // SQLite has rolled back by itself, as it does when the disk is full.
      }
      throw error;
    }
  }

  #prepared(sql: string): SqliteStatement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run<R>(what: string, run: () => R): R {
    try {
      return run();
    } catch (error) {
      if (error instanceof StorageError) throw error;
      const code = sqliteErrorCode(error) ?? 0;
      if (code === SQLITE_CONSTRAINT_CHECK) throw counterOverflow();
      const reason = error instanceof Error ? error.message : String(error);
      if ((code & 0xff) === SQLITE_BUSY) {
        const wait = BUSY_TIMEOUT_MS / 1000;
        throw new StorageError('busy', `cannot ${what}: other processes held ${this.#file} for more than ${wait} s`, { cause: error });
      }
      throw new StorageError('unavailable', `cannot ${what} in ${this.#file}: ${reason}`, { cause: error });
    }
  }
}

function inRange({ start, end }: KeyRange): { readonly condition: string; readonly bounds: readonly SqliteValue[] } {
  return {
    condition: `${start === undefined ? '' : ' AND key >= ?'}${end === undefined ? '' : ' AND key < ?'}`,
    bounds: [...(start === undefined ? [] : [start]), ...(end === undefined ? [] : [end])],
  };
}
