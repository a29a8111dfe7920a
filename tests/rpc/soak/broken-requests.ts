import { connect, type NetConnectOpts } from 'node:net';
import { conformanceProtocol } from '../../../generated/conformance/ts/index.ts';
import type { Random } from './actions.ts';

/** Longest that a server may take to be done with a broken request, in milliseconds. */
const DONE_AFTER = 30_000;

/** A request without its end marker is whole: Arrow lets the end of the bytes stand for it. */
const END_BYTES = 8;

/** A whole request to echo a text. */
export function echoRequest(token: string): Uint8Array {
  const metadata = new Map([['vgi_rpc.method', 'echo_string'], ['vgi_rpc.request_version', '1'], ['vgi_rpc.protocol_version', '1.0.0']]);
  const method = conformanceProtocol.methods['echo_string'];
  if (!method) throw new Error('the protocol has no echo_string');
  return method.params('1.0.0').encodeCall({ value: token }, metadata);
}

/** Head of an HTTP request whose body is this long. */
export const httpHead = (bytes: number): string =>
  `POST /echo_string HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/vnd.apache.arrow.stream\r\nContent-Length: ${bytes}\r\nConnection: close\r\n\r\n`;

/**
 * Sends the beginning of a request; then ends its side and reads what is answered, or cuts the connection. Resolves with the answer when the
 * connection is closed.
 */
export function sendBroken(place: NetConnectOpts, request: Uint8Array, random: Random): Promise<Buffer> {
  const cut = random.below(2) === 0;
  const part = request.subarray(0, 1 + random.below(request.length - END_BYTES - 1));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ ...place, allowHalfOpen: true } as NetConnectOpts, () => {
      socket.write(part, () => (cut ? socket.destroy() : socket.end()));
    });
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`a request cut off after ${part.length} bytes kept its connection`));
    }, DONE_AFTER);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {
      // The server may end the connection before all is sent.
    });
    socket.on('close', () => {
      clearTimeout(late);
      resolve(Buffer.concat(chunks));
    });
  });
}
