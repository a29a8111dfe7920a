import { type AddressInfo, connect } from 'node:net';
import { transportError } from '../rpc/errors.ts';
import type { ByteChannel } from './byte-channel.ts';
import { type RunningServer, serveSockets } from './socket-server.ts';
import { SocketBuffer } from './socket-buffer.ts';
import { StreamChannel } from './stream-channel.ts';

/** TCP carries neither encryption nor credentials, so nobody but this machine is let in unless asked for. */
const LOOPBACK = '127.0.0.1';

export interface TcpServerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 or absent = any free one. */
  readonly port?: number;
  /** Seconds without any client after which the server stops; 0 or absent = never. */
  readonly idleTimeout?: number;
  /** Serves one connection until it ends; its promise must settle when the channel is closed. */
  readonly serve: (channel: ByteChannel) => Promise<void>;
}

export interface RunningTcpServer extends RunningServer {
  readonly host: string;
  readonly port: number;
}

/** Listens on a TCP port and serves every connection at the same time. Resolves once it accepts. */
export async function serveTcp({ host = LOOPBACK, port = 0, idleTimeout, serve }: TcpServerOptions): Promise<RunningTcpServer> {
  const { server, stop, stopped } = await serveSockets({ kind: 'tcp', place: `tcp ${host}:${port}`, listen: { host, port }, idleTimeout, serve });
  return { host, port: (server.address() as AddressInfo).port, stop, stopped };
}

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `[HOST:]PORT`; an IPv6 host stands in brackets. `undefined` if it is no such address. */
export function parseTcpAddress(text: string): TcpAddress | undefined {
  const match = /^(?:(?:\[([^\]]+)\]|([^:[\]]*)):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  return match && port <= 65_535 ? { host: match[1] || match[2] || LOOPBACK, port } : undefined;
}

/** Connects to a TCP port. */
export function connectTcp(port: number, host: string = LOOPBACK): Promise<ByteChannel> {
  return new Promise((resolve, reject) => {
    const buffer = new SocketBuffer();
    const socket = connect({ host, port, noDelay: true, onread: buffer.onread });
    const channel = new StreamChannel('tcp', socket, socket, buffer);
    const fail = (error: Error): void => reject(transportError(`cannot connect to tcp ${host}:${port}: ${error.message}`, error));
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(channel);
    });
  });
}
