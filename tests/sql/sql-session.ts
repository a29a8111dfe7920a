import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDbSession, type QueryResult } from '../engine/duckdb-session.ts';
import type { Engine } from '../engine/engine-protocols.ts';
import type { SqlEngine } from './run-sql-file.ts';

/** Databases that the engine has by itself. */
const ownDatabases = new Set(['memory', 'system', 'temp']);

/**
 * One DuckDB process that runs many files, each as if it were alone: with a database and connections of its own, and without what files
 * before it attached, set or created. Starting a process and its workers anew for each would take a second a file.
 */
export class SqlSession {
  readonly #session: DuckDbSession;
  /** Where the launcher keeps sockets, so that the command lines of its workers contain it, and where files of a test can lie. */
  readonly folder: string;
  #files = 0;

  private constructor(session: DuckDbSession, folder: string) {
    this.#session = session;
    this.folder = folder;
  }

  static async start(engine: Engine, threads: number): Promise<SqlSession> {
    const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-sql-'));
    return new SqlSession(await DuckDbSession.start(engine, { threads: String(threads) }, { XDG_RUNTIME_DIR: folder, VGI_TEST_BRANCH_DIR: folder }), folder);
  }

  /** Runs `use` with an engine in its first state. */
  async fresh<T>(use: (engine: SqlEngine) => Promise<T>): Promise<T> {
    const file = new FileEngine(this.#session, `file_${this.#files++}`);
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  }

  async close(): Promise<void> {
    await this.#session.close();
    for (const pid of processesNaming(this.folder)) process.kill(pid);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The connections of one file. */
class FileEngine implements SqlEngine {
  readonly #session: DuckDbSession;
  readonly #name: string;
  readonly #connections = new Set<string>();
  readonly #settings = new Set<string>();

  constructor(session: DuckDbSession, name: string) {
    this.#session = session;
    this.#name = name;
  }

  async query(sql: string, connection: string): Promise<QueryResult> {
    const name = `${this.#name}.${connection}`;
    if (!this.#connections.has(name)) {
      if (this.#connections.size === 0) await this.#session.query(`ATTACH ':memory:' AS ${this.#name}`);
      await this.#session.query(`USE ${this.#name}`, name);
      this.#connections.add(name);
    }
    const setting = /^\s*SET\s+(?:(?:GLOBAL|SESSION|LOCAL)\s+)?(\w+)\s*(?:=|TO\b)/i.exec(sql)?.[1];
    if (setting) this.#settings.add(setting);
    return this.#session.query(sql, name);
  }

  /** Takes back what the file left. */
  async close(): Promise<void> {
    for (const name of this.#connections) {
      // A file that failed may be in a transaction; outside of one this is an error without consequence.
      await this.#session.query('ROLLBACK', name).catch(() => undefined);
      await this.#session.query('USE memory', name);
    }
    for (const setting of this.#settings) await this.#session.query(`RESET GLOBAL ${setting}`).catch(() => this.#session.query(`RESET ${setting}`).catch(() => undefined));
    const secrets = await this.#session.query('SELECT name, storage FROM duckdb_secrets()');
    for (const [name] of secrets.rows) await this.#session.query(`DROP SECRET "${name}"`);
    const databases = await this.#session.query('SELECT database_name FROM duckdb_databases()');
    for (const [name] of databases.rows) if (name && !ownDatabases.has(name)) await this.#session.query(`DETACH "${name}"`);
  }
}

/** Processes whose command line contains a text. */
function processesNaming(text: string): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args=']).toString().split('\n').filter((line) => line.includes(text));
  return lines.map((line) => Number.parseInt(line, 10)).filter((pid) => pid !== process.pid);
}
