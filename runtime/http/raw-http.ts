import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { transportError } from '../rpc/errors.ts';
import { TooLarge } from './zstd.ts';

export interface RawRequest {
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Most bytes that the body may have as it travels. */
  readonly maxBytes?: number;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Trust anchor for https instead of those of the system. */
  readonly ca?: string | undefined;
}

export interface RawResponse {
  readonly status: number;
  header(name: string): string | undefined;
  readonly headers: IncomingMessage['headers'];
  /** As it travelled: no coding is undone. */
  readonly body: Buffer;
}

// Not fetch: it undoes codings by itself, before a cap on the encoded bytes could be held, and sends an Accept-Encoding of its own.
const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };
const secureAgents = new Map<string, HttpsAgent>();

function httpsAgent(ca: string | undefined): HttpsAgent {
  if (ca === undefined) return agents['https:'];
  let agent = secureAgents.get(ca);
  if (!agent) secureAgents.set(ca, (agent = new HttpsAgent({ keepAlive: true, ca })));
  return agent;
}

/** One HTTP exchange over a kept connection; redirects are not followed. Throws `TransportError`, or `TooLarge` beyond the cap. */
export function rawHttp({ method, url, headers = {}, body, maxBytes = Number.POSITIVE_INFINITY, timeoutMs, signal, ca }: RawRequest): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const fail = (error: Error): void => reject(error instanceof TooLarge ? error : transportError(`${method} ${redactedUrl(url)}: ${error.message || (error as NodeJS.ErrnoException).code}`, error));
    const length = body ? { 'Content-Length': String(body.length) } : {};
    const options = { method, headers: { ...length, ...headers }, ...(signal && { signal }) };
    const onResponse = (response: IncomingMessage): void => {
      collect(response, maxBytes).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, headers: response.headers, header: (name) => headerText(response.headers[name.toLowerCase()]), body: bytes }),
        fail,
      );
    };
    const request = secure ? httpsRequest(url, { ...options, agent: httpsAgent(ca) }, onResponse) : httpRequest(url, { ...options, agent: agents['http:'] }, onResponse);
    request.on('error', fail);
    if (timeoutMs !== undefined) request.setTimeout(timeoutMs, () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    request.end(body);
  });
}

async function collect(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      throw new TooLarge(maxBytes);
    }
    chunks.push(chunk);
  }
  // Of its own ArrayBuffer, which starts on a multiple of 8: columns become views without a copy.
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const headerText = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.join(', ') : value);

/** A URL for messages: without user, query and fragment, which may be credentials. */
export function redactedUrl(url: URL | string): string {
  const parsed = typeof url === 'string' ? (URL.canParse(url) ? new URL(url) : undefined) : url;
  return parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : '(not a URL)';
}
