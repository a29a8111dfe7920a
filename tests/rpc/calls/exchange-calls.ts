import { type ClientExchange, field, float32, float64, int32, int64, RecordBatch, Schema } from 'vgi-gen/runtime/v1';
import { expect } from 'vitest';
import { call, type ConformanceCall, failure, keepLogs, line, plain } from './conformance-call.ts';
import { expectedRichHeader } from './expected-rich-header.ts';

interface Numbers {
  readonly value: Float64Array | readonly (number | null)[];
}

/** Sends each input and gives the answers as plain arrays, then closes. */
async function turns<In, Out extends object>(exchange: ClientExchange<In, Out, unknown>, inputs: readonly In[]): Promise<object[]> {
  const answers: object[] = [];
  for (const input of inputs) answers.push(plain(await exchange.exchange(input)));
  await exchange.close();
  return answers;
}

const numbers = (...value: number[]): Numbers => ({ value: Float64Array.from(value) });

const cast = (title: string, batch: RecordBatch): ConformanceCall =>
  call('exchange_cast_compatible', title, async (client) => {
    const exchange = await client.exchangeCastCompatible();
    expect(plain(await exchange.exchange(batch as never))).toStrictEqual({ value: [1, -2, 3] });
    await exchange.close();
  });

const column = (name: string, type: Parameters<typeof field>[1], nullable: boolean, values: readonly unknown[]): RecordBatch =>
  RecordBatch.of(new Schema([field(name, type, nullable)]), [values]);

export const exchangeCalls: readonly ConformanceCall[] = [
  call('exchange_scale', 'row by row', async (client) => {
    const answers = await turns(await client.exchangeScale({ factor: 2 }), [numbers(1, -2.5), numbers(), numbers(3)]);
    expect(answers).toStrictEqual([{ value: [2, -5] }, { value: [] }, { value: [6] }]);
  }),
  call('exchange_scale', 'null stays null', async (client) => {
    const answers = await turns(await client.exchangeScale({ factor: 3 }), [{ value: [1, null, 2] }]);
    expect(answers).toStrictEqual([{ value: [3, null, 6] }]);
  }),
  call('exchange_scale', '5,000 rows', async (client) => {
    const value = Float64Array.from({ length: 5_000 }, (_, i) => i);
    const [answer] = await turns(await client.exchangeScale({ factor: 0.5 }), [{ value }]);
    expect(answer).toStrictEqual({ value: Array.from(value, (x) => x * 0.5) });
  }),
  call('exchange_scale', 'no turn at all', async (client) => {
    await (await client.exchangeScale({ factor: 1 })).close();
  }),
  call('exchange_scale', 'a turn after close is an error', async (client) => {
    const exchange = await client.exchangeScale({ factor: 1 });
    await exchange.exchange(numbers(1));
    await exchange.close();
    expect((await failure(exchange.exchange(numbers(1)))).type).toBe('ProtocolError');
  }),
  call('exchange_accumulate', 'keeps its state', async (client) => {
    const answers = await turns(await client.exchangeAccumulate(), [numbers(1, 2), numbers(-3), numbers(10.5)]);
    expect(answers).toStrictEqual([
      { running_sum: [3], exchange_count: [1n] },
      { running_sum: [0], exchange_count: [2n] },
      { running_sum: [10.5], exchange_count: [3n] },
    ]);
  }),
  call('exchange_with_logs', 'two lines a turn', async (client) => {
    const { logs, options } = keepLogs();
    const exchange = await client.exchangeWithLogs(options);
    expect(plain(await exchange.exchange(numbers(1)))).toStrictEqual({ value: [1] });
    expect(logs.map(line)).toEqual(['INFO exchange processing', 'DEBUG exchange debug']);
    expect(plain(await exchange.exchange(numbers(2)))).toStrictEqual({ value: [2] });
    expect(logs).toHaveLength(4);
    await exchange.close();
  }),
  call('exchange_zero_columns', '100 turns', async (client) => {
    const answers = await turns(await client.exchangeZeroColumns(), Array.from({ length: 100 }, () => ({})));
    expect(answers).toStrictEqual(Array.from({ length: 100 }, () => ({})));
  }),
  ...[1, 3].map((failOn) =>
    call('exchange_error_on_nth', `turn ${failOn}`, async (client) => {
      const exchange = await client.exchangeErrorOnNth({ failOn: BigInt(failOn) });
      for (let turn = 1; turn < failOn; turn++) expect(plain(await exchange.exchange(numbers(turn)))).toStrictEqual({ value: [turn] });
      const error = await failure(exchange.exchange(numbers(failOn)));
      expect([error.type, error.message]).toEqual(['RuntimeError', `intentional error on exchange ${failOn}`]);
      expect((await failure(exchange.exchange(numbers(0)))).type).toBe('ProtocolError');
    }),
  ),
  call('exchange_error_on_init', 'no stream', async (client) => {
    const error = await failure(client.exchangeErrorOnInit().then((exchange) => exchange.exchange(numbers(1))));
    expect([error.type, error.message]).toEqual(['RuntimeError', 'intentional exchange init error']);
  }),
  cast('float64 as declared', column('value', float64, true, [1, -2, 3])),
  cast('float64 not null', column('value', float64, false, [1, -2, 3])),
  cast('float32', column('value', float32, true, [1, -2, 3])),
  cast('int32', column('value', int32, true, [1, -2, 3])),
  cast('int64', column('value', int64, true, [1n, -2n, 3n])),
  call('exchange_cast_compatible', 'another column name is refused', async (client) => {
    const exchange = await client.exchangeCastCompatible();
    const error = await failure(exchange.exchange(column('wrong', float64, true, [1]) as never));
    expect(error.type).toBe('TypeError');
  }),
  call('exchange_with_header', 'header, then turns', async (client) => {
    const exchange = await client.exchangeWithHeader({ factor: 2 });
    expect(exchange.header).toStrictEqual({ totalExpected: 0n, description: 'scale by 2.0' });
    expect(await turns(exchange, [numbers(1, 2)])).toStrictEqual([{ value: [2, 4] }]);
  }),
  call('exchange_with_rich_header', 'header, then turns', async (client) => {
    const exchange = await client.exchangeWithRichHeader({ seed: 42n, factor: -1 });
    expect(exchange.header).toStrictEqual(expectedRichHeader(42));
    expect(await turns(exchange, [numbers(1)])).toStrictEqual([{ value: [-1] }]);
  }),
  call('exchange_oversized', 'rows whatever comes in', async (client) => {
    const answers = await turns(await client.exchangeOversized({ rowsPerBatch: 2n }), [numbers(), numbers(5, 6, 7)]);
    const rows = { index: [0n, 1n], value: [0n, 10n] };
    expect(answers).toStrictEqual([rows, rows]);
  }),
];
