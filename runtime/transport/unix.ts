import { chmodSync, unlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { type RpcError, transportError } from '../rpc/errors.ts';
import type { ByteChannel } from './byte-channel.ts';
import { type RunningServer, serveSockets } from './socket-server.ts';
import { SocketBuffer } from './socket-buffer.ts';
import { StreamChannel } from './stream-channel.ts';

export type { RunningServer } from './socket-server.ts';

export interface UnixServerOptions {
  /** Absolute path of the socket; a stale file there is replaced, a live server there is an error. */
  readonly path: string;
  /** Seconds without any client after which the server stops; 0 or absent = never. */
  readonly idleTimeout?: number;
  /** Serves one connection until it ends; its promise must settle when the channel is closed. */
  readonly serve: (channel: ByteChannel) => Promise<void>;
}

/** Listens on an AF_UNIX socket and serves every connection at the same time. Resolves once it accepts. */
export async function serveUnix({ path, idleTimeout, serve }: UnixServerOptions): Promise<RunningServer> {
  await removeStaleSocket(path);
  const running = await serveSockets({ kind: 'unix', place: `unix socket ${path}`, listen: { path }, idleTimeout, serve });
  chmodSync(path, 0o600);
  return running;
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
    const buffer = new SocketBuffer();
    const socket = connect({ path, onread: buffer.onread });
    const channel = new StreamChannel('unix', socket, socket, buffer);
    const fail = (error: Error): void => reject(transportError(`cannot connect to unix socket ${path}: ${error.message}`, error));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(channel);
    });
  });
}
