/** One process of the storage benchmark: makes calls for a while, then sends how long each took, in microseconds by kind of call. */
import { setTimeout as sleep } from 'node:timers/promises';
import { executionScope, openStorage, ScopedStorage } from '../storage/index.ts';

const [location, identity, pauseMs, seconds] = process.argv.slice(2);
const storage = openStorage(location);
const scoped = new ScopedStorage(storage, executionScope(Buffer.from('benchmark')));
const key = `key ${identity}`;
const value = Buffer.alloc(200, 1);

/** The calls that functions make for a batch: aggregate state, buffered rows, shared work. */
const calls: readonly (readonly [string, () => unknown])[] = [
  ['get', () => scoped.stateGet('state', key)],
  ['put', () => scoped.statePut('state', key, value)],
  ['append', () => scoped.append('log', key, value)],
  ['push', () => scoped.queuePush('queue', [value])],
  ['pop', () => scoped.queuePop('queue')],
];

process.once('message', async () => {
  const times = calls.map((): number[] => []);
  const end = performance.now() + Number(seconds) * 1000;
  for (let at = 0; performance.now() < end; at = (at + 1) % calls.length) {
    const start = performance.now();
    const answer = calls[at]?.[1]();
    if (answer instanceof Promise) await answer;
    times[at]?.push((performance.now() - start) * 1000);
    if (Number(pauseMs) > 0) await sleep(Number(pauseMs));
  }
  process.send?.(Object.fromEntries(calls.map(([name], at) => [name, times[at]])), async () => {
    await storage.close();
    process.disconnect();
  });
});
// Prepares statements and makes the tables before the time is taken.
for (const [, call] of calls) await call();
process.send?.('ready');
