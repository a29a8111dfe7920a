import { createRequire } from 'node:module';
import { StorageError } from './storage-error.ts';

/** What SQLite binds to a parameter. */
export type SqliteValue = Uint8Array | string | number;
/** A row by column name: BLOBs are `Uint8Array`, integers `number`. */
export type SqliteRow = Readonly<Record<string, SqliteValue>>;

/** A prepared statement; it is finished, and in autocommit mode committed, when a call returns. */
export interface SqliteStatement {
  /** Returns the number of rows changed. */
  run(parameters: readonly SqliteValue[]): number;
  /** The first row. */
  get(parameters: readonly SqliteValue[]): SqliteRow | undefined;
  all(parameters: readonly SqliteValue[]): SqliteRow[];
}

/** An open database file. Errors are those of the library; `sqliteErrorCode` reads them. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

/** The libraries that can serve: the one inside Node 22.13 and later, and the npm package that carries its binary. */
export type SqliteLibrary = 'node:sqlite' | 'libsql';

export const SQLITE_BUSY = 5;
export const SQLITE_CONSTRAINT_CHECK = 275;
export const SQLITE_CONSTRAINT_FOREIGNKEY = 787;

/** Opens a database file, making it if need be; `library` names one library instead of the first that is there. */
export function openSqlite(file: string, library?: SqliteLibrary): SqliteDatabase {
  const builtin = library === 'libsql' ? undefined : builtinSqlite();
  if (builtin !== undefined) return openBuiltin(builtin, file);
  if (library === 'node:sqlite') throw new StorageError('not_configured', `Node ${process.versions.node} has no node:sqlite; Node 22.13 and later have it`);
  return openLibsql(loadLibsql(), file);
}

/** The result code of SQLite with its extension bits; undefined if the error is not SQLite's. */
export function sqliteErrorCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { rawCode, errcode } = error as { readonly rawCode?: unknown; readonly errcode?: unknown };
  const code = rawCode ?? errcode;
  return typeof code === 'number' ? code : undefined;
}

interface BuiltinStatement {
  run(...parameters: readonly SqliteValue[]): { readonly changes: number | bigint };
  get(...parameters: readonly SqliteValue[]): SqliteRow | undefined;
  all(...parameters: readonly SqliteValue[]): SqliteRow[];
}

interface BuiltinModule {
  readonly DatabaseSync: new (file: string) => { exec(sql: string): void; prepare(sql: string): BuiltinStatement; close(): void };
}

/** Undefined where Node has no such module, or only behind a flag (22.5 to 22.12). */
function builtinSqlite(): BuiltinModule | undefined {
  // Node 22 and 24 warn on loading that the module may change; the users of a worker, who see its stderr, can do nothing about that.
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite') as BuiltinModule | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

function openBuiltin({ DatabaseSync }: BuiltinModule, file: string): SqliteDatabase {
  const database = new DatabaseSync(file);
  return {
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        run: (parameters) => Number(statement.run(...bindable(parameters)).changes),
        get: (parameters) => statement.get(...bindable(parameters)),
        all: (parameters) => statement.all(...bindable(parameters)),
      };
    },
    close: () => database.close(),
  };
}

/** Empty bytes with an address: Node 22 binds those without one as NULL. */
const EMPTY = new Uint8Array(1).subarray(1);

function bindable(parameters: readonly SqliteValue[]): readonly SqliteValue[] {
  const isEmpty = (value: SqliteValue): boolean => typeof value === 'object' && value.length === 0;
  return parameters.some(isEmpty) ? parameters.map((value) => (isEmpty(value) ? EMPTY : value)) : parameters;
}

interface LibsqlStatement {
  run(parameters: readonly SqliteValue[]): { readonly changes: number };
  get(parameters: readonly SqliteValue[]): SqliteRow | undefined;
  all(parameters: readonly SqliteValue[]): Record<string, SqliteValue | ArrayBuffer>[];
}

type LibsqlModule = new (file: string) => { exec(sql: string): void; prepare(sql: string): LibsqlStatement; close(): void };

function loadLibsql(): LibsqlModule {
  try {
    // `require`, because a storage is opened in the middle of synchronous calls.
    return createRequire(import.meta.url)('libsql') as LibsqlModule;
  } catch (error) {
    throw new StorageError(
      'not_configured',
      `SQLite needs Node 22.13 or later, or the package libsql with its binary for ${process.platform}-${process.arch}: run \`npm install libsql\`, ` +
        'or set VGI_WORKER_SHARED_STORAGE to memory (one process only) or to a postgres:// address',
      { cause: error },
    );
  }
}

/**
 * Parameters always travel as one array: libsql takes a single `Uint8Array` for named parameters and aborts the process. It has no way to
 * end a statement, so a file that was closed is let go when its statements are collected.
 */
function openLibsql(Database: LibsqlModule, file: string): SqliteDatabase {
  const database = new Database(file);
  return {
    exec: (sql) => database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        run: (parameters) => statement.run(parameters).changes,
        get: (parameters) => statement.get(parameters),
        all: (parameters) => statement.all(parameters).map(withByteArrays),
      };
    },
    close: () => database.close(),
  };
}

/** libsql's `all` returns BLOBs as `ArrayBuffer`, its `get` as `Buffer`. */
function withByteArrays(row: Record<string, SqliteValue | ArrayBuffer>): SqliteRow {
  for (const name in row) {
    const value = row[name];
    if (value instanceof ArrayBuffer) row[name] = new Uint8Array(value);
  }
  return row as SqliteRow;
}
