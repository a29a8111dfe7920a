import { expect } from 'vitest';
import { batchesOf, call, type ConformanceCall, countedBatches, failure, keepLogs, line, plain } from './conformance-call.ts';
import { expectedRichHeader } from './expected-rich-header.ts';

const dynamicRow = (i: number, strings: boolean, floats: boolean): object => ({
  index: [BigInt(i)],
  ...(strings && { label: [`row-${i}`] }),
  ...(floats && { score: [1.5 * i] }),
});

/** The columns asked for, in the order of the schema. */
const dynamic = (includeStrings: boolean, includeFloats: boolean): ConformanceCall =>
  call('produce_dynamic_schema', `strings ${includeStrings}, floats ${includeFloats}`, async (client) => {
    const producer = await client.produceDynamicSchema({ seed: 7n, count: 3n, includeStrings, includeFloats });
    expect(producer.header).toStrictEqual(expectedRichHeader(7));
    const batches = await batchesOf(producer);
    const expected = [0, 1, 2].map((i) => dynamicRow(i, includeStrings, includeFloats));
    expect(batches).toStrictEqual(expected);
    expect(batches.map((batch) => Object.keys(batch))).toEqual(expected.map((row) => Object.keys(row)));
  });

export const producerCalls: readonly ConformanceCall[] = [
  ...[0, 1, 5, 100].map((count) =>
    call('produce_n', `${count} batches`, async (client) => {
      expect(await batchesOf(await client.produceN({ count: BigInt(count) }))).toStrictEqual(countedBatches(count));
    }),
  ),
  call('produce_n', 'left early', async (client) => {
    const seen: unknown[] = [];
    for await (const batch of await client.produceN({ count: 1_000_000n })) {
      seen.push(plain(batch));
      if (seen.length === 3) break;
    }
    expect(seen).toStrictEqual(countedBatches(3));
  }),
  call('produce_n', 'closed without a turn', async (client) => {
    await (await client.produceN({ count: 5n })).close();
  }),
  call('produce_empty', 'ends at once', async (client) => {
    expect(await batchesOf(await client.produceEmpty())).toEqual([]);
  }),
  call('produce_single', 'one batch', async (client) => {
    expect(await batchesOf(await client.produceSingle())).toStrictEqual(countedBatches(1));
  }),
  call('produce_large_batches', 'index runs on', async (client) => {
    const batches = await batchesOf(await client.produceLargeBatches({ rowsPerBatch: 10_000n, batchCount: 3n }));
    expect(batches.map(({ index }) => index?.length)).toEqual([10_000, 10_000, 10_000]);
    const index = batches.flatMap((batch) => batch.index ?? []);
    const value = batches.flatMap((batch) => batch.value ?? []);
    expect(index.every((number, i) => number === BigInt(i))).toBe(true);
    expect(value.every((number, i) => number === BigInt(10 * i))).toBe(true);
  }),
  call('produce_with_logs', 'a line before each batch', async (client) => {
    const events: string[] = [];
    const producer = await client.produceWithLogs({ count: 3n }, { onLog: (log) => events.push(line(log)) });
    for await (const batch of producer) events.push(`batch ${plain(batch).index}`);
    expect(events).toEqual(['INFO producing batch 0', 'batch 0', 'INFO producing batch 1', 'batch 1', 'INFO producing batch 2', 'batch 2']);
  }),
  ...[0, 2].map((count) =>
    call('produce_error_mid_stream', `after ${count} batches`, async (client) => {
      const seen: unknown[] = [];
      const producer = await client.produceErrorMidStream({ emitBeforeError: BigInt(count) });
      const read = async (): Promise<void> => {
        for await (const batch of producer) seen.push(plain(batch));
      };
      const error = await failure(read());
      expect([error.type, error.message]).toEqual(['RuntimeError', `intentional error after ${count} batches`]);
      expect(seen).toStrictEqual(countedBatches(count));
    }),
  ),
  call('produce_error_on_init', 'no stream', async (client) => {
    const error = await failure(client.produceErrorOnInit().then(batchesOf));
    expect([error.type, error.message]).toEqual(['RuntimeError', 'intentional init error']);
  }),
  call('produce_error_on_init', 'closed without a turn', async (client) => {
    await (await client.produceErrorOnInit()).close();
  }),
  call('produce_with_header', 'header, then batches', async (client) => {
    const producer = await client.produceWithHeader({ count: 3n });
    expect(producer.header).toStrictEqual({ totalExpected: 3n, description: 'producing 3 batches' });
    expect(await batchesOf(producer)).toStrictEqual(countedBatches(3));
  }),
  call('produce_with_header_and_logs', 'the line comes with the header', async (client) => {
    const { logs, options } = keepLogs();
    const producer = await client.produceWithHeaderAndLogs({ count: 2n }, options);
    expect(logs.map(line)).toEqual(['INFO stream init log']);
    expect(producer.header).toStrictEqual({ totalExpected: 2n, description: 'producing 2 with logs' });
    expect(await batchesOf(producer)).toStrictEqual(countedBatches(2));
  }),
  ...([0, 7, 42, 1000] as const).map((seed) =>
    call('produce_with_rich_header', `seed ${seed}`, async (client) => {
      const producer = await client.produceWithRichHeader({ seed: BigInt(seed), count: 1n });
      expect(producer.header).toStrictEqual(expectedRichHeader(seed));
      expect(await batchesOf(producer)).toStrictEqual(countedBatches(1));
    }),
  ),
  dynamic(true, true),
  dynamic(true, false),
  dynamic(false, true),
  dynamic(false, false),
];
