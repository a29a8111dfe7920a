import { transportError } from '../rpc/errors.ts';
import type { ByteChannel } from './byte-channel.ts';

/** One direction of an in-memory connection. */
class MemoryPipe {
  readonly #chunks: Uint8Array[] = [];
  #ended = false;
  #waiting: ((chunk: Uint8Array | undefined) => void) | undefined;

  push(chunk: Uint8Array): void {
    if (this.#ended) throw transportError('the other side of the in-memory connection is closed');
    if (this.#waiting) {
      const resolve = this.#waiting;
      this.#waiting = undefined;
      resolve(chunk);
    } else {
      this.#chunks.push(chunk);
    }
  }

  end(): void {
    this.#ended = true;
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }

  read(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    const chunk = this.#chunks.shift();
    if (chunk || this.#ended) return chunk;
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}

/** Two ends of a connection inside one process: a client wired to a server, for tests and mock servers. */
export function memoryChannels(): [ByteChannel, ByteChannel] {
  const forth = new MemoryPipe();
  const back = new MemoryPipe();
  const end = (incoming: MemoryPipe, outgoing: MemoryPipe): ByteChannel => ({
    kind: 'memory',
    read: () => incoming.read(),
    write: (chunks) => {
      // The receiver may keep views of what it reads, and writers reuse their buffers: a pipe copies, so does this.
      for (const chunk of chunks) outgoing.push(chunk.slice());
    },
    close: () => {
      incoming.end();
      outgoing.end();
    },
  });
  return [end(back, forth), end(forth, back)];
}
