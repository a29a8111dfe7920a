import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What an engine has for one statement, in milliseconds. */
const STATEMENT_TIME = 60_000;

export interface SessionOptions {
  /** The script to run (engine-process.ts, built). */
  readonly script: string;
  readonly packageFolder: string;
  readonly extension: string;
  readonly signal: AbortSignal;
}

/** A DuckDB in a process of its own, asked one statement at a time. */
export class EngineSession {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #stderr = '';

  private constructor({ script, packageFolder, extension, signal }: SessionOptions) {
    this.#child = spawn(process.execPath, [script, packageFolder, extension], {
      stdio: ['pipe', 'pipe', 'pipe'],
      signal,
      // Without the opt-out LOAD has crashed where the network is closed.
      env: { ...process.env, QUERY_FARM_TELEMETRY_OPT_OUT: '1' },
    });
    this.#child.on('error', () => undefined);
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#stderr = (this.#stderr + chunk.toString()).slice(-2000)));
    this.#answers = createInterface({ input: this.#child.stdout as NonNullable<ChildProcess['stdout']> })[Symbol.asyncIterator]();
  }

  /** Starts DuckDB and loads the extension. Throws with DuckDB's message if that fails. */
  static async start(options: SessionOptions): Promise<EngineSession> {
    const session = new EngineSession(options);
    const error = await session.#answer();
    if (error !== undefined) throw new Error(error);
    return session;
  }

  /** Runs one statement; gives DuckDB's message if it fails. Throws if the engine itself ends or hangs. */
  async run(sql: string): Promise<string | undefined> {
    this.#child.stdin?.write(`${JSON.stringify({ sql })}\n`);
    return this.#answer();
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin?.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  }

  async #answer(): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), STATEMENT_TIME);
    });
    const line = await Promise.race([this.#answers.next(), late]);
    clearTimeout(timer);
    if (line === 'late') {
      this.#child.kill('SIGKILL');
      throw new Error(`DuckDB has not answered for ${STATEMENT_TIME / 1000} seconds`);
    }
    if (line.done === true) throw new Error(`the DuckDB process ended (${this.#child.signalCode ?? this.#child.exitCode ?? 'no status'})${this.#stderr === '' ? '' : `: ${this.#stderr.trim()}`}`);
    return (JSON.parse(line.value) as { readonly error?: string }).error;
  }
}
