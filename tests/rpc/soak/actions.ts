import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import type { LogMessage } from 'vgi-gen/runtime/v1';
import type { ConformanceClient } from '../../../generated/conformance/ts/index.ts';

/** Numbers that follow from a seed (mulberry32), so that a failing run can be had again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }
}

/** One thing that a client does. `token` belongs to this one action: in an answer to anybody else it would be found. */
export interface Action {
  readonly name: string;
  /** How often it is chosen. */
  readonly weight: number;
  readonly run: (client: ConformanceClient, token: string, random: Random) => Promise<void>;
}

/** Longest that an answer may take, in milliseconds; one that takes longer counts as lost. */
export const LOST_AFTER = 30_000;
const timeout = LOST_AFTER;
const MAX_PAYLOAD = 200_000;
/** Most calls that one client makes at the same time. */
export const CALLS_AT_ONCE = 4;

/** Whether an error is the one that the service was told to raise; any other is thrown on. */
function remote(type: string, text: string): (error: Error & { type?: string }) => boolean {
  return (error) => {
    if (error.type !== type || !error.message.includes(text)) throw error;
    return true;
  };
}

export const actions: readonly Action[] = [
  { name: 'echo a text', weight: 6, run: async (client, token) => strictEqual(await client.echoString({ value: token }, { timeout }), token) },
  {
    name: 'echo bytes',
    weight: 3,
    run: async (client, token, random) => {
      const data = Buffer.alloc(random.below(MAX_PAYLOAD) + token.length, token);
      strictEqual(Buffer.compare(await client.echoBytes({ data }, { timeout }), data), 0, 'the bytes differ');
    },
  },
  {
    name: 'calls at the same time',
    weight: 2,
    run: async (client, _token, random) => {
      const values = Array.from({ length: CALLS_AT_ONCE }, () => BigInt(random.below(2 ** 31)));
      deepStrictEqual(await Promise.all(values.map((value) => client.echoInt({ value }, { timeout }))), values);
    },
  },
  {
    name: 'log lines',
    weight: 2,
    run: async (client, token) => {
      const logs: LogMessage[] = [];
      strictEqual(await client.echoWithInfoLog({ value: token }, { timeout, onLog: (log) => logs.push(log) }), token);
      deepStrictEqual(logs, [{ level: 'INFO', message: `info: ${token}`, extra: {} }]);
    },
  },
  {
    name: 'an error',
    weight: 2,
    run: (client, token) => rejects(client.raiseValueError({ message: token }, { timeout }), remote('ValueError', token)),
  },
  {
    name: 'a producer to its end, or left early',
    weight: 3,
    run: async (client, _token, random) => {
      const count = random.below(20);
      const wanted = random.below(20);
      let next = 0n;
      for await (const { index } of await client.produceN({ count: BigInt(count) }, { timeout })) {
        deepStrictEqual([...index], [next]);
        if (++next >= wanted) break;
      }
      strictEqual(Number(next), Math.min(count, Math.max(wanted, 1)));
    },
  },
  {
    name: 'a producer that fails',
    weight: 1,
    run: async (client) => {
      let batches = 0;
      await rejects(async () => {
        for await (const _ of await client.produceErrorMidStream({ emitBeforeError: 3n }, { timeout })) batches += 1;
      }, remote('RuntimeError', ''));
      strictEqual(batches, 3);
    },
  },
  {
    name: 'a running sum',
    weight: 3,
    run: async (client, _token, random) => {
      const exchange = await client.exchangeAccumulate({ timeout });
      let sum = 0;
      for (let turn = 1n, turns = random.below(10); turn <= turns; turn++) {
        const value = random.below(1000);
        sum += value;
        const { running_sum, exchange_count } = await exchange.exchange({ value: [value] });
        deepStrictEqual([[...running_sum], [...exchange_count]], [[sum], [turn]]);
      }
      await exchange.close();
    },
  },
  {
    name: 'a producer that is cancelled',
    weight: 2,
    run: async (client, _token, random) => {
      const producer = await client.cancellableProducer({ timeout });
      const batches = producer[Symbol.asyncIterator]();
      for (let taken = random.below(4); taken > 0; taken--) await batches.next();
      await producer.cancel();
    },
  },
  {
    name: 'an exchange that is aborted',
    weight: 2,
    run: async (client, token, random) => {
      const controller = new AbortController();
      const exchange = await client.cancellableExchange({ signal: controller.signal, timeout });
      for (let turn = random.below(3); turn > 0; turn--) await exchange.exchange({ value: [turn] });
      const last = exchange.exchange({ value: [0] });
      controller.abort(new Error(token));
      await rejects(last, { message: token });
      await exchange.close();
    },
  },
];
