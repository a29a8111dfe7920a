import { splitIpcStream, type IpcMessages } from '../arrow/ipc-stream.ts';
import type { Message } from '../arrow/message.ts';
import { protocolError, RpcError } from '../rpc/errors.ts';
import { type Coding, isCoding, unpack } from './content-coding.ts';
import { ARROW_CONTENT_TYPE, type HttpRequest } from './http-message.ts';
import { isTooLarge } from './zstd.ts';

/** The request is refused before any method sees it. */
export class RequestRefused extends Error {
  readonly status: number;
  readonly error: RpcError;

  constructor(status: number, error: RpcError) {
    super(error.message);
    this.name = 'RequestRefused';
    this.status = status;
    this.error = error;
  }
}

/** What Arrow messages can have at most. */
const MAX_BODY_BYTES = 2 ** 31 - 1;

export interface BodyLimits {
  readonly maxBytes: number | undefined;
  readonly codings: readonly Coding[];
}

/** A request whose stream holds one batch. */
export interface ReceivedRequest {
  readonly messages: IpcMessages & { readonly batch: Message };
  readonly metadata: ReadonlyMap<string, string>;
  /** Bytes of the body as it travelled. */
  readonly wireBytes: number;
}

export function checkContentType(request: HttpRequest): void {
  const type = request.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== ARROW_CONTENT_TYPE) throw new RequestRefused(415, protocolError(`the content type must be ${ARROW_CONTENT_TYPE}, got ${type ?? 'none'}`));
}

/** Reads, decodes and splits a request body. Throws `RequestRefused`: 413 beyond a cap, 415 for a coding not taken, 400 for the rest. */
export async function readRequest(request: HttpRequest, { maxBytes, codings }: BodyLimits): Promise<ReceivedRequest> {
  const cap = Math.min(maxBytes ?? MAX_BODY_BYTES, MAX_BODY_BYTES);
  const coding = contentCoding(request, codings);
  const encoded = await collect(request, cap);
  const bytes = coding ? await decoded(coding, encoded, cap) : encoded;
  try {
    const { batch, ...rest } = splitIpcStream(bytes);
    if (!batch) throw protocolError('the request stream holds no batch');
    return { messages: { ...rest, batch }, metadata: batch.customMetadata, wireBytes: encoded.length };
  } catch (error) {
    const message = (error as Error).message;
    throw new RequestRefused(400, error instanceof RpcError ? error : protocolError(`the request body is not an Arrow IPC stream: ${message}`, error));
  }
}

function contentCoding(request: HttpRequest, codings: readonly Coding[]): Coding | undefined {
  const name = request.header('content-encoding')?.trim().toLowerCase();
  if (name === undefined || name === '' || name === 'identity') return undefined;
  if (isCoding(name) && codings.includes(name)) return name;
  throw new RequestRefused(415, protocolError(`content encoding "${name}" is not supported (supported: ${codings.join(', ') || 'none'})`));
}

const tooLarge = (what: string, cap: number): RequestRefused => new RequestRefused(413, new RpcError(`the ${what} exceeds max_request_bytes (${cap})`, { type: 'RequestTooLargeError' }));

async function collect(request: HttpRequest, cap: number): Promise<Uint8Array> {
  if (Number(request.header('content-length')) > cap) throw tooLarge('request body', cap);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body()) {
    size += chunk.length;
    if (size > cap) throw tooLarge('request body', cap);
    chunks.push(chunk);
  }
  const only = chunks[0];
  if (chunks.length === 1 && only && only.byteOffset % 8 === 0) return only;
  // Of its own ArrayBuffer, which starts on a multiple of 8: columns become views without a copy.
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function decoded(coding: Coding, bytes: Uint8Array, cap: number): Promise<Uint8Array> {
  try {
    return await unpack(coding, bytes, cap);
  } catch (error) {
    if (isTooLarge(error)) throw tooLarge('decoded request body', cap);
    throw new RequestRefused(400, protocolError(`the request body is not valid ${coding}`, error));
  }
}
