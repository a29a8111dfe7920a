/**
 * `make soak`: 24 clients on an AF_UNIX socket, as many on HTTP and some on a pool of workers call the conformance worker for two minutes, with
 * kills, cancels and truncated requests mixed in. Exits with 1 if an answer was lost or wrong, or if a process holds more at the end than after
 * its warm-up. Then DuckDB asks the fixture worker 2,000 questions of every kind over stdio and as many over launch, half of them with workers
 * killed meanwhile. `tools/soak.mjs [SECONDS [SEED [QUESTIONS]]]`.
 */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [seconds = 120, seed = 1, questions = 2000] = process.argv.slice(2).map(Number);
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const outdir = at('node_modules/.cache/vgi-gen/soak');
await build({
  entryPoints: { soak: at('tests/rpc/soak/soak.ts'), 'engine-soak': at('tests/engine/soak/engine-soak.ts') },
  outdir,
  bundle: true,
  format: 'esm',
  splitting: true,
  platform: 'node',
  target: 'node20',
  alias: { 'vgi-gen/runtime/v1': at('runtime/v1.ts'), 'vgi-gen/runtime/http': at('runtime/http/index.ts') },
  packages: 'external',
  outExtension: { '.js': '.mjs' },
  // Modules find files of the project from where their sources lie.
  define: { 'import.meta.url': JSON.stringify(pathToFileURL(at('tests/engine/duckdb-session.ts')).href) },
  logLevel: 'warning',
});
const engine = await import(pathToFileURL(`${outdir}/engine-soak.mjs`).href);
const { soak, problems } = await import(pathToFileURL(`${outdir}/soak.mjs`).href);
const report = await soak({ seconds, clients: 24, seed, worker: at('bin/vgi-conformance-worker') });

for (const [name, times] of [...report.done].sort()) console.log(`${String(times).padStart(8)} ${name}`);
for (const { process: name, busy, rest } of report.growth) {
  const change = (what, { before, after }) => `${before[what].toFixed(0)} -> ${after[what].toFixed(0)}`;
  console.log(`${name}: memory ${change('memory', busy)} MiB, descriptors ${change('descriptors', busy)}, at rest ${change('descriptors', rest)}, children at rest ${change('children', rest)}`);
}
if (report.growth.length === 0) console.log('memory, descriptors and children were not looked at: this needs Linux');
const found = problems(report);
for (const problem of found) console.error(problem);
console.log(`soak: ${[...report.done.values()].reduce((sum, times) => sum + times, 0)} actions in ${seconds} s, ${found.length} problems`);

for (const launch of [false, true]) {
  const name = launch ? 'DuckDB by launch' : 'DuckDB by stdio';
  const { done, kills, interrupts, repeated, cutShort, ...rest } = await engine.engineSoak({ command: `${process.execPath} ${at('dist/fixture-worker.js')}`, launch, seed, questions: questions / 2 });
  const wrong = engine.engineProblems({ done, kills, interrupts, repeated, cutShort, ...rest });
  for (const problem of wrong) console.error(`${name}: ${problem}`);
  const answers = [...done.values()].reduce((sum, times) => sum + times, 0);
  console.log(`${name}: ${answers} answers, ${kills} kills, ${interrupts} interrupts, ${repeated} asked again (${cutShort} were cut short), ${wrong.length} problems`);
  found.push(...wrong);
}
process.exitCode = found.length === 0 ? 0 : 1;
