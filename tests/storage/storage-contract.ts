import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  attachScope,
  executionScope,
  int64Key,
  int64OfKey,
  ScopedStorage,
  type Storage,
  type StorageOptions,
  type StorageScope,
  transactionScope,
} from '../../storage/index.ts';
import { MemoryStorage } from '../../storage/memory-storage.ts';
import { type Operation, operations } from './operations.ts';

/** A place to store, and how to get at it. */
export interface StoragePlace {
  /** Opens the place; every call opens the same one where processes can share it. */
  open(options?: StorageOptions): Storage;
  /** Empties the place. */
  reset(): Promise<void> | void;
  /** Whether two openings see the same data. */
  readonly shared: boolean;
}

const DAY_MS = 86_400_000;
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const plain = (value: Uint8Array | undefined): string | undefined => (value === undefined ? undefined : Buffer.from(value).toString('latin1'));

/** What every backend promises, run against one of them. */
export function storageContract(name: string, place: StoragePlace): void {
  describe(name, () => {
    const opened: Storage[] = [];
    const open = (options?: StorageOptions): Storage => {
      const storage = place.open(options);
      opened.push(storage);
      return storage;
    };
    const execution = executionScope(ascii('execution-000001'));
    let storage: Storage;
    let scoped: ScopedStorage;

    beforeEach(async () => {
      await place.reset();
      storage = open();
      scoped = new ScopedStorage(storage, execution);
    });
    afterEach(async () => {
      for (const each of opened.splice(0)) await each.close();
    });

    const states = async (namespace: string, options = {}, of = scoped): Promise<string[]> =>
      (await of.stateScan(namespace, options)).map(({ key, value }) => `${plain(key)}=${plain(value)}`);

    it('keeps the last value of a key, in the namespace it was put', async () => {
      expect(await scoped.stateGet('a', 'k')).toBeUndefined();
      await scoped.statePut('a', 'k', ascii('1'));
      await scoped.statePut('a', 'k', ascii('2'));
      await scoped.statePut('b', 'k', ascii('3'));
      expect(plain(await scoped.stateGet('a', 'k'))).toBe('2');
      expect(plain(await scoped.stateGet('b', 'k'))).toBe('3');
      expect(await scoped.stateGet('a', 'K')).toBeUndefined();
    });

    it('gets and puts many keys at once, the last of equal keys counting', async () => {
      await scoped.statePutMany('a', [['x', ascii('1')], ['y', ascii('2')], ['x', ascii('3')]]);
      expect((await scoped.stateGetMany('a', ['y', 'none', 'x', 'y'])).map(plain)).toEqual(['2', undefined, '3', '2']);
      expect(await scoped.stateGetMany('a', [])).toEqual([]);
      await scoped.statePutMany('a', []);
      expect(await states('a')).toEqual(['x=3', 'y=2']);
    });

    it('stores empty keys, empty values, every byte, and text as UTF-8', async () => {
      const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      await scoped.statePutMany('ns äß☃', [[bytes(), all], [all, bytes()], ['ü', ascii('text')]]);
      expect(await scoped.stateGet('ns äß☃', bytes())).toSatisfy((value: Uint8Array) => Buffer.compare(value, all) === 0);
      const empty = await scoped.stateGet('ns äß☃', all);
      expect(empty).toBeInstanceOf(Uint8Array);
      expect(empty?.length).toBe(0);
      expect(plain(await scoped.stateGet('ns äß☃', bytes(0xc3, 0xbc)))).toBe('text');
    });

    it.each([
      ['Uint8Array', (text: string) => ascii(text)],
      ['Buffer', (text: string) => Buffer.from(text, 'latin1')],
    ])('stores a view of a larger %s, as it was when given', async (_, larger) => {
      const value = larger('..value..').subarray(2, 7);
      await scoped.statePut('a', larger('..k..').subarray(2, 3), value);
      await scoped.statePutMany('a', [['l', value], ['m', value]]);
      await scoped.append('a', 'k', value);
      await scoped.queuePush('a', [value]);
      value.fill(0);
      expect((await scoped.stateGetMany('a', ['k', 'l', 'm'])).map(plain)).toEqual(['value', 'value', 'value']);
      expect((await scoped.logScan('a', 'k')).map((entry) => plain(entry.value))).toEqual(['value']);
      expect(plain(await scoped.queuePop('a'))).toBe('value');
    });

    it('stores values of several megabytes, many of them in one call', async () => {
      const value = Uint8Array.from({ length: 5_000_000 }, (_, at) => (at * 31) & 0xff);
      await scoped.statePut('a', 'k', value);
      expect(Buffer.compare((await scoped.stateGet('a', 'k')) ?? bytes(), value)).toBe(0);
      await scoped.appendMany('a', 'k', Array.from({ length: 15 }, (_, at) => value.subarray(at)));
      const items = await scoped.logScan('a', 'k');
      expect(items.map(({ value: { length } }) => length)).toEqual(Array.from({ length: 15 }, (_, at) => 5_000_000 - at));
      expect(items.every(({ value: { length }, value: item }) => item[0] === value[5_000_000 - length])).toBe(true);
    });

    it('scans in the order of bytes, by range, from either side, up to a limit', async () => {
      const keys = [bytes(0xff), bytes(), bytes(0), bytes(0x7f), bytes(0x80), bytes(0, 1), bytes(0xff, 0)];
      await scoped.statePutMany('a', keys.map((key) => [key, key] as const));
      const hex = async (options = {}): Promise<string[]> => (await scoped.stateScan('a', options)).map(({ key }) => Buffer.from(key).toString('hex'));
      expect(await hex()).toEqual(['', '00', '0001', '7f', '80', 'ff', 'ff00']);
      expect(await hex({ reverse: true, limit: 2 })).toEqual(['ff00', 'ff']);
      expect(await hex({ start: bytes(0, 1), end: bytes(0xff) })).toEqual(['0001', '7f', '80']);
      expect(await hex({ start: bytes(0x80), limit: 2 })).toEqual(['80', 'ff']);
      expect(await hex({ end: bytes(0x7f), reverse: true })).toEqual(['0001', '00', '']);
      expect(await hex({ limit: 0 })).toEqual([]);
      expect(await scoped.stateScan('none')).toEqual([]);
    });

    it('keeps int64 keys in the order of numbers', async () => {
      const numbers = [5n, -1n, 0n, -(1n << 63n), (1n << 63n) - 1n, 256n];
      await scoped.statePutMany('a', numbers.map((number) => [int64Key(number), bytes()] as const));
      const found = (await scoped.stateScan('a')).map(({ key }) => int64OfKey(key));
      expect(found).toEqual([-(1n << 63n), -1n, 0n, 5n, 256n, (1n << 63n) - 1n]);
    });

    it('drains a namespace and leaves the others', async () => {
      await scoped.statePutMany('a', [['y', ascii('2')], ['x', ascii('1')]]);
      await scoped.statePut('b', 'x', ascii('3'));
      expect((await scoped.stateDrain('a')).map(({ key, value }) => [plain(key), plain(value)])).toEqual([['x', '1'], ['y', '2']]);
      expect(await scoped.stateDrain('a')).toEqual([]);
      expect(await states('b')).toEqual(['x=3']);
    });

    it('deletes by key and by range, and says how many there were', async () => {
      await scoped.statePutMany('a', ['a', 'b', 'c', 'd', 'e'].map((key) => [key, ascii('1')] as const));
      expect(await scoped.stateDelete('a', ['b', 'none', 'b'])).toBe(1);
      expect(await scoped.stateDelete('a', [])).toBe(0);
      expect(await scoped.stateDeleteRange('a', { start: 'c', end: 'e' })).toBe(2);
      expect(await states('a')).toEqual(['a=1', 'e=1']);
      expect(await scoped.stateDeleteRange('a')).toBe(2);
      expect(await scoped.stateDeleteRange('a', { end: 'z' })).toBe(0);
    });

    it('counts from zero and refuses sums that would not be exact', async () => {
      expect(await scoped.counterGet('a', 'n')).toBe(0);
      expect(await scoped.counterAdd('a', 'n', 5)).toBe(5);
      expect(await scoped.counterAdd('a', 'n', -7)).toBe(-2);
      expect(await scoped.counterAdd('a', 'm', Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
      await expect(async () => scoped.counterAdd('a', 'm', 1)).rejects.toThrow('storage: the sum of a counter is past 2^53');
      expect(await scoped.counterGet('a', 'm')).toBe(Number.MAX_SAFE_INTEGER);
      expect(await scoped.counterGet('a', 'n')).toBe(-2);
    });

    it('appends to the log of a key and reads on after an id', async () => {
      expect(await scoped.logScan('a', 'k')).toEqual([]);
      const one = await scoped.append('a', 'k', ascii('1'));
      await scoped.append('a', 'other', ascii('x'));
      await scoped.append('b', 'k', ascii('y'));
      const three = await scoped.appendMany('a', 'k', [ascii('2'), ascii('3')]);
      expect(three).toBeGreaterThan(one);
      const items = await scoped.logScan('a', 'k');
      expect(items.map(({ value }) => plain(value))).toEqual(['1', '2', '3']);
      expect(items.map(({ id }) => id)).toEqual([one, expect.any(Number), three]);
      const page = await scoped.logScan('a', 'k', { afterId: one, limit: 1 });
      expect(page.map(({ value }) => plain(value))).toEqual(['2']);
      expect((await scoped.logScan('a', 'k', { afterId: page[0]?.id })).map(({ value }) => plain(value))).toEqual(['3']);
      expect(await scoped.logScan('a', 'k', { afterId: three })).toEqual([]);
      expect((await scoped.logScan('a', 'k', { afterId: -1 })).length).toBe(3);
    });

    it('gives out the items of a queue once, first in first out', async () => {
      expect(await scoped.queuePop('q')).toBeUndefined();
      await scoped.queuePush('q', [ascii('1'), ascii('2')]);
      await scoped.queuePush('other', [ascii('x')]);
      expect(plain(await scoped.queuePop('q'))).toBe('1');
      await scoped.queuePush('q', [ascii('3')]);
      await scoped.queuePush('q', []);
      expect([plain(await scoped.queuePop('q')), plain(await scoped.queuePop('q')), await scoped.queuePop('q')]).toEqual(['2', '3', undefined]);
      await scoped.queuePush('q', [ascii('4'), bytes()]);
      expect(await scoped.queueClear('q')).toBe(2);
      expect(await scoped.queueClear('q')).toBe(0);
      expect(plain(await scoped.queuePop('other'))).toBe('x');
    });

    it('keeps scopes apart: by kind, by id, transactions by their attach', async () => {
      const id = ascii('0123456789abcdef');
      const long = new Uint8Array(5000).fill(7);
      const scopes: StorageScope[] = [
        executionScope(id),
        executionScope(ascii('0123456789abcdeg')),
        attachScope(id),
        transactionScope(id, id),
        transactionScope(ascii('another-attach--'), id),
        transactionScope(id, long),
        transactionScope(id, long.subarray(1)),
        // The same bytes, cut in another place.
        transactionScope(ascii('0123456789abcdef0'), ascii('123456789abcdef')),
      ];
      for (const [at, scope] of scopes.entries()) {
        const of = new ScopedStorage(storage, scope);
        await of.statePut('a', 'k', bytes(at));
        await of.append('a', 'k', bytes(at));
        await of.queuePush('a', [bytes(at)]);
      }
      for (const [at, scope] of scopes.entries()) {
        const of = new ScopedStorage(storage, scope);
        expect([...((await of.stateGet('a', 'k')) ?? [])]).toEqual([at]);
        expect((await of.logScan('a', 'k')).map(({ value }) => [...value])).toEqual([[at]]);
        expect([...((await of.queuePop('a')) ?? [])]).toEqual([at]);
      }
      expect(await storage.counts()).toEqual({ scopes: 8, states: 8, counters: 0, logItems: 8, queueItems: 0 });
    });

    it('clears everything of one scope and nothing else, and takes writes afterwards', async () => {
      const other = new ScopedStorage(storage, executionScope(ascii('other')));
      for (const each of [scoped, other]) {
        await each.statePut('a', 'k', ascii('1'));
        await each.counterAdd('b', 'k', 1);
        await each.append('c', 'k', ascii('1'));
        await each.queuePush('d', [ascii('1')]);
      }
      await scoped.clear();
      expect(await storage.counts()).toEqual({ scopes: 1, states: 1, counters: 1, logItems: 1, queueItems: 1 });
      expect(await scoped.stateGet('a', 'k')).toBeUndefined();
      expect(plain(await other.stateGet('a', 'k'))).toBe('1');
      await scoped.append('c', 'k', ascii('2'));
      expect((await scoped.logScan('c', 'k')).map(({ value }) => plain(value))).toEqual(['2']);
      await other.clear();
      await other.clear();
      await scoped.clear();
      expect(await storage.counts()).toEqual({ scopes: 0, states: 0, counters: 0, logItems: 0, queueItems: 0 });
    });

    it('leaves nothing behind when the last thing of a scope is taken', async () => {
      const empty = { scopes: 0, states: 0, counters: 0, logItems: 0, queueItems: 0 };
      await scoped.queuePush('q', [ascii('1')]);
      await scoped.queuePop('q');
      await scoped.queuePop('q');
      expect(await storage.counts()).toEqual(empty);
      await scoped.statePut('a', 'k', ascii('1'));
      await scoped.stateDrain('a');
      expect(await storage.counts()).toEqual(empty);
      await scoped.statePut('a', 'k', ascii('1'));
      await scoped.stateDelete('a', ['k']);
      expect(await storage.counts()).toEqual(empty);
      await scoped.queuePush('q', [ascii('1')]);
      await scoped.queueClear('q');
      expect(await storage.counts()).toEqual(empty);
      // What is still there stays.
      await scoped.append('log', '', ascii('1'));
      await scoped.queuePop('q');
      expect(await storage.counts()).toEqual({ ...empty, scopes: 1, logItems: 1 });
    });

    it('removes what has expired, counted from the last write, by kind of scope', async () => {
      let now = Date.UTC(2030, 0, 1);
      const timed = open({ now: () => now });
      const of = (scope: StorageScope): ScopedStorage => new ScopedStorage(timed, scope);
      const id = ascii('id');
      const idle = of(execution);
      const busy = of(executionScope(ascii('busy')));
      const reader = of(executionScope(ascii('reader')));
      const transaction = of(transactionScope(id, id));
      const attach = of(attachScope(id));
      for (const each of [idle, busy, reader, transaction, attach]) await each.append('a', '', ascii('1'));
      await of(executionScope(ascii('never written'))).keepAlive();
      now += DAY_MS - 1000;
      await busy.append('a', '', ascii('2'));
      await reader.keepAlive();
      expect(await timed.collectExpired()).toBe(0);
      now += 2000;
      expect(await timed.collectExpired()).toBe(1);
      expect(await idle.logScan('a', '')).toEqual([]);
      expect((await reader.logScan('a', '')).length).toBe(1);
      now += DAY_MS;
      expect(await timed.collectExpired()).toBe(2);
      now += 6 * DAY_MS;
      expect(await timed.collectExpired()).toBe(1);
      expect(await timed.counts()).toEqual({ scopes: 1, states: 0, counters: 0, logItems: 1, queueItems: 0 });
      // A process that writes after a long silence finds the rest by itself, and its own scope anew.
      now += 30 * DAY_MS;
      await busy.append('a', '', ascii('3'));
      expect(await timed.counts()).toEqual({ scopes: 1, states: 0, counters: 0, logItems: 1, queueItems: 0 });
    });

    it('collects more scopes than fit one transaction', async () => {
      let now = Date.UTC(2030, 0, 1);
      const timed = open({ now: () => now, lifetimes: { execution: 10 } });
      for (let at = 0; at < 250; at += 1) await new ScopedStorage(timed, executionScope(bytes(1, at))).counterAdd('a', '', 1);
      now += 11_000;
      expect(await timed.collectExpired()).toBe(250);
      expect((await timed.counts()).counters).toBe(0);
    });

    it('does what a simple model does, for any sequence of calls', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(operations, { maxLength: 40 }), async (sequence: Operation[]) => {
          await place.reset();
          const subject = new ScopedStorage(open(), execution);
          const model = new ScopedStorage(new MemoryStorage(), execution);
          for (const operation of sequence) expect(await operation.run(subject), operation.text).toEqual(await operation.run(model));
          for (const each of opened.splice(0)) await each.close();
        }),
        { numRuns: 60, seed: 20_260 },
      );
    });

    if (place.shared) sharedContract(open, execution);
  });
}

/** What holds between two openings of one place, which stand for two processes. */
function sharedContract(open: (options?: StorageOptions) => Storage, scope: StorageScope): void {
  it('shows to others what was stored', async () => {
    const [a, b] = [new ScopedStorage(open(), scope), new ScopedStorage(open(), scope)];
    await a.statePut('a', 'k', ascii('1'));
    expect(plain(await b.stateGet('a', 'k'))).toBe('1');
    await b.append('a', 'k', ascii('1'));
    await a.append('a', 'k', ascii('2'));
    expect((await b.logScan('a', 'k')).map(({ value }) => plain(value))).toEqual(['1', '2']);
    await a.queuePush('q', [ascii('1')]);
    expect([plain(await b.queuePop('q')), await a.queuePop('q')]).toEqual(['1', undefined]);
    expect(await b.counterAdd('a', 'n', 1)).toBe(1);
    expect(await a.counterAdd('a', 'n', 1)).toBe(2);
  });

  it('stores what is written after another process cleared, emptied or expired the scope', async () => {
    let now = Date.UTC(2030, 0, 1);
    const storages = [open({ now: () => now }), open({ now: () => now })] as const;
    const [a, b] = [new ScopedStorage(storages[0], scope), new ScopedStorage(storages[1], scope)];
    await a.statePut('a', 'k', ascii('1'));
    await b.clear();
    await a.statePutMany('a', [['k', ascii('2')], ['l', ascii('2')]]);
    expect((await b.stateDrain('a')).length).toBe(2);
    await a.append('a', 'k', ascii('3'));
    now += 2 * DAY_MS;
    expect(await storages[1].collectExpired()).toBe(1);
    now -= 2 * DAY_MS;
    await a.counterAdd('a', 'k', 4);
    expect(await b.counterGet('a', 'k')).toBe(4);
    await b.clear();
    await a.queuePush('a', [ascii('5')]);
    expect(await storages[1].counts()).toEqual({ scopes: 1, states: 0, counters: 0, logItems: 0, queueItems: 1 });
  });
}
