/** A worker whose functions fail at every place and in every way in which code of an author can. */
import { appendFileSync, writeSync } from 'node:fs';
import { bufferedTableFunction, int64, RpcError, rowFunction, runWorker, scalarFunction, tableFunction, tableInOutFunction, tableInput, type WorkerFunction } from 'vgi-gen/worker';
import { failing, type Kind, kinds, LATER, type Place, ROWS, type Way, type WrongResult, wrongResults } from '../failing-functions.ts';

/** What runs at a place: it may throw, give a promise that rejects, or do nothing. */
type Act = () => Promise<never> | undefined;

const failures: Readonly<Record<Way, () => unknown>> = {
  throws: () => {
    throw new TypeError('the cause');
  },
  refuses: () => {
    throw new RpcError('the cause', { type: 'ValueError' });
  },
  throws_text: () => {
    throw 'the cause';
  },
  rejects: () => Promise.reject(new Error('the cause')),
  lets_reject: () => {
    void Promise.reject(new Error('the cause'));
    return new Promise(() => {});
  },
  exits: () => process.exit(3),
  is_killed: () => process.kill(process.pid, 'SIGKILL'),
  babbles: () => {
    writeSync(1, 'to descriptor 1\n'.repeat(100));
    process.stdout.write('to process.stdout\n');
    console.log('to the console');
  },
  hangs: () => {
    appendFileSync(process.env['HANGING'] as string, `${process.pid}\n`);
    return new Promise(() => {});
  },
};

const results: Readonly<Record<WrongResult, (values: BigInt64Array) => unknown>> = {
  text_for_numbers: (values) => ({ n: Array.from(values, () => 'text'), m: values }),
  too_few: (values) => ({ n: values, m: values.subarray(1) }),
  too_many: (values) => ({ n: values, m: [...values, 0n] }),
  lacks_column: (values) => ({ n: values }),
  other_column: (values) => ({ n: values, other: values }),
  nothing: () => undefined,
  number: () => 7,
};

/** What a function does: at each place, and with the values of a batch. */
interface Behaviour {
  act(place: Place): Promise<never> | undefined;
  result(values: BigInt64Array): { n: BigInt64Array };
}

const act = (way: Way): Act => failures[way] as Act;
const columns = { n: int64, m: int64 };
const placeOf = (values: ArrayLike<unknown>): 'first' | 'later' => ((values[0] as bigint) >= LATER ? 'later' : 'first');

const makers: Readonly<Record<Kind, (name: string, behaviour: Behaviour) => WorkerFunction>> = {
  scalar: (name, { act, result }) =>
    scalarFunction({
      name,
      arguments: { value: int64 },
      returns: () => {
        act('bind');
        return int64;
      },
      evaluate({ value }) {
        const given: unknown = act(placeOf(value)) ?? result(value as BigInt64Array);
        if (given instanceof Promise || typeof given !== 'object') return given as Promise<never>;
        return (Object.values(given as object).find((each) => each !== value) ?? value) as BigInt64Array;
      },
    }),
  table: (name, { act, result }) =>
    tableFunction({
      name,
      columns,
      bind: () => act('bind') ?? {},
      plan: () => act('init') ?? [0],
      async *scan() {
        for (let from = 0n; from < ROWS; from += 2048n) {
          const values = BigInt64Array.from({ length: 2048 }, (_, row) => from + BigInt(row));
          await act(placeOf(values));
          yield result(values);
        }
        await act('end');
      },
    }),
  table_in_out: (name, { act, result }) =>
    tableInOutFunction({
      name,
      arguments: { rows: tableInput({ i: int64 }) },
      maxWorkers: 1,
      columns,
      bind: () => act('bind') ?? {},
      state: () => act('init'),
      map({ rows }) {
        const values = rows.values('i') as BigInt64Array;
        return act(placeOf(values)) ?? result(values);
      },
      async *finalize() {
        await act('finalize');
        yield { n: [], m: [] };
        await act('finalize_later');
      },
    }),
  row: (name, { act, result }) =>
    rowFunction({
      name,
      arguments: { value: int64 },
      columns,
      bind: () => act('bind') ?? {},
      map: ({ value }) => act(placeOf(value)) ?? result(value as BigInt64Array),
    }),
  buffered: (name, { act, result }) =>
    bufferedTableFunction({
      name,
      arguments: { rows: tableInput({ i: int64 }) },
      inputOrder: 'source',
      columns,
      bind: () => act('bind') ?? {},
      async process({ rows }, { buffer }) {
        await act(placeOf(rows.values('i')));
        await buffer('rows').append(rows);
      },
      combine: () => act('combine'),
      async *finalize(_, { buffer }) {
        await act('finalize');
        for await (const batch of buffer('rows')) {
          const values = batch.column('i').values() as BigInt64Array;
          if (placeOf(values) === 'later') await act('finalize_later');
          yield result(values);
        }
      },
    }),
};

const nowhere = (): undefined => undefined;
const right = (values: BigInt64Array): { n: BigInt64Array } => ({ n: values, m: values }) as { n: BigInt64Array };

const functions = [
  ...failing.map(({ kind, place, way, name }) => makers[kind](name, { act: (at) => (at === place ? act(way)() : undefined), result: right })),
  ...kinds.flatMap((kind) => [
    makers[kind](`${kind}_right`, { act: nowhere, result: right }),
    ...wrongResults.map((wrong) => makers[kind](`${kind}_gives_${wrong}`, { act: nowhere, result: results[wrong] as Behaviour['result'] })),
  ]),
];

await runWorker({ name: 'failing', schemas: { main: { functions } } });
