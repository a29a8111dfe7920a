import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  attachScope,
  executionScope,
  MAX_KEY_BYTES,
  MAX_NAMESPACE_BYTES,
  RESERVED_NAMESPACE_PREFIX,
  ScopedStorage,
  StorageError,
  transactionScope,
} from '../../storage/index.ts';
import { MemoryStorage } from '../../storage/memory-storage.ts';

const storage = new MemoryStorage();
const scope = executionScope(Buffer.from('execution'));
const scoped = new ScopedStorage(storage, scope);
const value = Buffer.from('value');

it('reserves the prefix that the protocol reserves', () => {
  const facts = readFileSync(new URL('../reference/vgi-protocol.json', import.meta.url), 'utf8');
  const reserved = [...facts.matchAll(/"(_vgi\/)[a-z_]+"/g)].map(([, prefix]) => prefix);
  expect(reserved.length).toBeGreaterThan(0);
  expect(new Set(reserved)).toEqual(new Set([RESERVED_NAMESPACE_PREFIX]));
});

it('keeps the namespaces of the framework from functions', () => {
  const message = 'storage: namespace "_vgi/tio_state" begins with "_vgi/", which belongs to the framework; choose another name';
  const calls: readonly ((of: ScopedStorage) => unknown)[] = [
    (of) => of.stateGet('_vgi/tio_state', 'k'),
    (of) => of.stateGetMany('_vgi/tio_state', ['k']),
    (of) => of.statePut('_vgi/tio_state', 'k', value),
    (of) => of.statePutMany('_vgi/tio_state', [['k', value]]),
    (of) => of.stateScan('_vgi/tio_state'),
    (of) => of.stateDrain('_vgi/tio_state'),
    (of) => of.stateDelete('_vgi/tio_state', ['k']),
    (of) => of.stateDeleteRange('_vgi/tio_state'),
    (of) => of.counterAdd('_vgi/tio_state', 'k', 1),
    (of) => of.counterGet('_vgi/tio_state', 'k'),
    (of) => of.append('_vgi/tio_state', 'k', value),
    (of) => of.appendMany('_vgi/tio_state', 'k', [value]),
    (of) => of.logScan('_vgi/tio_state', 'k'),
    (of) => of.queuePush('_vgi/tio_state', [value]),
    (of) => of.queuePop('_vgi/tio_state'),
    (of) => of.queueClear('_vgi/tio_state'),
  ];
  for (const call of calls) expect(() => call(scoped)).toThrow(message);
  const framework = new ScopedStorage(storage, scope, { reserved: true });
  for (const call of calls) expect(() => call(framework)).not.toThrow();
});

it('says what is wrong with an argument', () => {
  const namespaceRule = `storage: a namespace is text of 1 to ${MAX_NAMESPACE_BYTES} bytes without a zero byte`;
  expect(() => scoped.statePut('', 'k', value)).toThrow(namespaceRule);
  expect(() => scoped.statePut('a\0b', 'k', value)).toThrow(namespaceRule);
  expect(() => scoped.statePut('☃'.repeat(86), 'k', value)).toThrow(namespaceRule);
  expect(() => scoped.statePut('☃'.repeat(85), 'k', value)).not.toThrow();
  expect(() => scoped.statePut('n'.repeat(MAX_NAMESPACE_BYTES), new Uint8Array(MAX_KEY_BYTES), value)).not.toThrow();
  expect(() => scoped.statePut('a', new Uint8Array(1025), value)).toThrow('storage: a key has 1025 bytes, at most 1024 are stored; use a digest of it');
  expect(() => scoped.append('a', 'k', new Uint8Array(134_217_729))).toThrow('storage: a value has 134217729 bytes, at most 134217728 are stored; split it');
  expect(() => scoped.appendMany('a', 'k', [])).toThrow('storage: an append of no items has no id to return');
  expect(() => scoped.counterAdd('a', 'k', 0.5)).toThrow('storage: a counter takes whole numbers below 2^53, not 0.5');
  expect(() => scoped.stateScan('a', { limit: -1 })).toThrow('storage: a limit is a count of rows, not -1');
  expect(() => scoped.logScan('a', 'k', { afterId: Number.NaN })).toThrow('storage: a log goes on after the id of an item, not after NaN');
  expect(() => executionScope(new Uint8Array())).toThrow('storage: the execution id is empty, so nothing can be stored under it');
  expect(() => transactionScope(value, new Uint8Array())).toThrow('storage: the transaction data is empty');
  expect(() => attachScope(new Uint8Array())).toThrow(StorageError);
});

it('answers at once where the backend does', () => {
  expect(scoped.statePut('now', 'k', value)).toBeUndefined();
  expect(scoped.stateGet('now', 'k')).toEqual(Uint8Array.from(value));
  expect(scoped.append('now', 'k', value)).toBe(1);
});
