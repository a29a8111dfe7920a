import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { IpcMessages } from '../arrow/ipc-stream.ts';
import { readMessages } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import { Schema, schemaEquals } from '../arrow/schema.ts';
import type { LogMessage } from '../rpc/call-context.ts';
import { RpcError } from '../rpc/errors.ts';
import { rpcKeys } from '../rpc/metadata-keys.ts';
import { receivedMessage } from '../rpc/received.ts';
import { isCoding, unpack } from './content-coding.ts';
import { type RawResponse, rawHttp, redactedUrl } from './raw-http.ts';
import { isTooLarge } from './zstd.ts';

/** What may be fetched when a peer sends a pointer instead of a batch, and how much of it. */
export interface FetchPolicy {
  /** Asked for the first URL and for each redirect before it is followed. Default `publicHttpsOnly`. */
  readonly allowUrl?: (url: URL) => boolean;
  /** Default 5. */
  readonly maxRedirects?: number;
  /** Bytes as they travel; default 256 MiB. */
  readonly maxBytes?: number;
  /** Bytes after decoding; default as `maxBytes`. */
  readonly maxDecodedBytes?: number;
  /** Milliseconds for each request; default 60,000. */
  readonly timeoutMs?: number;
  /** Further tries after a network error or a 5xx; default 2. */
  readonly retries?: number;
}

const DEFAULT_MAX_BYTES = 256 << 20;
const RETRY_PAUSE_MS = 500;
const REDIRECTS = [301, 302, 303, 307, 308];

const PRIVATE_HOST = /^(?:localhost|.*\.(?:localhost|local|internal)|0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[(?:::|f[cd]|fe[89ab]|::ffff:)).*$/i;

/** https to a host whose name or address is not plainly one of this machine or network. Names that resolve to one are not seen through. */
export function publicHttpsOnly(url: URL): boolean {
  return url.protocol === 'https:' && !PRIVATE_HOST.test(url.hostname);
}

/** A batch that was fetched, in place of its pointer. */
export interface Fetched {
  readonly messages: IpcMessages & { readonly batch: Message };
  readonly logs: readonly LogMessage[];
}

export const isPointer = (message: Message): boolean =>
  message.kind === 'batch' && message.customMetadata.has(rpcKeys.location) && !message.customMetadata.has(rpcKeys.logLevel) && message.numRows === 0;

const failed = (url: string, what: string, cause?: unknown): RpcError =>
  new RpcError(`external batch ${redactedUrl(url)}: ${what}`, { type: 'ExternalLocationError', cause: cause instanceof RpcError ? undefined : cause });

/** Fetches and checks what a pointer stands for. Throws `ExternalLocationError`, never with the query of the URL; an error that was stored is thrown as itself. */
export async function fetchPointer(pointer: Message, schemaMessage: Uint8Array, policy: FetchPolicy): Promise<Fetched> {
  const url = pointer.customMetadata.get(rpcKeys.location) as string;
  const bytes = await fetchDecoded(url, policy);
  const expected = pointer.customMetadata.get(rpcKeys.locationSha256);
  if (expected !== undefined && createHash('sha256').update(bytes).digest('hex') !== expected.toLowerCase()) throw failed(url, 'the SHA-256 checksum does not match');
  let messages: Message[];
  try {
    messages = readMessages(bytes);
  } catch (error) {
    throw failed(url, `not an Arrow IPC stream: ${(error as Error).message}`);
  }
  const [schema, ...rest] = messages;
  if (schema?.kind !== 'schema') throw failed(url, 'not an Arrow IPC stream');
  if (!schemaEquals(Schema.fromIpc(schema.bytes), Schema.fromIpc(schemaMessage))) throw failed(url, 'its schema is not that of the pointer');
  const { dictionaries, batch, logs } = dataOf(url, rest);
  return { messages: { schemaMessage: schema.bytes, dictionaries, batch }, logs };
}

function dataOf(url: string, messages: readonly Message[]): { dictionaries: Message[]; batch: Message; logs: LogMessage[] } {
  const logs: LogMessage[] = [];
  const dictionaries: Message[] = [];
  let batch: Message | undefined;
  for (const message of messages) {
    if (message.kind === 'dictionary') dictionaries.push(message);
    if (message.kind !== 'batch') continue;
    if (message.customMetadata.has(rpcKeys.location)) throw failed(url, 'it is a pointer again');
    const received = message.numRows === 0 ? receivedMessage(message.customMetadata) : undefined;
    if (received && 'error' in received) throw received.error;
    if (received) logs.push(received.log);
    else if (batch) throw failed(url, 'it holds more than one batch');
    else batch = message;
  }
  if (!batch) throw failed(url, 'it holds no batch');
  return { dictionaries, batch, logs };
}

async function fetchDecoded(location: string, policy: FetchPolicy): Promise<Uint8Array> {
  const maxBytes = policy.maxBytes ?? DEFAULT_MAX_BYTES;
  const response = await fetchFollowing(location, policy, maxBytes);
  const coding = response.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  const maxDecoded = policy.maxDecodedBytes ?? maxBytes;
  if (coding === 'identity' || coding === '') {
    if (response.body.length > maxDecoded) throw failed(location, `it has more than ${maxDecoded} bytes`);
    return response.body;
  }
  if (!isCoding(coding)) throw failed(location, `its content encoding "${coding}" is not known`);
  try {
    return await unpack(coding, response.body, maxDecoded);
  } catch (error) {
    throw failed(location, isTooLarge(error) ? `it has more than ${maxDecoded} bytes when decoded` : `it is not valid ${coding}`);
  }
}

async function fetchFollowing(location: string, policy: FetchPolicy, maxBytes: number): Promise<RawResponse> {
  const { allowUrl = publicHttpsOnly, maxRedirects = 5 } = policy;
  let url = location;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const target = URL.canParse(url) ? new URL(url) : undefined;
    if (!target || (target.protocol !== 'https:' && target.protocol !== 'http:') || !allowUrl(target)) {
      throw failed(location, `${hop === 0 ? 'the URL' : `its redirect to ${redactedUrl(url)}`} is not allowed here`);
    }
    const response = await fetchOnce(target, policy, maxBytes);
    const next = REDIRECTS.includes(response.status) ? response.header('location') : undefined;
    if (next === undefined) {
      if (response.status !== 200) throw failed(location, `the storage answered ${response.status}`);
      return response;
    }
    url = URL.canParse(next, url) ? new URL(next, url).href : next;
  }
  throw failed(location, `more than ${maxRedirects} redirects`);
}

async function fetchOnce(url: URL, policy: FetchPolicy, maxBytes: number): Promise<RawResponse> {
  const retries = policy.retries ?? 2;
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await rawHttp({ method: 'GET', url, maxBytes, timeoutMs: policy.timeoutMs ?? 60_000 });
      if (response.status < 500 || attempt >= retries) return response;
    } catch (error) {
      if (isTooLarge(error)) throw failed(url.href, `it has more than ${maxBytes} bytes`);
      if (attempt >= retries) throw failed(url.href, 'it cannot be fetched', error);
    }
    await pause(RETRY_PAUSE_MS);
  }
}
