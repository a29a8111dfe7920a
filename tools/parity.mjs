/**
 * `make parity`: runs the reference conformance suite of vgi-rpc (a Python package) against our conformance worker on byte transports, and
 * checks with pyarrow that it reads what our codecs write. Installs what it needs into `.parity/`.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const environment = join(root, '.parity', 'python');
/** Speaks the older wire revision, without routing key. */
const REFERENCE = 'vgi-rpc==0.42.3';
/** Seconds a test may take; the payload of 2 GiB needs most of it. */
const TEST_TIMEOUT = '300';

const worker = join(root, 'bin', 'vgi-conformance-worker');

/** A Python that the reference runs on: 3.13 or newer, on PATH or under pyenv. */
function findPython() {
  const pyenv = join(process.env.PYENV_ROOT ?? join(process.env.HOME ?? '', '.pyenv'), 'versions');
  const versions = existsSync(pyenv) ? execFileSync('ls', [pyenv]).toString().split('\n').filter((name) => /^3\.(1[3-9]|[2-9]\d)/.test(name)) : [];
  const candidates = [...versions.map((name) => join(pyenv, name, 'bin', 'python')), 'python3.14', 'python3.13', 'python3'];
  return candidates.find((python) => {
    const found = spawnSync(python, ['-c', 'import sys; print(sys.version_info >= (3, 13))']);
    return found.status === 0 && found.stdout.toString().trim() === 'True';
  });
}

function installReference() {
  const runner = join(environment, 'bin', 'vgi-rpc-test');
  if (existsSync(runner)) return runner;
  const python = findPython();
  if (!python) throw new Error('the reference suite needs Python 3.13 or newer, on PATH or under pyenv');
  console.log(`installing ${REFERENCE} ...`);
  mkdirSync(join(root, '.parity'), { recursive: true });
  execFileSync(python, ['-m', 'venv', environment], { stdio: 'inherit' });
  execFileSync(join(environment, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', REFERENCE], { stdio: 'inherit' });
  return runner;
}

/** Runs the suite once and reports its totals in the form that tools/summary.mjs adds up. */
function runSuite(runner, transport, target) {
  const output = join(mkdtempSync(join(tmpdir(), 'vgi-gen-parity-')), 'results.json');
  spawnSync(runner, [...target, '--timeout', TEST_TIMEOUT, '--format', 'json', '--output', output], { stdio: ['ignore', 'inherit', 'inherit'], cwd: root });
  const { results } = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : { results: [] };
  const suite = `vgi-rpc-test ${transport}`;
  const failed = results.filter(({ passed, skipped }) => !passed && !skipped);
  const skipped = results.filter((result) => result.skipped).map(({ name }) => `${suite} > ${name}`);
  for (const { name, error } of failed) console.log(`FAILED ${suite} > ${name}: ${error}`);
  const total = { passed: results.length - failed.length - skipped.length, failed: failed.length || (results.length === 0 ? 1 : 0), skipped };
  console.log(`@@ ${suite}: ${JSON.stringify(total)}`);
  return total.failed;
}

async function withSocketWorker(use) {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-parity-'));
  const path = join(folder, 'worker.sock');
  const child = spawn(worker, ['--unix', path], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (status) => reject(new Error(`the worker ended with ${status} before it accepted`)));
    });
    return use(path);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const runner = installReference();
let failures = runSuite(runner, 'pipe', ['--cmd', worker]);
failures += await withSocketWorker((path) => runSuite(runner, 'unix', ['--unix', path]));
process.exitCode = failures > 0 ? 1 : 0;
