import { createRequire } from 'node:module';
import { POSTGRES_TABLES, TABLES_PRESENT } from './postgres-tables.ts';
import { StorageError } from './storage-error.ts';

/** A statement that each connection prepares once, under its name. */
export interface NamedQuery {
  readonly name: string;
  readonly text: string;
}

/** What a parameter can be; arrays become arrays of bytea. */
export type PostgresValue = Uint8Array | readonly Uint8Array[] | string | number | null;

/** A row by column name: bytea is `Buffer`, 64-bit integers are text. */
export type PostgresRow = Readonly<Record<string, unknown>>;

export interface PostgresResult {
  readonly rows: readonly PostgresRow[];
  readonly rowCount: number | null;
}

/** Runs statements: the pool, each statement on any connection, or one connection inside a transaction. */
export type RunQuery = (query: NamedQuery, values: readonly PostgresValue[]) => Promise<PostgresResult>;

interface PgQueryable {
  query(query: string | { readonly name: string; readonly text: string; readonly values: readonly PostgresValue[] }): Promise<PostgresResult>;
}

interface PgPool extends PgQueryable {
  connect(): Promise<PgQueryable & { release(destroy?: boolean): void }>;
  on(event: 'error', listener: (error: Error) => void): void;
  end(): Promise<void>;
}

interface PgModule {
  readonly Pool: new (config: Readonly<Record<string, unknown>>) => PgPool;
}

/** Connections of one worker process: its streams seldom wait for the storage at the same moment, and a server takes 100 by default. */
const MAX_CONNECTIONS = 4;
/** Milliseconds to wait for a connection, and for an answer. */
const CONNECT_TIMEOUT_MS = 10_000;
const QUERY_TIMEOUT_MS = 60_000;

/** SQLSTATEs after which nothing was done and the same statement can be run again. */
export const FOREIGN_KEY_VIOLATION = '23503';
const DEADLOCK_DETECTED = '40P01';
const SERIALIZATION_FAILURE = '40001';
/** SQLSTATE of a sum that left the range of a counter. */
export const CHECK_VIOLATION = '23514';

/** Connections to one database, made by the first statement; its tables are made if need be. */
export class PostgresConnection {
  /** Host and database, for messages. */
  readonly label: string;
  readonly #pool: PgPool;
  #ready: Promise<void> | undefined;

  constructor(address: string) {
    this.label = labelOf(address);
    const { Pool } = loadPg();
    this.#pool = new Pool({
      connectionString: address,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      keepAlive: true,
      // A worker that has nothing else to do may end.
      allowExitOnIdle: true,
      fallback_application_name: 'vgi-worker',
    });
    // An idle connection that breaks is replaced by the pool; the statement that needs one reports what is wrong.
    this.#pool.on('error', () => {});
  }

  /** Runs one statement, again if another process got in its way. */
  readonly run: RunQuery = async (query, values) => {
    await this.#prepared();
    return retried(() => this.#pool.query({ ...query, values }));
  };

  /** Runs several statements as one transaction, again as a whole if another process got in its way. */
  async transaction<R>(body: (run: RunQuery) => Promise<R>): Promise<R> {
    await this.#prepared();
    return retried(async () => {
      const client = await this.#pool.connect();
      let broken = false;
      try {
        await client.query('BEGIN');
        const result = await body((query, values) => client.query({ ...query, values }));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #prepared(): Promise<void> {
    this.#ready ??= this.#makeTables().catch((error: unknown) => {
      // The next call tries again.
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #makeTables(): Promise<void> {
    const { rows } = await this.#pool.query(TABLES_PRESENT);
    if (rows[0]?.['present'] !== true) await this.#pool.query(POSTGRES_TABLES);
  }
}

/** The SQLSTATE of a server's error. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { readonly code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

async function retried<R>(run: () => Promise<R>): Promise<R> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const state = sqlState(error);
      if (state !== DEADLOCK_DETECTED && state !== SERIALIZATION_FAILURE) throw error;
    }
  }
}

function loadPg(): PgModule {
  try {
    return createRequire(import.meta.url)('pg') as PgModule;
  } catch (error) {
    throw new StorageError('not_configured', 'PostgreSQL needs the package pg: run `npm install pg`', { cause: error });
  }
}

/** Says which server without the password that an address may hold. */
function labelOf(address: string): string {
  if (!URL.canParse(address)) {
    throw new StorageError(
      'not_configured',
      'the address of the PostgreSQL server is no URL; write postgres://user:password@host:5432/database, with special characters percent-encoded',
    );
  }
  const { host, pathname, searchParams } = new URL(address);
  return `${host === '' ? (searchParams.get('host') ?? 'localhost') : host}${pathname}`;
}
