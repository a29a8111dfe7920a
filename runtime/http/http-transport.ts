import { IpcMessageReader } from '../arrow/ipc-message-reader.ts';
import { splitIpcStream } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import { RecordBatch } from '../arrow/record-batch.ts';
import { field, Schema } from '../arrow/schema.ts';
import { endOfStream, StreamEncoder, writeSchemaMessage } from '../arrow/stream-encoder.ts';
import { int64 } from '../arrow/type.ts';
import { zeroRowBatch } from '../rpc/answers.ts';
import { RpcError, transportError } from '../rpc/errors.ts';
import { REQUEST_VERSION, reservedMethods, rpcKeys } from '../rpc/metadata-keys.ts';
import { receivedMessage } from '../rpc/received.ts';
import type { MaybePromise } from '../rpc/stream.ts';
import { allCodings, type Coding, compress, isCoding, unpack } from './content-coding.ts';
import { type FetchPolicy, publicHttpsOnly } from './external-fetch.ts';
import { headers } from './headers.ts';
import { ARROW_CONTENT_TYPE } from './http-message.ts';
import type { HttpSession } from './http-session.ts';
import { type RawResponse, rawHttp, redactedUrl } from './raw-http.ts';
import { capabilitiesFrom, type ServerCapabilities } from './server-capabilities.ts';

export interface HttpClientOptions {
  /** Where the server is, with its prefix: `https://host/vgi`. */
  readonly url: string;
  /** Credential, or what gives one for each request. */
  readonly bearerToken?: string | (() => MaybePromise<string>);
  readonly headers?: Readonly<Record<string, string>>;
  /** Codings asked for, in order of preference; default all. */
  readonly acceptCodings?: readonly Coding[];
  /** Requests of at least this many bytes are compressed if the server takes that; default 16 KiB. */
  readonly compressFromBytes?: number;
  /** What may be fetched for answers that are pointers, and what requests may be uploaded to; default public https. */
  readonly fetch?: FetchPolicy;
  /** Trust anchor for https instead of those of the system. */
  readonly ca?: string;
  /** Milliseconds until a request without an answer fails; default 300,000. */
  readonly requestTimeoutMs?: number;
}

const DEFAULT_COMPRESS_FROM_BYTES = 16 << 10;
const DEFAULT_TIMEOUT_MS = 300_000;
/** How much of an answer that is not ours an error tells. */
const MAX_FOREIGN_TEXT = 200;

/** Requests to one server: credentials, codings, what the server can do, uploads of what is too large to send. */
export class HttpTransport {
  readonly fetchPolicy: FetchPolicy;
  readonly #options: HttpClientOptions;
  readonly #base: string;
  readonly #session: HttpSession | undefined;
  /** Shared between the views of one server. */
  readonly #known: { capabilities: ServerCapabilities | undefined };

  constructor(options: HttpClientOptions, session?: HttpSession, known: { capabilities: ServerCapabilities | undefined } = { capabilities: undefined }) {
    this.#options = options;
    this.#base = options.url.replace(/\/+$/, '');
    this.#session = session;
    this.#known = known;
    this.fetchPolicy = options.fetch ?? {};
  }

  /** The same server seen by another session. */
  withSession(session: HttpSession): HttpTransport {
    return new HttpTransport(this.#options, session, this.#known);
  }

  /** What the server said of itself; asked for if no answer came yet. */
  async capabilities(): Promise<ServerCapabilities> {
    if (!this.#known.capabilities) this.#learn(await this.#raw('OPTIONS', 'health'));
    return this.#known.capabilities as ServerCapabilities;
  }

  /** Ends the session at the server; best effort. */
  async endSession(): Promise<void> {
    if (this.#session?.token === undefined) return;
    try {
      await this.#raw('DELETE', '__session__');
    } catch {
      // It expires by itself.
    }
    this.#session.forget();
  }

  /** Posts a request stream; gives the messages of the answer. A request that is too large goes by upload. Throws the error of a refusal. */
  async post(path: string, request: Uint8Array, signal?: AbortSignal): Promise<Message[]> {
    const { maxRequestBytes, uploadUrls } = this.#known.capabilities ?? {};
    const large = uploadUrls === true && maxRequestBytes !== undefined && request.length > maxRequestBytes;
    let response = await this.#post(path, large ? await this.#uploaded(request) : request, signal);
    if (response.status === 413 && !large && this.#known.capabilities?.uploadUrls) response = await this.#post(path, await this.#uploaded(request), signal);
    return this.#messages(response);
  }

  async #post(path: string, request: Uint8Array, signal: AbortSignal | undefined): Promise<RawResponse> {
    const coding = this.#requestCoding(request.length);
    const body = coding ? await compress(coding, request) : request;
    const extra = { 'Content-Type': ARROW_CONTENT_TYPE, ...(coding && { 'Content-Encoding': coding }), [headers.acceptEncoding]: (this.#options.acceptCodings ?? allCodings).join(', ') || 'identity' };
    const response = await this.#raw('POST', path, extra, body, signal);
    this.#learn(response);
    this.#session?.received(response);
    return response;
  }

  #learn(response: RawResponse): void {
    this.#known.capabilities = capabilitiesFrom(response);
  }

  /** Only codings that the server has named. */
  #requestCoding(length: number): Coding | undefined {
    if (length < (this.#options.compressFromBytes ?? DEFAULT_COMPRESS_FROM_BYTES)) return undefined;
    return this.#known.capabilities?.encodings[0];
  }

  async #raw(method: 'POST' | 'OPTIONS' | 'DELETE', path: string, extra: Readonly<Record<string, string>> = {}, body?: Uint8Array, signal?: AbortSignal): Promise<RawResponse> {
    const { bearerToken, ca, requestTimeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const token = typeof bearerToken === 'function' ? await bearerToken() : bearerToken;
    const all = { ...this.#options.headers, ...(token !== undefined && { Authorization: `Bearer ${token}` }), ...this.#session?.requestHeaders(), ...extra };
    return rawHttp({ method, url: new URL(`${this.#base}/${path}`), headers: all, ...(body && { body }), timeoutMs: requestTimeoutMs, signal, ca });
  }

  async #messages(response: RawResponse): Promise<Message[]> {
    const { status } = response;
    if (status === 401) throw unauthorized(response);
    const type = response.header('content-type')?.split(';')[0];
    if (type !== ARROW_CONTENT_TYPE) {
      const text = type?.includes('html') ? 'an HTML page' : response.body.toString('utf8', 0, MAX_FOREIGN_TEXT);
      const kind = status === 404 ? 'not_found' : undefined;
      throw new RpcError(`${redactedUrl(this.#base)} answered with status ${status} and no Arrow stream: ${text}`, { type: 'TransportError', kind });
    }
    const messages = messagesOf(await decodedBody(response));
    if (status !== 200) throw refusalIn(messages) ?? transportError(`${redactedUrl(this.#base)} answered with status ${status}`);
    return messages;
  }

  /** Uploads a request; gives the small one that points to it. */
  async #uploaded(request: Uint8Array): Promise<Uint8Array> {
    const schema = new Schema([field('count', int64, false)]);
    const metadata = new Map([[rpcKeys.method, reservedMethods.uploadUrl], [rpcKeys.requestVersion, REQUEST_VERSION]]);
    const ask = Buffer.concat([writeSchemaMessage(schema), ...new StreamEncoder(schema).batch(RecordBatch.of(schema, [[1n]]), metadata), endOfStream]);
    const answer = await this.#messages(await this.#post(`${reservedMethods.uploadUrl}/init`, ask, undefined));
    const failure = refusalIn(answer);
    if (failure) throw failure;
    const pair = RecordBatch.fromIpc(Buffer.concat([...answer.map(({ bytes }) => bytes), endOfStream]));
    const uploadUrl = new URL(pair.column('upload_url').get(0) as string);
    if (!(this.fetchPolicy.allowUrl ?? publicHttpsOnly)(uploadUrl)) throw transportError(`uploads to ${redactedUrl(uploadUrl)} are not allowed here`);
    const { status } = await rawHttp({ method: 'PUT', url: uploadUrl, headers: { 'Content-Type': ARROW_CONTENT_TYPE }, body: request, timeoutMs: this.#options.requestTimeoutMs ?? DEFAULT_TIMEOUT_MS });
    if (status < 200 || status > 299) throw transportError(`the upload to ${redactedUrl(uploadUrl)} was answered with status ${status}`);
    return pointerRequest(request, pair.column('download_url').get(0) as string);
  }
}

/** The request with a pointer for its batch; the metadata stays, because the server routes by it. */
function pointerRequest(request: Uint8Array, location: string): Uint8Array {
  const { schemaMessage, batch } = splitIpcStream(request);
  const schema = Schema.fromIpc(schemaMessage);
  const metadata = new Map([...(batch?.customMetadata ?? []), [rpcKeys.location, location] as const]);
  return Buffer.concat([schemaMessage, ...new StreamEncoder(schema).batch(zeroRowBatch(schema), metadata), endOfStream]);
}

async function decodedBody(response: RawResponse): Promise<Uint8Array> {
  const coding = (response.header(headers.contentEncoding) ?? response.header('content-encoding'))?.trim().toLowerCase();
  if (coding === undefined || coding === '' || coding === 'identity') return response.body;
  if (!isCoding(coding)) throw transportError(`the answer has the unknown content encoding "${coding}"`);
  return unpack(coding, response.body, 2 ** 31 - 1);
}

function messagesOf(body: Uint8Array): Message[] {
  const reader = new IpcMessageReader();
  const messages = reader.push(body);
  if (reader.pendingBytes > 0) throw transportError('the answer ends in the middle of a message');
  return messages;
}

function refusalIn(messages: readonly Message[]): RpcError | undefined {
  for (const message of messages) {
    const received = message.kind === 'batch' && message.numRows === 0 ? receivedMessage(message.customMetadata) : undefined;
    if (received && 'error' in received) return received.error;
  }
  return undefined;
}

/** A 401 has no Arrow body, and may come from something in between that knows nothing of ours. */
function unauthorized(response: RawResponse): RpcError {
  const fallback = response.header(headers.authReason) ?? 'unauthorized';
  try {
    const { reason, detail, proxy_hint: hint } = JSON.parse(response.body.toString('utf8')) as Record<string, unknown>;
    const kind = typeof reason === 'string' ? reason : fallback;
    const message = [`unauthorized (${kind})`, detail, hint].filter((part) => typeof part === 'string' && part !== '').join(': ');
    return new RpcError(message, { type: 'AuthenticationError', kind });
  } catch {
    return new RpcError(`unauthorized (${fallback})`, { type: 'AuthenticationError', kind: fallback });
  }
}
