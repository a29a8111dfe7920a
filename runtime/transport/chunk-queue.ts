import type { Readable } from 'node:stream';
import type { ChunkSink } from './byte-channel.ts';

/** Received bytes that wait for the reader before the source is paused. */
const PAUSE_ABOVE_BYTES = 4 * 1024 * 1024;

/** What arrives on a Node stream, as `read()` calls that answer at once when something is there, or handed to a sink. */
export class ChunkQueue {
  readonly #source: Readable;
  readonly #chunks: Uint8Array[] = [];
  #buffered = 0;
  #paused = false;
  #ended = false;
  #waiting: ((chunk: Uint8Array | undefined) => void) | undefined;
  #sink: ChunkSink | undefined;
  /** What ended the input, if it was not the peer. */
  failure: Error | undefined;

  constructor(source: Readable) {
    this.#source = source;
    source.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    source.on('end', () => this.end());
    source.on('close', () => this.end());
    source.on('error', (error) => this.end(error));
  }

  /** Takes a chunk that is overwritten after the call; false to pause the source. */
  push(chunk: Uint8Array): boolean {
    if (this.#ended) return true;
    if (this.#sink) return this.#sink.take(chunk, true);
    this.#receive(Uint8Array.prototype.slice.call(chunk));
    return !this.#paused;
  }

  /** Where the reader wants what comes next, if it has a place for it. */
  room(): Uint8Array | undefined {
    return this.#ended ? undefined : this.#sink?.room();
  }

  /** Takes what was received into the room; false to pause the source. */
  received(length: number): boolean {
    return this.#ended || !this.#sink || this.#sink.received(length);
  }

  /** Hands what is here and what comes to the sink. The result resumes the source. */
  receive(sink: ChunkSink): () => void {
    this.#sink = sink;
    for (const chunk of this.#chunks.splice(0)) sink.take(chunk, false);
    if (this.#ended) sink.take(undefined, false);
    else if (this.#paused) this.#source.resume();
    return () => this.#source.resume();
  }

  #receive(chunk: Uint8Array): void {
    if (this.#ended) return;
    if (this.#sink) {
      if (!this.#sink.take(chunk, false)) this.#source.pause();
      return;
    }
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
    if (this.#ended) return;
    this.#ended = true;
    if (this.#paused || this.#sink) this.#source.resume();
    this.#sink?.take(undefined, false);
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
