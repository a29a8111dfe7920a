import { createHash } from 'node:crypto';
import { RpcError } from '../rpc/errors.ts';
import { rpcKeys } from '../rpc/metadata-keys.ts';
import { type Coding, compress } from './content-coding.ts';
import type { FetchPolicy } from './external-fetch.ts';
import { bodyLength } from './http-message.ts';

/** Where large batches are put so that only a pointer travels. Nothing is ever deleted: the storage's own rules see to that. */
export interface ExternalStorage {
  /** Stores the bytes; gives a URL to fetch them from. */
  upload(bytes: Uint8Array, contentEncoding?: string): Promise<string>;
}

/** A pair of URLs for a client to bring a large request: one to put it to, one for the server to fetch it from. */
export interface UploadUrls {
  readonly uploadUrl: string;
  readonly downloadUrl: string;
  readonly expiresAt: Date;
}

export interface ExternalOptions {
  /** Absent = answers are never put outside. */
  readonly storage?: ExternalStorage;
  /** Batches of at least this many bytes go outside; default 1 MiB. */
  readonly thresholdBytes?: number;
  readonly compression?: Coding;
  /** Gives URLs for large requests. */
  readonly uploadUrls?: () => Promise<UploadUrls>;
  readonly maxUploadBytes?: number;
  /** What may be fetched for requests that are pointers; absent = pointers are refused. */
  readonly fetch?: FetchPolicy;
}

const DEFAULT_THRESHOLD_BYTES = 1 << 20;

/** The bytes put outside for one answer would exceed the cap; nothing was uploaded. */
const overshoot = (bytes: number, cap: number, method: string): RpcError =>
  new RpcError(`Externalised payload exceeds max_externalized_response_bytes (${bytes} > ${cap}) for method '${method}'`, { type: 'RuntimeError' });

/** Puts the large batches of one answer outside and keeps count. */
export class Externalizer {
  readonly #options: ExternalOptions;
  readonly #cap: number | undefined;
  readonly #method: string;
  /** Bytes put outside so far, before compression. */
  bytes = 0;

  constructor(options: ExternalOptions, cap: number | undefined, method: string) {
    this.#options = options;
    this.#cap = cap;
    this.#method = method;
  }

  /** Metadata of the pointer to put in place of a batch if it is large, given as a stream of its own. Throws if the cap does not allow it. */
  async pointerTo(rows: number, stream: () => readonly Uint8Array[]): Promise<ReadonlyMap<string, string> | undefined> {
    const { storage, compression, thresholdBytes = DEFAULT_THRESHOLD_BYTES } = this.#options;
    if (!storage || rows === 0) return undefined;
    const chunks = stream();
    const length = bodyLength(chunks);
    if (length < thresholdBytes) return undefined;
    if (this.#cap !== undefined && this.bytes + length > this.#cap) throw overshoot(this.bytes + length, this.#cap, this.#method);
    const bytes = Buffer.concat(chunks);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const url = await storage.upload(compression ? await compress(compression, bytes) : bytes, compression);
    this.bytes += length;
    return new Map([[rpcKeys.location, url], [rpcKeys.locationSha256, sha256]]);
  }
}
