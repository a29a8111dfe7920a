/**
 * Measures @query-farm/vgi-rpc, client and worker, over a pipe, with batches as they came (its fastest interface). Writes one line of JSON for
 * each line that it reads: `{unary: [microseconds], produce: MB/s, exchange: MB/s}`.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { pipeConnect } from '@query-farm/vgi-rpc';

const [rows, calls, blocks] = process.argv.slice(2).map(Number);
const worker = spawn(process.execPath, [fileURLToPath(new URL('worker.mjs', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
const client = pipeConnect(Readable.toWeb(worker.stdout), { write: (bytes) => worker.stdin.write(bytes), end: () => worker.stdin.end() }, { protocol: 'Bench' });
const megabytes = (batches) => (batches * rows * 16) / 1e6;

async function unary() {
  const times = [];
  for (let value = 0; value < calls; value++) {
    const start = performance.now();
    const answer = await client.call('echo_int', { value });
    times.push((performance.now() - start) * 1000);
    if (Number(answer.result) !== value) throw new Error(`asked ${value}, got ${answer.result}`);
  }
  return times;
}

/** MB/s of a producer; the last block, for the exchange. */
async function produce() {
  const stream = await client.stream('produce_block', { rows, count: blocks });
  let last;
  const start = performance.now();
  let received = 0;
  for (let item = await stream.tickRaw(); item; item = await stream.tickRaw()) {
    received += item.batch.numRows;
    last = item;
  }
  const seconds = (performance.now() - start) / 1000;
  if (received !== rows * blocks) throw new Error(`got ${received} rows`);
  stream.close();
  return { rate: megabytes(blocks) / seconds, last };
}

async function exchange(block) {
  const stream = await client.stream('exchange_echo');
  const start = performance.now();
  for (let sent = 0; sent < blocks; sent++) {
    const answer = await stream.exchangeRaw(block);
    if (answer.batch.numRows !== rows) throw new Error(`got ${answer.batch.numRows} rows`);
  }
  const seconds = (performance.now() - start) / 1000;
  stream.close();
  return megabytes(blocks) / seconds;
}

for await (const _ of createInterface({ input: process.stdin })) {
  const times = await unary();
  const { rate, last } = await produce();
  process.stdout.write(`${JSON.stringify({ unary: times, produce: rate, exchange: await exchange(last) })}\n`);
}
client.close();
worker.stdin.end();
