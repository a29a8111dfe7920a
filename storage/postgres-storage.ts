import {
  CHECK_VIOLATION,
  FOREIGN_KEY_VIOLATION,
  type NamedQuery,
  PostgresConnection,
  type PostgresResult,
  type PostgresValue,
  type RunQuery,
  sqlState,
} from './postgres-connection.ts';
import { SCHEMA } from './postgres-tables.ts';
import { MAX_RENEWALS, ScopeLease } from './scope-lease.ts';
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

const IN_SCOPE = 'scope = $1 AND namespace = $2';

/** What is run; the names are those of the prepared statements. */
const SQL = named({
  renew: `INSERT INTO ${SCHEMA}.scope VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET expires_at = greatest(scope.expires_at, excluded.expires_at)`,
  keepAlive: `UPDATE ${SCHEMA}.scope SET expires_at = $2 WHERE name = $1`,
  clear: `DELETE FROM ${SCHEMA}.scope WHERE name = $1`,
  release: `SELECT ${SCHEMA}.release($1) AS released`,
  collect: `DELETE FROM ${SCHEMA}.scope WHERE name IN (SELECT name FROM ${SCHEMA}.scope WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
  get: `SELECT key, value FROM ${SCHEMA}.state WHERE ${IN_SCOPE} AND key = ANY ($3::bytea[])`,
  put: `INSERT INTO ${SCHEMA}.state VALUES ($1, $2, $3, $4) ON CONFLICT (scope, namespace, key) DO UPDATE SET value = excluded.value`,
  putMany: `INSERT INTO ${SCHEMA}.state SELECT $1, $2, key, value FROM unnest($3::bytea[], $4::bytea[]) AS given (key, value)
    ON CONFLICT (scope, namespace, key) DO UPDATE SET value = excluded.value`,
  drain: `DELETE FROM ${SCHEMA}.state WHERE ${IN_SCOPE} RETURNING key, value`,
  deleteKeys: `DELETE FROM ${SCHEMA}.state WHERE ${IN_SCOPE} AND key = ANY ($3::bytea[])`,
  counterAdd: `INSERT INTO ${SCHEMA}.counter VALUES ($1, $2, $3, $4)
    ON CONFLICT (scope, namespace, key) DO UPDATE SET value = counter.value + excluded.value RETURNING value`,
  counterGet: `SELECT value FROM ${SCHEMA}.counter WHERE ${IN_SCOPE} AND key = $3`,
  // Appenders to one log go one after the other, from before an id is drawn until it is committed: else an id could become
  // visible after a higher one, and a reader that went on from that one would miss it.
  append: `WITH held AS MATERIALIZED (
      SELECT pg_advisory_xact_lock(hashtextextended(encode($1::bytea || convert_to($2::text, 'UTF8') || $3::bytea, 'hex'), 0)))
    INSERT INTO ${SCHEMA}.log (scope, namespace, key, item) SELECT $1, $2, $3, item FROM held, unnest($4::bytea[]) AS given (item) RETURNING id`,
  logScan: `SELECT id, item FROM ${SCHEMA}.log WHERE ${IN_SCOPE} AND key = $3 AND id > $4 ORDER BY id LIMIT $5`,
  push: `INSERT INTO ${SCHEMA}.queue (scope, namespace, item) SELECT $1, $2, item FROM unnest($3::bytea[]) AS given (item)`,
  pop: `DELETE FROM ${SCHEMA}.queue WHERE ${IN_SCOPE}
    AND id = (SELECT id FROM ${SCHEMA}.queue WHERE ${IN_SCOPE} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING item`,
  queueClear: `DELETE FROM ${SCHEMA}.queue WHERE ${IN_SCOPE}`,
  counts: `SELECT (SELECT count(*) FROM ${SCHEMA}.scope) AS scopes, (SELECT count(*) FROM ${SCHEMA}.state) AS states,
    (SELECT count(*) FROM ${SCHEMA}.counter) AS counters, (SELECT count(*) FROM ${SCHEMA}.log) AS "logItems", (SELECT count(*) FROM ${SCHEMA}.queue) AS "queueItems"`,
});

/** Scopes removed in one statement of a collection. */
const COLLECT_BATCH = 100;
/** Bytes of values in one statement: they travel as text of two characters a byte, and V8 ends a text at 2^29. */
const STATEMENT_BYTES = 64 * 1024 * 1024;

/** Storage in a PostgreSQL database (11 or later) that the processes of many machines share; all results come later. */
export class PostgresStorage implements Storage {
  readonly backend = 'postgres';
  readonly #connection: PostgresConnection;
  readonly #lease: ScopeLease;

  /** @param address `postgres://user:password@host:port/database?...`, as pg reads it */
  constructor(address: string, options: StorageOptions = {}) {
    this.#connection = new PostgresConnection(address);
    this.#lease = new ScopeLease(options);
  }

  async stateGet(scope: StorageScope, namespace: string, keys: readonly Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    if (keys.length === 0) return [];
    const { rows } = await this.#run('read a value', SQL.get, [scope.key, namespace, keys]);
    const values = new Map(rows.map(({ key, value }) => [text(key as Uint8Array), value as Uint8Array]));
    return keys.map((key) => values.get(text(key)));
  }

  async statePut(scope: StorageScope, namespace: string, entries: readonly StateEntry[]): Promise<void> {
    const [only, ...more] = entries;
    if (only === undefined) return;
    if (more.length === 0) {
      await this.#renewing('write a value', scope, () => this.#connection.run(SQL.put, [scope.key, namespace, only.key, only.value]));
      return;
    }
    // A statement may set a row once only, and all processes must lock rows in one order.
    const byKey = [...new Map(entries.map((entry) => [text(entry.key), entry])).values()].sort((a, b) => Buffer.compare(a.key, b.key));
    await this.#writeAll('write values', scope, byKey, ({ value }) => value.length, (run, part) =>
      run(SQL.putMany, [scope.key, namespace, part.map(({ key }) => key), part.map(({ value }) => value)]),
    );
  }

  async stateScan(scope: StorageScope, namespace: string, options: ScanOptions): Promise<StateEntry[]> {
    const { condition, bounds, name } = inRange(options, 4);
    const direction = options.reverse === true ? 'DESC' : 'ASC';
    const query = {
      name: `vgi_scan_${direction}${name}`,
      text: `SELECT key, value FROM ${SCHEMA}.state WHERE ${IN_SCOPE}${condition} ORDER BY key ${direction} LIMIT $3`,
    };
    const { rows } = await this.#run('scan', query, [scope.key, namespace, options.limit ?? null, ...bounds]);
    return rows as unknown as StateEntry[];
  }

  async stateDrain(scope: StorageScope, namespace: string): Promise<StateEntry[]> {
    const { rows } = await this.#run('drain', SQL.drain, [scope.key, namespace]);
    if (rows.length > 0) await this.#release(scope);
    return (rows as unknown as StateEntry[]).sort((a, b) => Buffer.compare(a.key, b.key));
  }

  async stateDelete(scope: StorageScope, namespace: string, which: readonly Uint8Array[] | KeyRange): Promise<number> {
    if (isKeyList(which)) return this.#remove('delete', scope, SQL.deleteKeys, [scope.key, namespace, which]);
    const { condition, bounds, name } = inRange(which, 3);
    const query = { name: `vgi_delete${name}`, text: `DELETE FROM ${SCHEMA}.state WHERE ${IN_SCOPE}${condition}` };
    return this.#remove('delete', scope, query, [scope.key, namespace, ...bounds]);
  }

  async counterAdd(scope: StorageScope, namespace: string, key: Uint8Array, delta: number): Promise<number> {
    const { rows } = await this.#renewing('add to a counter', scope, () => this.#connection.run(SQL.counterAdd, [scope.key, namespace, key, delta]));
    return Number(rows[0]?.['value']);
  }

  async counterGet(scope: StorageScope, namespace: string, key: Uint8Array): Promise<number> {
    const { rows } = await this.#run('read a counter', SQL.counterGet, [scope.key, namespace, key]);
    return Number(rows[0]?.['value'] ?? 0);
  }

  async append(scope: StorageScope, namespace: string, key: Uint8Array, items: readonly Uint8Array[]): Promise<number> {
    let last = 0;
    await this.#writeAll('append', scope, items, ({ length }) => length, async (run, part) => {
      const { rows } = await run(SQL.append, [scope.key, namespace, key, part]);
      last = Number(rows.at(-1)?.['id']);
    });
    return last;
  }

  async logScan(scope: StorageScope, namespace: string, key: Uint8Array, { afterId = 0, limit }: LogScanOptions): Promise<LogEntry[]> {
    const { rows } = await this.#run('read a log', SQL.logScan, [scope.key, namespace, key, afterId, limit ?? null]);
    return rows.map((row) => ({ id: Number(row['id']), value: row['item'] as Uint8Array }));
  }

  async queuePush(scope: StorageScope, namespace: string, items: readonly Uint8Array[]): Promise<void> {
    await this.#writeAll('push', scope, items, ({ length }) => length, (run, part) => run(SQL.push, [scope.key, namespace, part]));
  }

  async queuePop(scope: StorageScope, namespace: string): Promise<Uint8Array | undefined> {
    const { rows } = await this.#run('pop', SQL.pop, [scope.key, namespace]);
    const [row] = rows;
    if (row === undefined) await this.#release(scope);
    return row?.['item'] as Uint8Array | undefined;
  }

  queueClear(scope: StorageScope, namespace: string): Promise<number> {
    return this.#remove('clear a queue', scope, SQL.queueClear, [scope.key, namespace]);
  }

  async keepAlive(scope: StorageScope): Promise<void> {
    await this.#run('keep a scope', SQL.keepAlive, [scope.key, this.#lease.expiry(scope)]);
  }

  async clear(scope: StorageScope): Promise<void> {
    this.#lease.forget(scope);
    await this.#run('clear', SQL.clear, [scope.key]);
  }

  async collectExpired(): Promise<number> {
    let removed = 0;
    for (;;) {
      const { rowCount } = await this.#run('remove expired scopes', SQL.collect, [this.#lease.seconds, COLLECT_BATCH]);
      removed += rowCount ?? 0;
      if ((rowCount ?? 0) < COLLECT_BATCH) return removed;
    }
  }

  async counts(): Promise<StorageCounts> {
    const { rows } = await this.#run('count', SQL.counts, []);
    const count = (name: keyof StorageCounts): number => Number(rows[0]?.[name]);
    return { scopes: count('scopes'), states: count('states'), counters: count('counters'), logItems: count('logItems'), queueItems: count('queueItems') };
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Writes rows under a scope: as one statement, or as a transaction of several if they are large. */
  async #writeAll<T>(
    what: string,
    scope: StorageScope,
    rows: readonly T[],
    bytes: (row: T) => number,
    write: (run: RunQuery, part: readonly T[]) => Promise<unknown>,
  ): Promise<void> {
    const parts = inParts(rows, bytes);
    const [only, ...more] = parts;
    if (only === undefined) return;
    await this.#renewing(what, scope, () =>
      more.length === 0
        ? write(this.#connection.run, only)
        : this.#connection.transaction(async (run) => {
            for (const part of parts) await write(run, part);
          }),
    );
  }

  /** Runs a write, which needs the scope's row; another process may remove that row at any time. */
  async #renewing<R>(what: string, scope: StorageScope, write: () => Promise<R>): Promise<R> {
    if (this.#lease.collectionDue()) await this.collectExpired();
    return this.#reported(what, async () => {
      for (let renewals = 0; ; renewals += 1) {
        if (!this.#lease.holds(scope)) {
          await this.#connection.run(SQL.renew, [scope.key, this.#lease.expiry(scope)]);
          this.#lease.renewed(scope);
        }
        try {
          return await write();
        } catch (error) {
          if (sqlState(error) !== FOREIGN_KEY_VIOLATION || renewals === MAX_RENEWALS) throw error;
          this.#lease.forget(scope);
        }
      }
    });
  }

  async #remove(what: string, scope: StorageScope, query: NamedQuery, values: readonly PostgresValue[]): Promise<number> {
    const removed = (await this.#run(what, query, values)).rowCount ?? 0;
    if (removed > 0) await this.#release(scope);
    return removed;
  }

  /** Removes the row of a scope that holds nothing any more. */
  async #release(scope: StorageScope): Promise<void> {
    const { rows } = await this.#run('release a scope', SQL.release, [scope.key]);
    if (rows[0]?.['released'] === true) this.#lease.forget(scope);
  }

  #run(what: string, query: NamedQuery, values: readonly PostgresValue[]): Promise<PostgresResult> {
    return this.#reported(what, () => this.#connection.run(query, values));
  }

  async #reported<R>(what: string, run: () => Promise<R>): Promise<R> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof StorageError) throw error;
      if (sqlState(error) === CHECK_VIOLATION) throw counterOverflow();
      const reason = error instanceof Error && error.message !== '' ? error.message : (sqlState(error) ?? String(error));
      throw new StorageError('unavailable', `cannot ${what} in PostgreSQL at ${this.#connection.label}: ${reason}`, { cause: error });
    }
  }
}

function named<K extends string>(texts: Readonly<Record<K, string>>): Readonly<Record<K, NamedQuery>> {
  const entries = Object.entries<string>(texts).map(([name, sql]) => [name, { name: `vgi_${name}`, text: sql }]);
  return Object.fromEntries(entries) as Record<K, NamedQuery>;
}

/** @param first number of the first parameter that stands for a bound */
function inRange({ start, end }: KeyRange, first: number): { readonly condition: string; readonly bounds: readonly Uint8Array[]; readonly name: string } {
  const from = start === undefined ? '' : ` AND key >= $${first}`;
  const to = end === undefined ? '' : ` AND key < $${start === undefined ? first : first + 1}`;
  return {
    condition: from + to,
    bounds: [...(start === undefined ? [] : [start]), ...(end === undefined ? [] : [end])],
    name: `${start === undefined ? '' : '_from'}${end === undefined ? '' : '_to'}`,
  };
}

/** Cuts rows into parts of at most `STATEMENT_BYTES`, or of one row. */
function inParts<T>(rows: readonly T[], bytes: (row: T) => number): T[][] {
  const parts: T[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = bytes(row);
    const part = parts.at(-1);
    if (part === undefined || size > room) {
      parts.push([row]);
      room = STATEMENT_BYTES - size;
    } else {
      part.push(row);
      room -= size;
    }
  }
  return parts;
}

function text(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');
}
