import { expect } from 'vitest';
import { batchesOf, call, type ConformanceCall, failure } from './conformance-call.ts';

const noSession = ['RuntimeError', 'no sticky counter bound to this request'];

/** Sizes that no cap of a byte transport minds, and the sessions that only HTTP has. */
export const oversizedAndSessionCalls: readonly ConformanceCall[] = [
  ...[0, 1_000_000].map((size) =>
    call('oversized_unary', `${size} bytes`, async (client) => {
      expect(Buffer.compare(await client.oversizedUnary({ targetBytes: BigInt(size) }), new Uint8Array(size))).toBe(0);
    }),
  ),
  call('oversized_unary', 'negative size', async (client) => {
    const error = await failure(client.oversizedUnary({ targetBytes: -1n }));
    expect([error.type, error.message]).toEqual(['ValueError', 'target_bytes must be non-negative']);
  }),
  call('produce_oversized_batch', 'one batch', async (client) => {
    const batches = await batchesOf(await client.produceOversizedBatch({ rowsPerBatch: 3n }));
    expect(batches).toStrictEqual([{ index: [0n, 1n, 2n], value: [0n, 10n, 20n] }]);
  }),

  call('open_counter', 'there are no sessions here', async (client) => {
    const error = await failure(client.openCounter({ initial: 1n }));
    expect([error.type, error.message]).toEqual(['RuntimeError', 'sticky sessions not available on this transport']);
  }),
  call('increment_counter', 'no session', async (client) => {
    const error = await failure(client.incrementCounter({ by: 1n }));
    expect([error.type, error.message]).toEqual(noSession);
  }),
  call('close_counter', 'no session', async (client) => {
    const error = await failure(client.closeCounter());
    expect([error.type, error.message]).toEqual(noSession);
  }),
  call('stream_session_counter', 'no session', async (client) => {
    const error = await failure(client.streamSessionCounter({ count: 1n }).then(batchesOf));
    expect([error.type, error.message]).toEqual(noSession);
  }),
  call('exchange_session_counter', 'no session', async (client) => {
    const error = await failure(client.exchangeSessionCounter().then((exchange) => exchange.exchange({ by: [1n] })));
    expect([error.type, error.message]).toEqual(noSession);
  }),
];
