import { join } from 'node:path';
import { HttpConnection } from 'vgi-gen/runtime/http';
import type { ClientProducer } from 'vgi-gen/runtime/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeClientClient } from '../../../generated/native-client/ts/index.ts';
import { batchesOf, failure, plain } from '../calls/conformance-call.ts';
import { binOf, type Mode, openWorker, type OpenWorker } from './reference-worker.ts';

interface Setting {
  readonly name: string;
  readonly mode: Mode;
  readonly flags?: readonly string[];
  readonly prefix?: string;
  /** Bytes that an answer may have. */
  readonly budget?: number;
}

/** The modes of the worker (vgi-rpc, native-client-conformance). */
const settings: readonly Setting[] = [
  { name: 'stdio', mode: 'pipe' },
  { name: 'unix', mode: 'unix' },
  { name: 'tcp', mode: 'tcp' },
  { name: 'http', mode: 'http' },
  { name: 'http below a prefix', mode: 'http', flags: ['--prefix', '/vgi'], prefix: '/vgi' },
  { name: 'http with sticky sessions', mode: 'http', flags: ['--sticky'] },
  { name: 'http with external storage', mode: 'http', flags: ['--external', '--external-threshold', '4096'] },
  { name: 'http with a budget for producers', mode: 'http', flags: ['--producer-turn-bytes', '65536'], budget: 65_536 },
  { name: 'https', mode: 'http', flags: ['--tls'] },
];

const command = ({ flags = [] }: Setting): string[] => [join(binOf('newest'), 'python'), '-m', 'vgi_rpc.conformance.client_worker', ...flags];

const nothing = { nullable_float: [null], tags: [null], category: [null], event_time: [null], amount: [null], nested: [null] };
const noRows = { nullable_float: [], tags: [], category: [], event_time: [], amount: [], nested: [] };
const filled = {
  nullable_float: [-0.5, null],
  tags: [['a', null, ''], []],
  category: ['repeated', 'repeated'],
  event_time: [1_700_000_000_000_001n, -1n],
  amount: [-(10n ** 17n), 12_345n],
  nested: [{ name: 'n', scores: [1, null, -(2 ** 31)] }, { name: null, scores: null }],
};

const text = (payload: unknown): string => Buffer.from(payload as Uint8Array).toString();
const drained = <T extends object>(producer: Promise<ClientProducer<T>>) => producer.then(batchesOf);

describe.each(settings)('the native-client worker over $name', (setting) => {
  let worker: OpenWorker;
  let client: NativeClientClient;

  beforeAll(async () => {
    worker = await openWorker(setting.mode, command(setting), ['--stdio'], setting.prefix === undefined ? {} : { url: setting.prefix });
    client = new NativeClientClient(worker.connection);
  });

  afterAll(async () => {
    await worker.connection.close();
    await worker.stop();
  });

  it.each([['of nulls', [nothing]], ['without rows', [noRows]], ['with values', [filled]], ['of all kinds in one stream', [nothing, noRows, filled, noRows, nothing]]])('takes batches %s in the declared schema', async (_title, batches) => {
    const exchange = await client.typedExchange();
    for (const batch of batches) expect(plain(await exchange.exchange(batch as never))).toEqual(batch);
    await exchange.close();
  });

  it('sends batch after batch', async () => {
    const batches = await drained(client.producerSequence({ count: 5n, payloadBytes: 20_000n }));
    expect(batches.map(({ index, payload }) => [index?.[0], (payload?.[0] as Uint8Array).length, (payload?.[0] as Uint8Array)[19_999]])).toEqual([0, 1, 2, 3, 4].map((i) => [BigInt(i), 20_000, i]));
  });

  it('sends data without rows, ends in the turn of its last batch, or at once', async () => {
    const mixed = await drained(client.producerZeroRowThenValue());
    expect(mixed.map(({ index, payload }) => [index, payload?.map(text)])).toEqual([[[], []], [[7n], ['after-zero']]]);
    const [last, ...none] = await drained(client.producerEmitAndFinish());
    expect([last?.index, last?.payload?.map(text), none]).toEqual([[99n], ['terminal'], []]);
    expect(await drained(client.producerEmpty())).toEqual([]);
  });

  it('stops a producer that is left early, and goes on', async () => {
    for await (const { index } of await client.producerSequence({ count: 1_000n, payloadBytes: 10n })) if (index[0] === 3n) break;
    expect(text(await client.echoBytes({ value: Buffer.from('on') }))).toBe('on');
  });

  it.each([0, 5_000, 200_000])('carries %i bytes either way', async (size) => {
    const expected = Uint8Array.from({ length: size }, (_, i) => i % 251);
    const response = client.largeResponse({ size: BigInt(size) });
    if (size > (setting.budget ?? Infinity)) expect((await failure(response)).type).toBe('ResponseTooLargeError');
    else expect(Buffer.compare(await response, expected)).toBe(0);
    if (size > (setting.budget ?? Infinity)) return;
    expect(Buffer.compare(await client.echoBytes({ value: expected }), expected)).toBe(0);
  });

  it('fails as it says', async () => {
    expect((await failure(client.largeResponse({ size: -1n }))).type).toBe('ValueError');
    expect((await failure(client.incrementClientSession({ by: 1n }))).type).toBe('RuntimeError');
  });

  if (!setting.flags?.includes('--sticky')) return;

  it('keeps a counter in a session', async () => {
    const session = (worker.connection as HttpConnection).session();
    const counting = new NativeClientClient(session);
    expect(await counting.openClientSession({ initial: 5n })).toBe(5n);
    expect(await counting.incrementClientSession({ by: 3n })).toBe(8n);
    expect(await counting.closeClientSession()).toBe(8n);
    expect((await failure(counting.incrementClientSession({ by: 1n }))).type).toBe('RuntimeError');
    await session.close();
  });
});
