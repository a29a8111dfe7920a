/**
 * The shared storage under several processes: SQLite, and PostgreSQL too if VGI_TEST_POSTGRES has an address (`tools/parity-postgres.sh node
 * bench/storage.bench.mjs`). "flat out" makes calls without a pause; "a call a ms" is what functions do that make one call for each batch.
 * Prints times in microseconds; exits with 1 if the middle time of SQLite misses its goal.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SECONDS = 2;
/** Microseconds of the middle call of four processes: well under the time that a batch of 2,048 rows takes to travel. */
const GOAL_P50 = 100;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const program = at('../node_modules/.cache/vgi-gen/storage-process.mjs');
await build({ entryPoints: [at('storage-process.ts')], outfile: program, bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning' });

async function measure(location, processes, pauseMs) {
  const children = Array.from({ length: processes }, (_, at) => fork(program, [location, String(at), String(pauseMs), String(SECONDS)]));
  await Promise.all(children.map((child) => once(child, 'message')));
  const answers = children.map((child) => once(child, 'message'));
  for (const child of children) child.send('go');
  const times = (await Promise.all(answers)).map(([answer]) => answer);
  await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
  return Object.fromEntries(Object.keys(times[0]).map((name) => [name, times.flatMap((answer) => answer[name]).sort((a, b) => a - b)]));
}

const quantile = (sorted, part) => sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;
const columns = (name, sorted) =>
  `${name} ${quantile(sorted, 0.5).toFixed(0)}/${quantile(sorted, 0.99).toFixed(0)}`;

async function report(backend, location) {
  const middle = {};
  for (const [processes, pauseMs] of [[1, 0], [4, 0], [8, 0], [1, 1], [8, 1]]) {
    const byCall = await measure(location(processes, pauseMs), processes, pauseMs);
    const all = Object.values(byCall).flat().sort((a, b) => a - b);
    const load = pauseMs === 0 ? 'flat out' : 'a call a ms';
    const rate = Math.round(all.length / SECONDS);
    console.log(`${backend}, ${processes} processes, ${load}: ${rate} calls/s, p50 ${quantile(all, 0.5).toFixed(0)}, p99 ${quantile(all, 0.99).toFixed(0)}, max ${all.at(-1).toFixed(0)}`);
    console.log(`  p50/p99: ${Object.entries(byCall).map(([name, sorted]) => columns(name, sorted)).join(', ')}`);
    middle[`${processes} ${pauseMs}`] = quantile(all, 0.5);
  }
  return middle;
}

const folder = await mkdtemp(join(tmpdir(), 'vgi-gen-bench-'));
try {
  const middle = await report('sqlite', (processes, pauseMs) => `sqlite:${join(folder, `${processes}-${pauseMs}.db`)}`);
  const measured = middle['4 0'];
  console.log(`sqlite, 4 processes, p50: ${measured.toFixed(1)}, goal at most ${GOAL_P50}`);
  if (!(measured <= GOAL_P50)) process.exitCode = 1;
  const address = process.env.VGI_TEST_POSTGRES;
  if (address) await report('postgres', () => address);
} finally {
  await rm(folder, { recursive: true, force: true });
}
