import { randomBytes } from 'node:crypto';
import type { ExternalStorage, UploadUrls } from './external-storage.ts';
import { emptyResponse, type HttpRequest, type HttpResponse } from './http-message.ts';

export interface MemoryBlobStoreOptions {
  /** URL under which the store's `handle` is reached. */
  readonly url: string;
  /** Bytes that are kept; what was stored first goes first. Default 256 MiB. */
  readonly maxBytes?: number;
  /** Seconds that a blob is kept; default 600. */
  readonly ttlSeconds?: number;
}

interface Blob {
  readonly bytes: Uint8Array;
  readonly coding: string | undefined;
  readonly expires: number;
}

/**
 * A store for large batches inside the process, to try external storage without one. Every blob has two URLs that cannot be guessed,
 * one to put it and one to get it, as signed URLs of a real store are good for one method.
 */
export class MemoryBlobStore implements ExternalStorage {
  readonly #options: MemoryBlobStoreOptions;
  readonly #maxBytes: number;
  readonly #ttlMs: number;
  /** Download key of each upload that may still come, with the time until when. */
  readonly #expected = new Map<string, { readonly key: string; readonly expires: number }>();
  readonly #blobs = new Map<string, Blob>();
  #size = 0;

  constructor(options: MemoryBlobStoreOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? 256 << 20;
    this.#ttlMs = (options.ttlSeconds ?? 600) * 1000;
  }

  /** Bytes kept at present. */
  get size(): number {
    return this.#size;
  }

  upload(bytes: Uint8Array, contentEncoding?: string): Promise<string> {
    const key = newKey();
    this.#store(key, bytes, contentEncoding);
    return Promise.resolve(this.#url('get', key));
  }

  urls(): Promise<UploadUrls> {
    this.#expire();
    const upload = newKey();
    const key = newKey();
    const expires = Date.now() + this.#ttlMs;
    this.#expected.set(upload, { key, expires });
    return Promise.resolve({ uploadUrl: this.#url('put', upload), downloadUrl: this.#url('get', key), expiresAt: new Date(expires) });
  }

  /** Answers `PUT {url}/put/KEY` and `GET {url}/get/KEY`. */
  async handle(request: HttpRequest): Promise<HttpResponse> {
    this.#expire();
    const [, verb, key = ''] = /\/(put|get)\/([0-9a-f]{32})$/.exec(request.path) ?? [];
    if (verb === 'put' && request.method === 'PUT') return this.#put(key, request);
    const blob = verb === 'get' && (request.method === 'GET' || request.method === 'HEAD') ? this.#blobs.get(key) : undefined;
    if (!blob) return emptyResponse(404);
    const headers = new Map([['Content-Type', 'application/octet-stream'], ...(blob.coding ? ([['Content-Encoding', blob.coding]] as const) : [])]);
    return { status: 200, headers, body: [blob.bytes] };
  }

  async #put(upload: string, request: HttpRequest): Promise<HttpResponse> {
    const expected = this.#expected.get(upload);
    if (!expected) return emptyResponse(404);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of request.body()) {
      size += chunk.length;
      if (size > this.#maxBytes) return emptyResponse(413);
      chunks.push(chunk);
    }
    this.#expected.delete(upload);
    this.#store(expected.key, Buffer.concat(chunks), request.header('content-encoding'));
    return emptyResponse(204);
  }

  #store(key: string, bytes: Uint8Array, coding: string | undefined): void {
    this.#expire();
    this.#blobs.set(key, { bytes, coding, expires: Date.now() + this.#ttlMs });
    this.#size += bytes.length;
    for (const oldest of this.#blobs.keys()) {
      if (this.#size <= this.#maxBytes) return;
      this.#drop(oldest);
    }
  }

  /** Entries lie in the order in which they expire. */
  #expire(): void {
    const now = Date.now();
    for (const [key, { expires }] of this.#blobs) {
      if (expires > now) break;
      this.#drop(key);
    }
    for (const [key, { expires }] of this.#expected) {
      if (expires > now) break;
      this.#expected.delete(key);
    }
  }

  #drop(key: string): void {
    this.#size -= this.#blobs.get(key)?.bytes.length ?? 0;
    this.#blobs.delete(key);
  }

  #url(verb: 'put' | 'get', key: string): string {
    return `${this.#options.url.replace(/\/+$/, '')}/${verb}/${key}`;
  }
}

const newKey = (): string => randomBytes(16).toString('hex');
