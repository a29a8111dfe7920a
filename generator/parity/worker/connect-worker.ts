import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ChannelConnection, type ClientConnection } from '../../../runtime/rpc/client-connection.ts';
import { SubprocessConnection } from '../../../runtime/transport/subprocess.ts';
import { connectTcp, parseTcpAddress } from '../../../runtime/transport/tcp.ts';
import { connectUnix } from '../../../runtime/transport/unix.ts';
import { splitCommandLine } from './split-command-line.ts';

/** What a worker has to say where it listens, in milliseconds. */
const START_TIME = 30_000;

/** A connection that ends with the worker that was started for it, if there is one. */
export interface WorkerConnection {
  readonly connection: ClientConnection;
  close(): Promise<void>;
}

/**
 * Connects to a worker by its location, as ATTACH takes it: a command line, `launch:<command line>`, `unix://<path>`,
 * `tcp://<host>:<port>` or an HTTP URL. Throws if nobody answers there. Commands run in the folder `cwd`.
 */
export async function connectWorker(location: string, cwd: string): Promise<WorkerConnection> {
  const [, scheme = '', rest = ''] = /^(unix:\/\/|tcp:\/\/|https?:\/\/|launch:)?(.*)$/s.exec(location) ?? [];
  switch (scheme) {
    case 'unix://':
      return open(new ChannelConnection(await connectUnix(rest)));
    case 'tcp://': {
      const address = parseTcpAddress(rest);
      if (address === undefined) throw new Error(`${rest} is no address; write <host>:<port>`);
      return open(new ChannelConnection(await connectTcp(address.port, address.host)));
    }
    case 'http://':
    case 'https://': {
      const { HttpConnection } = await import('../../../runtime/http/http-connection.ts');
      return open(new HttpConnection({ url: location }));
    }
    case 'launch:':
      return launch(rest, cwd);
    default: {
      const [command = '', ...args] = splitCommandLine(rest);
      return open(SubprocessConnection.start(command, args, { cwd }));
    }
  }
}

const open = (connection: ClientConnection): WorkerConnection => ({ connection, close: () => connection.close() });

/** Starts a worker by the contract of launchers (vgi-semantics, section 4), for this one connection. */
async function launch(commandLine: string, cwd: string): Promise<WorkerConnection> {
  const [command = '', ...args] = splitCommandLine(commandLine);
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-launch-'));
  const path = join(folder, 'worker.sock');
  const child = spawn(command, [...args, '--unix', path, '--idle-timeout', '60'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = (): void => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-2000)));
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the worker has not said \`UNIX:${path}\` for ${START_TIME / 1000} seconds`)), START_TIME);
      const settle = (settled: () => void) => () => {
        clearTimeout(timer);
        settled();
      };
      createInterface({ input: child.stdout }).on('line', (line) => line === `UNIX:${path}` && settle(resolve)());
      child.once('error', (error) => settle(() => reject(error))());
      child.once('exit', (status) => settle(() => reject(new Error(`the worker ended with ${status} before it listened${stderr === '' ? '' : `: ${stderr.trim()}`}`)))());
    });
    const connection = new ChannelConnection(await connectUnix(path));
    return {
      connection,
      async close() {
        await connection.close();
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
