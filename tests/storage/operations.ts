import fc from 'fast-check';
import type { ScopedStorage } from '../../storage/index.ts';

/** One call with drawn arguments; its answer is comparable between backends. */
export interface Operation {
  readonly text: string;
  run(storage: ScopedStorage): Promise<unknown>;
}

const namespace = fc.constantFrom('a', 'b');
const key = fc.constantFrom('', 'k', 'kk', 'z', 'ä');
const value = fc.uint8Array({ maxLength: 3 });
const bound = fc.option(key, { nil: undefined });
const limit = fc.option(fc.nat(3), { nil: undefined });

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function operation<T>(name: string, drawn: fc.Arbitrary<T>, run: (storage: ScopedStorage, drawn: T) => Promise<unknown>): fc.Arbitrary<Operation> {
  return drawn.map((values) => ({ text: `${name}(${fc.stringify(values)})`, run: (storage) => run(storage, values) }));
}

/** Any call of `ScopedStorage`, over few names so that calls meet. Ids of log items differ between backends, so their values are compared. */
export const operations: fc.Arbitrary<Operation> = fc.oneof(
  operation('get', fc.tuple(namespace, fc.array(key)), async (s, [ns, keys]) => (await s.stateGetMany(ns, keys)).map((found) => found && hex(found))),
  operation('put', fc.tuple(namespace, fc.array(fc.tuple(key, value))), async (s, [ns, entries]) => s.statePutMany(ns, entries)),
  operation('scan', fc.tuple(namespace, fc.record({ start: bound, end: bound, reverse: fc.boolean(), limit })), async (s, [ns, options]) =>
    (await s.stateScan(ns, options)).map((entry) => [hex(entry.key), hex(entry.value)]),
  ),
  operation('drain', namespace, async (s, ns) => (await s.stateDrain(ns)).map((entry) => [hex(entry.key), hex(entry.value)])),
  operation('delete', fc.tuple(namespace, fc.array(key)), async (s, [ns, keys]) => s.stateDelete(ns, keys)),
  operation('deleteRange', fc.tuple(namespace, fc.record({ start: bound, end: bound })), async (s, [ns, range]) => s.stateDeleteRange(ns, range)),
  operation('counterAdd', fc.tuple(namespace, key, fc.integer()), async (s, [ns, name, delta]) => s.counterAdd(ns, name, delta)),
  operation('counterGet', fc.tuple(namespace, key), async (s, [ns, name]) => s.counterGet(ns, name)),
  operation('append', fc.tuple(namespace, key, fc.array(value, { minLength: 1, maxLength: 3 })), async (s, [ns, name, items]) => {
    const before = (await s.logScan(ns, name)).at(-1)?.id ?? 0;
    return (await s.appendMany(ns, name, items)) > before;
  }),
  operation('logScan', fc.tuple(namespace, key, limit, fc.nat(3)), async (s, [ns, name, most, skipped]) => {
    const afterId = skipped === 0 ? undefined : (await s.logScan(ns, name))[skipped - 1]?.id;
    return (await s.logScan(ns, name, { afterId, limit: most })).map((entry) => hex(entry.value));
  }),
  operation('push', fc.tuple(namespace, fc.array(value, { maxLength: 3 })), async (s, [ns, items]) => s.queuePush(ns, items)),
  operation('pop', namespace, async (s, ns) => {
    const item = await s.queuePop(ns);
    return item && hex(item);
  }),
  operation('queueClear', namespace, async (s, ns) => s.queueClear(ns)),
  operation('keepAlive', fc.constant(undefined), async (s) => s.keepAlive()),
  { weight: 1, arbitrary: operation('clear', fc.constant(undefined), async (s) => s.clear()) },
);
