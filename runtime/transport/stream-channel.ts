import type { Readable, Writable } from 'node:stream';
import type { TransportKind } from '../rpc/call-context.ts';
import { transportError } from '../rpc/errors.ts';
import { type ByteChannel, type ChunkSink, joinSmall } from './byte-channel.ts';
import { ChunkQueue } from './chunk-queue.ts';
import type { SocketBuffer } from './socket-buffer.ts';

const LINGER_MILLISECONDS = 1000;

/** A byte channel over Node streams: sockets and the pipes of child processes. */
export class StreamChannel implements ByteChannel {
  readonly kind: TransportKind;
  readonly #input: ChunkQueue;
  readonly #output: Writable;
  readonly #source: Readable;
  #closed = false;

  /** Chunks come as events of the input, or from the buffer that its socket reads into. */
  constructor(kind: TransportKind, input: Readable, output: Writable, buffer?: SocketBuffer) {
    this.kind = kind;
    this.#input = new ChunkQueue(input);
    buffer?.feed(this.#input);
    this.#source = input;
    this.#output = output;
    output.on('error', (error) => this.#input.end(error));
  }

  read(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    return this.#input.read();
  }

  receive(sink: ChunkSink): () => void {
    return this.#input.receive(sink);
  }

  write(chunks: readonly Uint8Array[]): void | Promise<void> {
    const output = this.#output;
    if (this.#closed || output.destroyed || output.writableEnded) throw this.#gone();
    const joined = joinSmall(chunks);
    let open = true;
    if (joined.length > 1) output.cork();
    for (const chunk of joined) open = output.write(chunk);
    if (joined.length > 1) output.uncork();
    if (!open) return this.#drained();
  }

  #gone(): Error {
    const { failure } = this.#input;
    return transportError(`the peer is gone${failure ? `: ${failure.message}` : ''}`, failure);
  }

  #drained(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const settle = (): void => {
        this.#output.off('drain', settle);
        this.#output.off('close', settle);
        if (this.#output.destroyed) reject(this.#gone());
        else resolve();
      };
      this.#output.on('drain', settle);
      this.#output.on('close', settle);
    });
  }

  /** Takes nothing more from the peer: who reads gets to the end after what is here already, and may still answer. */
  endInput(): void {
    this.#input.end();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#input.end();
    this.#output.end();
    // A peer that goes on writing is cut off, once it had time to read why.
    setTimeout(() => this.#source.destroy(), LINGER_MILLISECONDS).unref();
  }
}
