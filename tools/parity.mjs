/**
 * `make parity`: everything that compares us with other implementations, which it installs into `.parity/`: storage on a real PostgreSQL, the
 * reference implementation of the RPC layer in both directions, Arrow in C++ and Python. A part that fails does not keep the others from running.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const parts = {
  'storage on PostgreSQL': ['tools/parity-postgres.sh'],
  'the reference suite of the RPC layer': ['node', 'tools/parity/reference-suite.mjs'],
  'our client and the reference workers': ['node', 'tools/parity/reference-client.mjs'],
  'workers of vgi-python': ['node', 'tools/parity-worker.mjs'],
  'headers of the DuckDB extension': ['node', 'tools/parity-headers.mjs'],
  'C++ and Arrow': ['node', 'tools/parity-cpp.mjs'],
};

const failed = [];
for (const [name, [command, ...args]] of Object.entries(parts)) {
  const { status, error } = spawnSync(command, args, { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit' });
  if (status === 0) continue;
  failed.push(name);
  console.log(`parity: ${name}: ${error ? error.message : `ended with ${status}`}`);
}
process.exitCode = failed.length > 0 ? 1 : 0;
