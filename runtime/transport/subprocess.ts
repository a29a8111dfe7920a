import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ChannelConnection } from '../rpc/client-connection.ts';
import { StreamChannel } from './stream-channel.ts';

/** Lines of stderr that an error tells about. */
const KEPT_STDERR_LINES = 50;
/** What a worker has to say why it ends, once its output has ended, in milliseconds. */
const LAST_WORDS_TIME = 500;
/** What a worker has to exit, first after the end of its input and then after SIGTERM, in milliseconds. */
const EXIT_TIME = 5000;

export interface SubprocessOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** A connection to a worker that runs as a child process of this one. */
export class SubprocessConnection extends ChannelConnection {
  readonly process: ChildProcess;
  readonly #exited: Promise<void>;

  private constructor(child: ChildProcess, explain: () => Promise<string>) {
    super(new StreamChannel('pipe', child.stdout as NonNullable<typeof child.stdout>, child.stdin as NonNullable<typeof child.stdin>), explain);
    this.process = child;
    this.#exited = new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
  }

  /** Starts the command. What it writes to stderr is kept for errors, and shown at once with `VGI_WORKER_DEBUG=1`. */
  static start(command: string, args: readonly string[] = [], options: SubprocessOptions = {}): SubprocessConnection {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: options.env ?? process.env, ...(options.cwd && { cwd: options.cwd }) });
    const lines: string[] = [];
    let ending = '';
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (process.env.VGI_WORKER_DEBUG === '1') process.stderr.write(`[worker ${child.pid}] ${line}\n`);
      lines.push(line);
      if (lines.length > KEPT_STDERR_LINES) lines.shift();
    });
    child.on('error', (error) => {
      ending = `cannot start ${command}: ${error.message}`;
    });
    child.on('exit', (code, signal) => {
      ending = signal ? `worker ${command} was ended by ${signal}` : `worker ${command} exited with ${code}`;
    });
    const closed = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
    });
    // The end of stdout is seen before the exit and the rest of stderr.
    const explain = async (): Promise<string> => {
      await settledWithin(closed, LAST_WORDS_TIME);
      return [ending, ...(lines.length > 0 ? ['its last lines on stderr:', ...lines] : [])].filter(Boolean).join('\n');
    };
    return new SubprocessConnection(child, explain);
  }

  /** False once the worker is gone or a call was given up. */
  override get usable(): boolean {
    return super.usable && this.process.exitCode === null && this.process.signalCode === null && this.process.pid !== undefined;
  }

  /** Ends the worker's input, which makes it exit, and waits for that; one that stays is killed. */
  override async close(): Promise<void> {
    await super.close();
    if (await settledWithin(this.#exited, EXIT_TIME)) return;
    this.process.kill('SIGTERM');
    if (await settledWithin(this.#exited, EXIT_TIME)) return;
    this.process.kill('SIGKILL');
    await this.#exited;
  }

  /** A worker that does not answer may never do so again: nobody waits for its calls to finish. */
  protected override giveUp(): void {
    super.giveUp();
    if (this.process.pid !== undefined) this.process.kill('SIGKILL');
  }
}

/** Whether the promise settles in time. */
async function settledWithin(settled: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([settled.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
