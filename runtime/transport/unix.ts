import { chmodSync, unlinkSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { RpcError, transportError } from '../rpc/errors.ts';
import type { ByteChannel } from './byte-channel.ts';
import { StreamChannel } from './stream-channel.ts';

export interface UnixServerOptions {
  /** Absolute path of the socket; a stale file there is replaced, a live server there is an error. */
  readonly path: string;
  /** Seconds without any client after which the server stops; 0 or absent = never. */
  readonly idleTimeout?: number;
  /** Serves one connection until it ends; its promise must settle when the channel is closed. */
  readonly serve: (channel: ByteChannel) => Promise<void>;
}

export interface RunningServer {
  /** Settles when the server has stopped: listener closed, connections done, socket file gone. */
  readonly stopped: Promise<void>;
  /** Stops accepting, lets running calls finish, then ends the connections. */
  stop(): void;
}

/** Listens on an AF_UNIX socket and serves every connection at the same time. Resolves once it accepts. */
export async function serveUnix(options: UnixServerOptions): Promise<RunningServer> {
  await removeStaleSocket(options.path);
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  const channels = new Set<ByteChannel>();
  let idleTimer: NodeJS.Timeout | undefined;
  let resolveStopped!: () => void;
  const stopped = new Promise<void>((resolve) => {
    resolveStopped = resolve;
  });

  const stop = (): void => {
    clearTimeout(idleTimer);
    server.close(() => resolveStopped());
    for (const channel of channels) channel.close();
  };
  const armIdleTimer = (): void => {
    clearTimeout(idleTimer);
    if (options.idleTimeout && channels.size === 0) idleTimer = setTimeout(stop, options.idleTimeout * 1000);
  };

  server.on('connection', (socket: Socket) => {
    clearTimeout(idleTimer);
    const channel = new StreamChannel('unix', socket, socket);
    channels.add(channel);
    void options.serve(channel).finally(() => {
      channel.close();
      channels.delete(channel);
      armIdleTimer();
    });
  });
  await listen(server, options.path);
  armIdleTimer();
  return { stopped, stop };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(transportError(`cannot listen on unix socket ${path}: ${error.message}`, error)));
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve();
    });
  });
}

/** A socket file that nobody answers on is left over from a process that was killed. */
async function removeStaleSocket(path: string): Promise<void> {
  try {
    const channel = await connectUnix(path);
    channel.close();
  } catch (error) {
    const code = ((error as RpcError).cause as NodeJS.ErrnoException | undefined)?.code;
    if (code === 'ECONNREFUSED') unlinkSync(path);
    return;
  }
  throw transportError(`another server is listening on unix socket ${path}`);
}

/** Connects to an AF_UNIX socket. */
export function connectUnix(path: string): Promise<ByteChannel> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path });
    const fail = (error: Error): void => reject(transportError(`cannot connect to unix socket ${path}: ${error.message}`, error));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(new StreamChannel('unix', socket, socket));
    });
  });
}
