import { createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import type { TransportKind } from '../rpc/call-context.ts';
import { transportError } from '../rpc/errors.ts';
import type { ByteChannel } from './byte-channel.ts';
import { StreamChannel } from './stream-channel.ts';

export interface SocketServerOptions {
  readonly kind: TransportKind;
  /** Where to listen, for messages: `unix socket /run/x.sock`. */
  readonly place: string;
  readonly listen: ListenOptions;
  /** Seconds without any client after which the server stops; 0 or absent = never. */
  readonly idleTimeout?: number | undefined;
  /** Serves one connection until it ends; its promise must settle when the channel is closed. */
  readonly serve: (channel: ByteChannel) => Promise<void>;
}

export interface RunningServer {
  /** Settles when the server has stopped: listener closed, connections done. */
  readonly stopped: Promise<void>;
  /** Stops accepting, lets running calls finish, then ends the connections; those that take longer than the grace time are cut. */
  stop(): void;
}

/** What calls have to finish after `stop`. */
const GRACE_MS = 10_000;

/** Listens on a socket and serves every connection at the same time. Resolves once it accepts. */
export async function serveSockets(options: SocketServerOptions): Promise<RunningServer & { readonly server: Server }> {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  const connections = new Map<Socket, StreamChannel>();
  let idleTimer: NodeJS.Timeout | undefined;
  let resolveStopped!: () => void;
  const stopped = new Promise<void>((resolve) => {
    resolveStopped = resolve;
  });

  const stop = (): void => {
    clearTimeout(idleTimer);
    server.close(() => resolveStopped());
    for (const channel of connections.values()) channel.endInput();
    setTimeout(() => {
      for (const socket of connections.keys()) socket.destroy();
    }, GRACE_MS).unref();
  };
  const armIdleTimer = (): void => {
    clearTimeout(idleTimer);
    if (options.idleTimeout && connections.size === 0) idleTimer = setTimeout(stop, options.idleTimeout * 1000);
  };

  server.on('connection', (socket: Socket) => {
    clearTimeout(idleTimer);
    const channel = new StreamChannel(options.kind, socket, socket);
    connections.set(socket, channel);
    void options.serve(channel).finally(() => {
      channel.close();
      connections.delete(socket);
      armIdleTimer();
    });
  });
  await listen(server, options);
  armIdleTimer();
  return { stopped, stop, server };
}

function listen(server: Server, { listen, place }: SocketServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(transportError(`cannot listen on ${place}: ${error.message}`, error)));
    server.listen(listen, resolve);
  });
}
