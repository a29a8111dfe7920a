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
const REFERENCE = 'vgi-rpc[http,conformance]==0.42.3';
/** What its HTTP client needs to read compressed answers. */
const FURTHER = ['httpx2[zstd]'];
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
  execFileSync(join(environment, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', REFERENCE, ...FURTHER], { stdio: 'inherit' });
  return runner;
}

/** A payload that may be refused, and then is not in the access log: it runs apart from the tests whose log is validated. */
const HUGE_PAYLOAD = 'large_payload.echo_binary_over_int32_max';

/** Runs the suite, validates the access log of the worker, and reports the totals in the form that tools/summary.mjs adds up. */
function runSuite(runner, transport, target, folder) {
  const log = ['--access-log', join(folder, 'access.jsonl'), '--require-request-data'];
  const failures = runTests(runner, `vgi-rpc-test ${transport}`, [...target, '--filter', `!${HUGE_PAYLOAD}`, ...log], folder);
  return failures + runTests(runner, `vgi-rpc-test ${transport}, 2 GiB`, [...target, '--filter', HUGE_PAYLOAD], folder);
}

function runTests(runner, suite, flags, folder) {
  const output = join(folder, 'results.json');
  rmSync(output, { force: true });
  const run = spawnSync(runner, [...flags, '--timeout', TEST_TIMEOUT, '--format', 'json', '--output', output], { stdio: ['ignore', 'pipe', 'pipe'], cwd: root });
  const { results } = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : { results: [] };
  const failed = results.filter(({ passed, skipped }) => !passed && !skipped);
  const skipped = results.filter((result) => result.skipped).map(({ name }) => `${suite} > ${name}`);
  for (const { name, error } of failed) console.log(`FAILED ${suite} > ${name}: ${error}`);
  // The runner also fails for an access log that does not fit its schema.
  const whole = results.length > 0 && (run.status === 0 || failed.length > 0);
  if (!whole) console.log(`FAILED ${suite}: status ${run.status}\n${run.stdout}${run.stderr}`);
  const total = { passed: results.length - failed.length - skipped.length, failed: failed.length + (whole ? 0 : 1), skipped };
  console.log(`@@ ${suite}: ${JSON.stringify(total)}`);
  return total.failed;
}

/** Starts the worker with flags, waits for the line by which it says where it accepts, and hands over what follows the colon. */
async function withWorker(flags, use) {
  const child = spawn(worker, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const line = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (status) => reject(new Error(`the worker ended with ${status} before it accepted`)));
    });
    return use(line.slice(line.indexOf(':') + 1));
  } finally {
    child.kill();
  }
}

const transports = {
  pipe: (runner, folder, log) => runSuite(runner, 'pipe', ['--cmd', [worker, ...log].join(' ')], folder),
  unix: (runner, folder, log) => withWorker(['--unix', join(folder, 'w.sock'), ...log], (path) => runSuite(runner, 'unix', ['--unix', path], folder)),
  tcp: (runner, folder, log) => withWorker(['--tcp', '0', ...log], (address) => runSuite(runner, 'tcp', ['--tcp', address], folder)),
  http: (runner, folder, log) => withWorker(['--http', ...log], (port) => runSuite(runner, 'http', ['--url', `http://127.0.0.1:${port}`], folder)),
};

const runner = installReference();
let failures = 0;
for (const run of Object.values(transports)) {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-parity-'));
  try {
    failures += await run(runner, folder, ['--access-log', join(folder, 'access.jsonl'), '--access-log-debug']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failures > 0 ? 1 : 0;
