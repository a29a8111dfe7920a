import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface QueryResult {
  readonly columns: readonly string[];
  readonly types: readonly string[];
  /** Values as DuckDB prints them, NULL as null. */
  readonly rows: readonly (readonly (string | null)[])[];
}

interface Answer extends Partial<QueryResult> {
  readonly id?: number;
  readonly ready?: boolean;
  readonly error?: string;
}

const sessionScript = fileURLToPath(new URL('../../engines/session.mjs', import.meta.url));

/** A DuckDB engine with the VGI extension in a process of its own. */
export class DuckDbSession {
  readonly process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (result: QueryResult) => void; reject: (error: Error) => void }>();
  #nextId = 1;
  #stderr = '';

  private constructor(child: ChildProcess) {
    this.process = child;
  }

  /** Starts an engine, e.g. `duckdb-1.5.5`, with DuckDB settings such as `threads`. */
  static async start(engine: string, settings: Readonly<Record<string, string>> = {}, env: NodeJS.ProcessEnv = {}): Promise<DuckDbSession> {
    const child = spawn(process.execPath, [sessionScript, engine, JSON.stringify(settings)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, QUERY_FARM_TELEMETRY_OPT_OUT: '1', ...env },
    });
    const session = new DuckDbSession(child);
    await session.#listen();
    return session;
  }

  #listen(): Promise<void> {
    const { stdout, stderr } = this.process;
    if (!stdout || !stderr) throw new Error('the engine process has no pipes');
    stderr.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-4000);
    });
    return new Promise((resolve, reject) => {
      this.process.on('exit', (code, signal) => {
        const error = new Error(`the engine process ended (${signal ?? code})\n${this.#stderr}`);
        reject(error);
        for (const { reject: fail } of this.#waiting.values()) fail(error);
        this.#waiting.clear();
      });
      createInterface({ input: stdout }).on('line', (line) => {
        const answer = JSON.parse(line) as Answer;
        if (answer.ready) return resolve();
        const waiting = this.#waiting.get(answer.id ?? 0);
        this.#waiting.delete(answer.id ?? 0);
        if (answer.error !== undefined) waiting?.reject(new Error(answer.error));
        else waiting?.resolve({ columns: answer.columns ?? [], types: answer.types ?? [], rows: answer.rows ?? [] });
      });
    });
  }

  /** Runs one statement; rejects with DuckDB's message. Connections of different names run at the same time. */
  query(sql: string, connection = 'main'): Promise<QueryResult> {
    return this.#send({ sql, connection });
  }

  /** Interrupts what a connection is running, as Ctrl-C does. */
  async interrupt(connection = 'main'): Promise<void> {
    await this.#send({ interrupt: connection });
  }

  #send(message: object): Promise<QueryResult> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.process.stdin?.write(`${JSON.stringify({ id, ...message })}\n`);
    });
  }

  async close(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.stdin?.end();
    await ended;
  }
}
