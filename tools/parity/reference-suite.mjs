/**
 * Runs the conformance suite of the reference implementation against our conformance worker on every transport, with the access log validated,
 * and asks the reference worker about each test that was skipped: ours may be skipped only where its are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed, releases } from './reference.mjs';
import { withWorker } from './served-worker.mjs';

/** Seconds a test may take; the payload of 2 GiB needs most of it. */
const TEST_TIMEOUT = '300';
/** A payload that may be refused, and then is not in the access log: it runs apart from the tests whose log is validated. */
const HUGE_PAYLOAD = 'large_payload.echo_binary_over_int32_max';

const describeConformance = fileURLToPath(new URL('describe-conformance.py', import.meta.url));
const worker = fileURLToPath(new URL('../../bin/vgi-conformance-worker', import.meta.url));

/** Flags of the suite that lead to a worker. */
const transports = {
  pipe: ({ command, flags }, _folder, use) => use(['--cmd', [command, ...flags].join(' ')]),
  unix: ({ command, flags, stderr }, folder, use) => withWorker(command, ['--unix', join(folder, 'w.sock'), ...flags], (path) => use(['--unix', path]), stderr),
  tcp: ({ command, flags, stderr }, _folder, use) => withWorker(command, ['--tcp', '0', ...flags], (address) => use(['--tcp', address]), stderr),
  http: ({ command, flags, stderr }, _folder, use) => withWorker(command, ['--http', ...flags], (port) => use(['--url', `http://127.0.0.1:${port}`]), stderr),
};

/** Runs tests; gives their results, and what is wrong with the run as a whole. */
function run(runner, flags, folder) {
  const output = join(folder, 'results.json');
  rmSync(output, { force: true });
  const { status, stdout, stderr } = spawnSync(runner, [...flags, '--timeout', TEST_TIMEOUT, '--format', 'json', '--output', output], { cwd: folder });
  const { results } = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : { results: [] };
  const failed = results.filter(({ passed, skipped }) => !passed && !skipped);
  // The runner also fails for an access log that does not fit its schema.
  const whole = results.length > 0 && (status === 0 || failed.length > 0);
  return { results, failed, problem: whole ? undefined : `status ${status}\n${stdout}${stderr}` };
}

const inFolder = async (use) => {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-parity-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Those of the tests that the reference worker is not skipped for. */
async function notSkippedByReference(bin, transport, names) {
  if (names.length === 0) return [];
  const reference = { command: join(bin, 'vgi-rpc-conformance'), flags: ['--describe'], stderr: 'ignore' };
  const { results } = await inFolder((folder) => transports[transport](reference, folder, (target) => run(join(bin, 'vgi-rpc-test'), [...target, '--filter', names.join(',')], folder)));
  const skipped = new Set(results.filter((result) => result.skipped).map(({ name }) => name));
  return names.filter((name) => !skipped.has(name));
}

/** Runs some tests and prints their totals in the form that tools/summary.mjs adds up; gives the number of failures. */
async function report(suite, bin, transport, flags, folder) {
  const { results, failed, problem } = run(join(bin, 'vgi-rpc-test'), flags, folder);
  const skipped = results.filter((result) => result.skipped).map(({ name }) => name);
  const complaints = failed.map(({ name, error }) => `${name}: ${error}`);
  for (const name of await notSkippedByReference(bin, transport, skipped)) complaints.push(`${name}: skipped, but not with the reference worker`);
  if (problem) complaints.push(problem);
  for (const complaint of complaints) console.log(`FAILED ${suite} > ${complaint}`);
  const passed = results.length - failed.length - skipped.length;
  console.log(`@@ ${suite}: ${JSON.stringify({ passed, failed: complaints.length, skipped: skipped.map((name) => `${suite} > ${name}`) })}`);
  return complaints.length;
}

async function runTransport(release, bin, transport) {
  return inFolder((folder) => {
    const log = join(folder, 'access.jsonl');
    const ours = { command: worker, flags: ['--access-log', log, ...(release.payloadsInLog ? ['--access-log-debug'] : [])] };
    const validated = ['--access-log', log, ...(release.payloadsInLog ? ['--require-request-data'] : [])];
    const suite = `${release.name} suite, ${transport}`;
    return transports[transport](ours, folder, async (target) => {
      const failures = await report(suite, bin, transport, [...target, '--filter', `!${HUGE_PAYLOAD}`, ...validated], folder);
      return failures + (await report(`${suite}, 2 GiB`, bin, transport, [...target, '--filter', HUGE_PAYLOAD], folder));
    });
  });
}

/** Caps on answers, which the tests of them are skipped without: first of the answer itself, then of what goes to external storage. */
async function runCapped(release, bin) {
  const capped = (suite, flags, tests, folder) =>
    transports.http({ command: worker, flags: ['--max-response-bytes', '65536', ...flags] }, folder, (target) =>
      report(suite, bin, 'http', [...target, '--filter', tests.map((name) => `http_response_cap.${name}`).join(',')], folder));
  return inFolder(async (folder) => {
    const failures = await capped(`${release.name} suite, http, capped`, [], ['unary_strict_fail', 'exchange_strict_fail', 'producer_lockstep', 'producer_strict_fail'], folder);
    const storage = ['-m', 'vgi_rpc.conformance.fake_storage', '--port', '0'];
    return failures + (await withWorker(join(bin, 'python'), storage, (port) =>
      capped(`${release.name} suite, http, capped, with storage`, ['--max-externalized-response-bytes', '65536', '--fake-storage', `http://127.0.0.1:${port}`], ['producer_external_strict_fail', 'externalized_strict_fail'], folder)));
  });
}

/** What the reference's client reads when it asks the worker to describe itself, by the means of its release. */
async function runDescribe(release, bin) {
  const ask = (suite, target) => {
    const { status, stdout, stderr } = spawnSync(join(bin, 'python'), [describeConformance, target]);
    const results = status === 0 ? JSON.parse(stdout.toString()) : [];
    const complaints = results.filter(({ passed }) => !passed).map(({ name, error }) => `${name}: ${error}`);
    if (results.length === 0) complaints.push(`no results: ${stderr}`);
    for (const complaint of complaints) console.log(`FAILED ${suite} > ${complaint}`);
    console.log(`@@ ${suite}: ${JSON.stringify({ passed: results.filter(({ passed }) => passed).length, failed: complaints.length, skipped: [] })}`);
    return complaints.length;
  };
  const failures = ask(`${release.name} describe, pipe`, worker);
  return failures + (await withWorker(worker, ['--http'], (port) => ask(`${release.name} describe, http`, `http://127.0.0.1:${port}`)));
}

let failures = 0;
for (const release of releases) {
  const bin = installed(release);
  for (const transport of Object.keys(transports)) failures += await runTransport(release, bin, transport);
  failures += await runCapped(release, bin);
  failures += await runDescribe(release, bin);
}
process.exitCode = failures > 0 ? 1 : 0;
