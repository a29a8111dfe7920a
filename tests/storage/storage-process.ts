/**
 * A process that uses a storage as a worker does: `storage-process.mjs <location> <task> <number>`. It says `ready`, begins at the first
 * message, and sends what it did.
 */
import { executionScope, openStorage, ScopedStorage } from '../../storage/index.ts';

const [location, task, argument] = process.argv.slice(2);
const number = Number(argument);
const storage = openStorage(location);
const scoped = new ScopedStorage(storage, executionScope(Buffer.from('shared by processes')));
const bytes = (text: string): Uint8Array => Buffer.from(text);

const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
  /** Takes items until there are none. */
  async pop() {
    const taken: string[] = [];
    for (;;) {
      const item = await scoped.queuePop('work');
      if (item === undefined) return taken;
      taken.push(Buffer.from(item).toString());
    }
  },
  /** Appends numbered items and counts them. */
  async append() {
    for (let at = 0; at < 200; at += 1) {
      await scoped.append('log', '', bytes(`${number}:${at}`));
      await scoped.counterAdd('log', 'items', 1);
    }
  },
  /** Puts overlapping sets of keys in various orders. */
  async overlap() {
    for (let round = 0; round < 50; round += 1) {
      const keys = Array.from({ length: 20 }, (_, at) => String((at * (number + 3) + round) % 23));
      await scoped.statePutMany('overlap', keys.map((key) => [key, bytes(`${number}:${round}`)] as const));
      if (round % 10 === 0) await scoped.stateDelete('overlap', keys.reverse());
    }
  },
  /** Adds an item and takes two, so that the queue is emptied, and its scope removed, while others add to it. */
  async churn() {
    const taken: string[] = [];
    for (let round = 0; round < 150; round += 1) {
      await scoped.queuePush('churn', [bytes(`${number}:${round}`)]);
      for (const item of [await scoped.queuePop('churn'), await scoped.queuePop('churn')]) {
        if (item !== undefined) taken.push(Buffer.from(item).toString());
      }
    }
    return taken;
  },
  /** Writes rounds of many equal values and a log, and reports each when the storage has acknowledged it, until killed. */
  async rounds() {
    for (let round = 1; ; round += 1) {
      const value = bytes(String(round));
      await scoped.statePutMany('rounds', Array.from({ length: number }, (_, at) => [String(at), value] as const));
      await scoped.append('rounds', '', value);
      process.send?.(round);
      // Lets the message go out.
      await new Promise(setImmediate);
    }
  },
  /** Stops for ever in the middle of a transaction. */
  async stall() {
    const entries = Array.from({ length: 10 }, (_, at) => [`stall${at}`, bytes('new')] as const);
    const halfway = {
      key: bytes('stall5'),
      get value(): Uint8Array {
        process.send?.('halfway');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
        return bytes('never');
      },
    };
    const scope = executionScope(Buffer.from('shared by processes'));
    await storage.statePut(scope, 'stall', [...entries.map(([key, value]) => ({ key: bytes(key), value })), halfway]);
  },
};

process.once('message', async () => {
  const run = tasks[task ?? ''];
  if (run === undefined) throw new Error(`no task ${task}`);
  const answer = await run();
  await storage.close();
  process.send?.(answer ?? 'done', () => process.disconnect());
});
process.send?.('ready');
