import { writevSync } from 'node:fs';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import type { Readable } from 'node:stream';
import { transportError } from '../rpc/errors.ts';
import { joinSmall, type ByteChannel } from './byte-channel.ts';
import { ChunkQueue } from './chunk-queue.ts';
import { ownStdout } from './own-stdout.ts';
import { SocketBuffer } from './socket-buffer.ts';

const STDIN = 0;
/** How long to sleep when the pipe is full and was made non-blocking by the parent, in milliseconds. */
const FULL_PIPE_PAUSE = 1;

/** Writes all chunks to a descriptor. A full pipe blocks; there is one client and it is the one that has to read. */
function writeAll(fd: number, chunks: readonly Uint8Array[]): void {
  let rest = joinSmall(chunks).filter((chunk) => chunk.length > 0);
  while (rest.length > 0) {
    let written: number;
    try {
      written = writevSync(fd, rest);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EAGAIN') throw transportError(`cannot write the answer to stdout (${code ?? String(error)})`, error);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE);
      continue;
    }
    const next: Uint8Array[] = [];
    for (const chunk of rest) {
      if (written >= chunk.length) written -= chunk.length;
      else {
        next.push(written > 0 ? chunk.subarray(written) : chunk);
        written = 0;
      }
    }
    rest = next;
  }
}

/** Stdin as a socket that reads into the buffer, if it is a pipe or a socket. */
function openStdin(buffer: SocketBuffer): Readable {
  // The type of the options does not know `onread`, which the constructor takes as `connect` does.
  const options: SocketConstructorOpts & { onread: OnReadOpts } = { fd: STDIN, readable: true, writable: false, onread: buffer.onread };
  try {
    return new Socket(options);
  } catch {
    // A file or a terminal.
    return process.stdin;
  }
}

/** The channel of a worker that was started as a child process: requests on stdin, answers on stdout, and nothing else on it. */
export function stdioChannel(): ByteChannel {
  const stdout = ownStdout();
  const buffer = new SocketBuffer();
  const stdin = openStdin(buffer);
  const input = new ChunkQueue(stdin);
  buffer.feed(input);
  return {
    kind: 'pipe',
    read: () => input.read(),
    receive: (sink) => input.receive(sink),
    write: (chunks) => writeAll(stdout, chunks),
    close: () => stdin.destroy(),
  };
}
