import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('bare-worker.mjs', import.meta.url));

/** The other end of a bare worker: bytes sent, and bytes counted that come back. */
class BareConnection {
  #output;
  #missing = 0;
  #done;

  constructor(input, output) {
    this.#output = output;
    input.on('data', (chunk) => {
      this.#missing -= chunk.length;
      if (this.#missing === 0) this.#done();
    });
  }

  /** Sends the bytes; resolves when so many came back. */
  call(bytes, answerLength) {
    return new Promise((resolve) => {
      this.#missing = answerLength;
      this.#done = resolve;
      this.#output.write(bytes);
    });
  }
}

/** Starts a bare worker and connects to it, over its pipes or a socket at `path`. */
export async function startBare(mode, blockBytes, path) {
  const child = spawn(process.execPath, [worker, mode, String(blockBytes), ...(path ? [path] : [])], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (!path) return { connection: new BareConnection(child.stdout, child.stdin), child };
  await once(child.stdout, 'data');
  const socket = connect(path);
  await once(socket, 'connect');
  return { connection: new BareConnection(socket, socket), child };
}
