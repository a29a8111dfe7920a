import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { transportError } from '../rpc/errors.ts';
import { bodyLength, type HttpRequest, type HttpResponse } from './http-message.ts';

/** Nobody but this machine is let in unless asked for. */
const LOOPBACK = '127.0.0.1';

export interface HttpServerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 or absent = any free one. */
  readonly port?: number;
  /** Answers requests, e.g. `HttpHandler.handle`. */
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>;
  /** Milliseconds that running requests have to end after `stop`; default 10,000. */
  readonly graceMs?: number;
}

export interface RunningHttpServer {
  readonly host: string;
  readonly port: number;
  /** Settles when the last connection is closed. */
  readonly stopped: Promise<void>;
  /** Stops accepting, lets running requests finish within the grace time, then ends the connections. */
  stop(): void;
}

/** Serves HTTP with node:http. Resolves once it accepts. */
export async function serveHttp({ host = LOOPBACK, port = 0, handle, graceMs = 10_000 }: HttpServerOptions): Promise<RunningHttpServer> {
  let stopping = false;
  const server = createServer((request, response) => {
    void answer(handle, request, response, () => stopping);
  });
  // A stream's requests may be minutes apart, and a client that reuses a connection just when it is closed gets an error.
  server.keepAliveTimeout = 120_000;
  await listen(server, host, port);
  const stopped = new Promise<void>((resolve) => {
    server.on('close', resolve);
  });
  const stop = (): void => {
    stopping = true;
    server.close();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), graceMs).unref();
  };
  return { host, port: (server.address() as AddressInfo).port, stopped, stop };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(transportError(`cannot listen on http ${host}:${port}: ${error.message}`, error)));
    server.listen({ host, port }, resolve);
  });
}

async function answer(handle: HttpServerOptions['handle'], incoming: IncomingMessage, outgoing: ServerResponse, stopping: () => boolean): Promise<void> {
  // A peer that goes away in the middle leaves nobody to tell.
  outgoing.on('error', () => {});
  try {
    const { status, headers, body } = await handle(nodeRequest(incoming));
    for (const [name, value] of headers) outgoing.setHeader(name, value);
    outgoing.setHeader('Content-Length', bodyLength(body));
    if (stopping()) outgoing.setHeader('Connection', 'close');
    outgoing.writeHead(status);
    if (incoming.method !== 'HEAD') {
      outgoing.cork();
      for (const chunk of body) outgoing.write(chunk);
      outgoing.uncork();
    }
    outgoing.end();
  } catch {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(500).end();
  }
}

function nodeRequest(incoming: IncomingMessage): HttpRequest {
  const { remoteAddress = '', remotePort } = incoming.socket;
  const url = incoming.url ?? '/';
  const query = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: query < 0 ? url : url.slice(0, query),
    remoteAddress: remoteAddress && `${remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress}:${remotePort}`,
    header: (name) => {
      const value = incoming.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    headerCount: (name) => incoming.headersDistinct[name.toLowerCase()]?.length ?? 0,
    // The rest of a body that is refused half-way is read away, so that the answer reaches a client that is still sending.
    body: () => incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>,
  };
}
