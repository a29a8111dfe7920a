/**
 * `make parity`: `vgi-gen parity --worker` against workers of vgi-python, the reference implementation of VGI, in a release for each protocol
 * version. They describe themselves over HTTP only. Installs what it needs into `.parity/`.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installed } from './parity/reference.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The last release of the RPC layer with `__describe__`, which workers before 2.0.0 answer. */
const OLDER_LAYER = 'vgi-rpc[http]==0.42.3';
/** What a worker has to start, in milliseconds. */
const START_TIME = 60_000;

const releases = [
  { version: '2.0.0', requirement: 'vgi-python[http]==0.39.0' },
  { version: '1.3.0', requirement: 'vgi-python[http]==0.28.1', layer: OLDER_LAYER },
  { version: '1.2.0', requirement: 'vgi-python[http]==0.22.0', layer: OLDER_LAYER },
  { version: '1.1.0', requirement: 'vgi-python[http]==0.19.0', layer: OLDER_LAYER },
];

function install({ requirement, layer }) {
  const bin = installed({ folder: requirement.replace(/\[.*\]==/, '-'), requirement });
  if (layer) execFileSync(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', layer], { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(bin, 'python');
}

/** Starts a worker and hands over its URL. */
async function withWorker(python, use) {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-parity-'));
  const file = join(folder, 'port');
  const child = spawn(python, [join(root, 'tools', 'parity', 'vgi-worker.py'), '--http', '--port', '0', '--port-file', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr = (stderr + chunk).slice(-4000)));
  try {
    const until = Date.now() + START_TIME;
    while (!existsSync(file) || readFileSync(file, 'utf8').trim() === '') {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`the worker did not start: ${stderr}`);
      await sleep(100);
    }
    return use(`http://127.0.0.1:${readFileSync(file, 'utf8').trim()}`);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compares and reports in the form that tools/summary.mjs adds up. */
function compare(url, { version, requirement }) {
  const args = ['parity', 'schema/vgi/protocol.yaml', '--worker', url, '--explained', 'tools/parity/explained/vgi-python.yaml'];
  const run = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { cwd: root, encoding: 'utf8' });
  const passed = run.status === 0 && run.stderr.includes(`worker: vgi ${version}: `);
  console.log(passed ? run.stderr.trim() : `FAILED parity --worker, ${requirement}: status ${run.status}\n${run.stdout}${run.stderr}`);
  console.log(`@@ parity --worker, ${requirement}: ${JSON.stringify({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: [] })}`);
  return passed;
}

let failures = 0;
for (const release of releases) {
  const python = install(release);
  if (!(await withWorker(python, (url) => compare(url, release)))) failures++;
}
process.exitCode = failures > 0 ? 1 : 0;
