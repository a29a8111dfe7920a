import { expect } from 'vitest';
import type { ConformanceClient } from '../../../generated/conformance/ts/index.ts';
import { call, type ConformanceCall, failure, plain } from './conformance-call.ts';

const counters = async (client: ConformanceClient): Promise<number[]> => (await client.cancelProbeCounters()).map(Number);

/** A call that starts with counters at 0. */
const probed = (method: string, title: string, run: ConformanceCall['run']): ConformanceCall =>
  call(method, title, async (client) => {
    await client.resetCancelProbe();
    await run(client);
  });

export const cancelCalls: readonly ConformanceCall[] = [
  probed('cancellable_producer', 'cancel after two batches', async (client) => {
    const producer = await client.cancellableProducer();
    const batches = producer[Symbol.asyncIterator]();
    for (const i of [0n, 1n]) {
      const { value } = (await batches.next()) as { value: object };
      expect(plain(value)).toStrictEqual({ index: [i], value: [10n * i] });
    }
    await producer.cancel();
    expect(await counters(client)).toEqual([2, 0, 1]);
  }),
  probed('cancellable_producer', 'cancel before the first batch', async (client) => {
    await (await client.cancellableProducer()).cancel();
    expect(await counters(client)).toEqual([0, 0, 1]);
  }),
  probed('cancellable_producer', 'close is no cancel', async (client) => {
    for await (const batch of await client.cancellableProducer()) {
      expect(plain(batch)).toStrictEqual({ index: [0n], value: [0n] });
      break;
    }
    expect(await counters(client)).toEqual([1, 0, 0]);
  }),
  probed('cancellable_exchange', 'cancel after three turns', async (client) => {
    const exchange = await client.cancellableExchange();
    for (const x of [1, 2, 3]) expect(plain(await exchange.exchange({ value: [x] }))).toStrictEqual({ value: [x] });
    await exchange.cancel();
    expect(await counters(client)).toEqual([0, 3, 1]);
  }),
  probed('cancellable_exchange', 'cancel before the first turn', async (client) => {
    await (await client.cancellableExchange()).cancel();
    expect(await counters(client)).toEqual([0, 0, 1]);
  }),
  probed('cancellable_exchange', 'a second cancel and a close change nothing', async (client) => {
    const exchange = await client.cancellableExchange();
    await exchange.exchange({ value: [1] });
    await exchange.cancel();
    await exchange.cancel();
    await exchange.close();
    expect(await counters(client)).toEqual([0, 1, 1]);
  }),
  probed('cancellable_exchange', 'cancel after close changes nothing', async (client) => {
    const exchange = await client.cancellableExchange();
    await exchange.exchange({ value: [1] });
    await exchange.close();
    await exchange.cancel();
    expect(await counters(client)).toEqual([0, 1, 0]);
  }),
  probed('cancellable_exchange', 'a turn after a cancel is an error', async (client) => {
    const exchange = await client.cancellableExchange();
    await exchange.cancel();
    expect((await failure(exchange.exchange({ value: [99] }))).type).toBe('ProtocolError');
    expect(await counters(client)).toEqual([0, 0, 1]);
  }),
  call('cancel_probe_counters', 'three counters', async (client) => {
    await (await client.cancellableProducer()).cancel();
    expect(await client.cancelProbeCounters()).toHaveLength(3);
  }),
  call('reset_cancel_probe', 'sets them to 0', async (client) => {
    await (await client.cancellableProducer()).cancel();
    expect((await counters(client))[2]).toBeGreaterThan(0);
    expect(await client.resetCancelProbe()).toBeUndefined();
    expect(await counters(client)).toEqual([0, 0, 0]);
  }),
];
