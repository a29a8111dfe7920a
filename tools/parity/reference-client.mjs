/** Runs our client against the workers of the reference implementation: tests/rpc/parity. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installed, releases } from './reference.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [older, newest] = releases.map(installed);
const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'tests/rpc/parity/parity.config.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, VGI_RPC_0_42_BIN: older, VGI_RPC_NEWEST_BIN: newest },
});
process.exitCode = status ?? 1;
