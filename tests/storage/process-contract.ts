import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { executionScope, openStorage, ScopedStorage } from '../../storage/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'node_modules', '.cache', 'vgi-gen', `storage-process-${process.pid}.mjs`);
const scope = executionScope(Buffer.from('shared by processes'));
const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (value: Uint8Array | undefined): string => Buffer.from(value ?? []).toString();

async function buildProgram(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['tests/storage/storage-process.ts'],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
}

/** What holds between real processes, some of which are killed. `location` gives the place, emptied before each test. */
export function processContract(name: string, location: () => string, reset: () => Promise<void> | void): void {
  describe(`${name}, by several processes`, () => {
    beforeAll(buildProgram);
    const children = new Set<ChildProcess>();
    beforeEach(reset);
    afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

    async function start(task: string, number = 0): Promise<ChildProcess> {
      const child = fork(program, [location(), task, String(number)]);
      children.add(child);
      child.once('exit', () => children.delete(child));
      await once(child, 'message');
      return child;
    }
    const startMany = (task: string, count: number): Promise<ChildProcess[]> => Promise.all(Array.from({ length: count }, (_, at) => start(task, at)));
    async function finish(child: ChildProcess): Promise<unknown> {
      const [answer] = (await once(child, 'message')) as [unknown];
      if (child.exitCode === null) await once(child, 'exit');
      return answer;
    }
    const runAll = (running: readonly ChildProcess[]): Promise<unknown[]> =>
      Promise.all(
        running.map((child) => {
          const answer = finish(child);
          child.send('go');
          return answer;
        }),
      );
    async function withStorage<R>(use: (scoped: ScopedStorage, storage: ReturnType<typeof openStorage>) => Promise<R>): Promise<R> {
      const storage = openStorage(location());
      try {
        return await use(new ScopedStorage(storage, scope), storage);
      } finally {
        await storage.close();
      }
    }

    it('gives out each item of a queue to one of them', async () => {
      const items = Array.from({ length: 1000 }, (_, at) => String(at));
      // The place is made by all of them at the same time.
      const running = await startMany('pop', 6);
      await withStorage(async (scoped) => scoped.queuePush('work', items.map(bytes)));
      const taken = (await runAll(running)) as string[][];
      expect(taken.flat().sort()).toEqual([...items].sort());
      expect(await withStorage(async (_, storage) => storage.counts())).toEqual({ scopes: 0, states: 0, counters: 0, logItems: 0, queueItems: 0 });
    });

    it('shows every appended item to a reader that goes on after the last one', async () => {
      const seen: string[] = [];
      await withStorage(async (scoped) => {
        let running = true;
        const appended = runAll(await startMany('append', 4)).finally(() => {
          running = false;
        });
        for (let afterId: number | undefined, last = false; !last; ) {
          last = !running;
          for (const { id, value } of await scoped.logScan('log', '', { afterId, limit: 50 })) {
            seen.push(text(value));
            afterId = id;
            last = false;
          }
          await new Promise(setImmediate);
        }
        await appended;
        expect(await scoped.counterGet('log', 'items')).toBe(800);
      });
      expect(seen.length).toBe(800);
      for (const writer of [0, 1, 2, 3]) {
        expect(seen.filter((item) => item.startsWith(`${writer}:`))).toEqual(Array.from({ length: 200 }, (_, at) => `${writer}:${at}`));
      }
    });

    it('loses nothing that is added while another finds the scope empty', async () => {
      const taken = ((await runAll(await startMany('churn', 4))) as string[][]).flat();
      await withStorage(async (scoped, storage) => {
        for (let item = await scoped.queuePop('churn'); item !== undefined; item = await scoped.queuePop('churn')) taken.push(text(item));
        expect((await storage.counts()).scopes).toBe(0);
      });
      expect(taken.sort()).toEqual([0, 1, 2, 3].flatMap((writer) => Array.from({ length: 150 }, (_, round) => `${writer}:${round}`)).sort());
    });

    it('lets them write and delete the same keys in any order', async () => {
      expect(await runAll(await startMany('overlap', 4))).toEqual(['done', 'done', 'done', 'done']);
    });

    it('keeps all that was acknowledged, and no half of a call, when one is killed', async () => {
      for (const delay of [40, 90, 10, 150, 65]) {
        await reset();
        const child = await start('rounds', 200);
        let acknowledged = 0;
        child.on('message', (round: number) => {
          acknowledged = round;
        });
        child.send('go');
        await once(child, 'message');
        await new Promise((resolve) => setTimeout(resolve, delay));
        child.kill('SIGKILL');
        await once(child, 'exit');
        await withStorage(async (scoped) => {
          const log = (await scoped.logScan('rounds', '')).map(({ value }) => Number(text(value)));
          const values = new Set((await scoped.stateScan('rounds')).map(({ value }) => Number(text(value))));
          expect(acknowledged).toBeGreaterThan(0);
          expect(log.length).toBeGreaterThanOrEqual(acknowledged);
          expect(log).toEqual(log.map((_, at) => at + 1));
          // All 200 are of one round: the last one in the log, or the one that was to follow.
          expect(values.size).toBe(1);
          const [round = 0] = values;
          expect(round - log.length).toBeOneOf([0, 1]);
          // The rest go on at once.
          await scoped.append('rounds', '', bytes('next'));
        });
      }
    });
  });
}

/** Kills a process that holds a transaction open, where calls are synchronous and so can be stopped in the middle. */
export function stalledTransaction(location: () => string): void {
  it('undoes the open transaction of a killed process and lets the others go on', async () => {
    await buildProgram();
    const storage = openStorage(location());
    const scoped = new ScopedStorage(storage, scope);
    await scoped.statePutMany('stall', Array.from({ length: 10 }, (_, at) => [`stall${at}`, bytes('old')] as const));
    const child = fork(program, [location(), 'stall']);
    await once(child, 'message');
    child.send('go');
    expect(await once(child, 'message')).toEqual(['halfway', undefined]);
    // Readers do not wait for the writer.
    expect(text(await scoped.stateGet('stall', 'stall0'))).toBe('old');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await scoped.statePut('stall', 'stall9', bytes('newer'));
    expect((await scoped.stateScan('stall')).map(({ value }) => text(value))).toEqual([...Array<string>(9).fill('old'), 'newer']);
    await storage.close();
  });
}

/** Files below a folder that this process has open. */
export function openFilesIn(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      // The descriptor that read the folder is closed by now.
      return [];
    }
  });
}
