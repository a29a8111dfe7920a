import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ChannelConnection } from '../rpc/client-connection.ts';
import { StreamChannel } from './stream-channel.ts';

/** Lines of stderr that an error tells about. */
const KEPT_STDERR_LINES = 50;

export interface SubprocessOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** A connection to a worker that runs as a child process of this one. */
export class SubprocessConnection extends ChannelConnection {
  readonly process: ChildProcess;

  private constructor(child: ChildProcess, explain: () => string) {
    super(new StreamChannel('pipe', child.stdout as NonNullable<typeof child.stdout>, child.stdin as NonNullable<typeof child.stdin>), explain);
    this.process = child;
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
    const explain = (): string => [ending, ...(lines.length > 0 ? ['its last lines on stderr:', ...lines] : [])].filter(Boolean).join('\n');
    return new SubprocessConnection(child, explain);
  }

  /** Ends the worker's input, which makes it exit, and waits for that. */
  override async close(): Promise<void> {
    await super.close();
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await new Promise((resolve) => this.process.once('exit', resolve));
    }
  }
}
