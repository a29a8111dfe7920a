import type { Readable } from 'node:stream';

/** Received bytes that wait for the reader before the source is paused. */
const PAUSE_ABOVE_BYTES = 4 * 1024 * 1024;

/** What arrives on a Node stream, as `read()` calls that answer at once when something is there. */
export class ChunkQueue {
  readonly #source: Readable;
  readonly #chunks: Uint8Array[] = [];
  #buffered = 0;
  #paused = false;
  #ended = false;
  #waiting: ((chunk: Uint8Array | undefined) => void) | undefined;
  /** What ended the input, if it was not the peer. */
  failure: Error | undefined;

  constructor(source: Readable) {
    this.#source = source;
    source.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    source.on('end', () => this.end());
    source.on('close', () => this.end());
    source.on('error', (error) => this.end(error));
  }

  #receive(chunk: Uint8Array): void {
    if (this.#ended) return;
    if (this.#waiting) {
      const resolve = this.#waiting;
      this.#waiting = undefined;
      resolve(chunk);
      return;
    }
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered > PAUSE_ABOVE_BYTES) {
      this.#paused = true;
      this.#source.pause();
    }
  }

  /** No more input is taken: a waiting read ends, and what still comes is read away, so that the peer is not stuck writing. */
  end(failure?: Error): void {
    this.failure ??= failure;
    this.#ended = true;
    if (this.#paused) this.#source.resume();
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }

  /** The next chunk, or `undefined` at the end of input. */
  read(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    const chunk = this.#chunks.shift();
    if (chunk) {
      this.#buffered -= chunk.length;
      if (this.#paused && this.#buffered === 0) {
        this.#paused = false;
        this.#source.resume();
      }
      return chunk;
    }
    if (this.#ended) return undefined;
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}
