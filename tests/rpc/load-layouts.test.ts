import { expect, it } from 'vitest';
import { deferredModule } from '../../runtime/rpc/deferred-module.ts';
import type { ProtocolDescriptor } from '../../runtime/rpc/descriptor.ts';
import { loadLayouts } from '../../runtime/rpc/load-layouts.ts';
import { ServiceTable } from '../../runtime/rpc/service.ts';

const protocol = (layouts: ProtocolDescriptor['layouts']): ProtocolDescriptor => ({
  name: 'p',
  wireName: 'p',
  service: 'P',
  requestContract: 'exact',
  versions: ['1.0.0', '2.0.0'],
  currentVersion: '2.0.0',
  methods: {},
  hash: '',
  ...(layouts && { layouts }),
});

it('a deferred module is there once it was loaded, and not before', async () => {
  let loads = 0;
  const deferred = deferredModule(async () => ({ loads: ++loads }));
  expect(() => deferred.module).toThrow('await loadLayouts(protocol, version)');
  await deferred.load();
  expect(deferred.module).toEqual({ loads: 1 });
  expect(deferred.load()).toBeUndefined();
});

it('a load that failed is tried again', async () => {
  let fails = true;
  const deferred = deferredModule(async () => {
    if (fails) throw new Error('gone');
    return 1;
  });
  await expect(deferred.load()).rejects.toThrow('gone');
  fails = false;
  await deferred.load();
  expect(deferred.module).toBe(1);
});

it('a version loads the layouts it needs, and waits for nothing once they are there', async () => {
  const [first, second] = [deferredModule(async () => 'first'), deferredModule(async () => 'second')];
  const descriptor = protocol({ '1.0.0': [first, second] });
  expect(loadLayouts(descriptor, '2.0.0')).toBeUndefined();
  expect(loadLayouts(protocol(undefined), '1.0.0')).toBeUndefined();
  await loadLayouts(descriptor, '1.0.0');
  expect([first.module, second.module]).toEqual(['first', 'second']);
  expect(loadLayouts(descriptor, '1.0.0')).toBeUndefined();
});

it.each([undefined, '1.0.0', '9.9.9'])('a service held to an earlier version has its layouts for a client of %s', async (version) => {
  const first = deferredModule(async () => 'first');
  const held = { ...protocol({ '1.0.0': [first] }), versions: ['1.0.0'], currentVersion: '1.0.0' };
  await new ServiceTable([{ protocol: held, handlers: {} }], { serverId: 'a' }).prepared(new Map(version === undefined ? [] : [['vgi_rpc.protocol_version', version]]));
  expect(first.module).toBe('first');
});
