/**
 * What Node itself can do: without Arrow and without calls. `bare-worker.mjs echo|blocks BYTES [SOCKET]` gives back what it receives, or a
 * block of that many bytes for each byte received; on stdin and stdout, or on an AF_UNIX socket.
 */
import { createServer } from 'node:net';

const [mode, bytes, path] = process.argv.slice(2);
const block = Buffer.alloc(Number(bytes));

function serve(input, output) {
  input.on('data', (chunk) => {
    if (mode === 'echo') output.write(chunk);
    else for (let i = 0; i < chunk.length; i++) output.write(block);
  });
}

if (path === undefined) serve(process.stdin, process.stdout);
else createServer((socket) => serve(socket, socket)).listen(path, () => process.stdout.write('ready\n'));
