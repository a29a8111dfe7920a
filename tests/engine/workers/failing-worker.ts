import { writeSync } from 'node:fs';
import { bufferedTableFunction, int64, RpcError, rowFunction, runWorker, scalarFunction, tableFunction, tableInOutFunction, tableInput, utf8, type WorkerFunction } from 'vgi-gen/worker';

/** Ways in which code of an author goes wrong, each at any place where such code runs. */
const failures = {
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
  exits: () => process.exit(3),
  is_killed: () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  },
  babbles: () => {
    writeSync(1, 'the cause: an author who writes to stdout\n'.repeat(100));
  },
  hangs: () => new Promise(() => {}),
} as const satisfies Record<string, () => unknown>;

/** Results that are no results. */
const wrongResults: Readonly<Record<string, (values: BigInt64Array) => unknown>> = {
  gives_type: (values) => ({ n: Array.from(values, () => 'the cause') }),
  gives_rows: (values) => ({ n: values, m: values.subarray(1) }),
  gives_no_column: (values) => ({ m: values }),
  gives_unknown: (values) => ({ n: values, m: values, other: values }),
  gives_nothing: () => undefined,
  gives_number: () => 5,
};

type Fail = () => unknown;
const pass: Fail = () => {};
const columns = { n: int64, m: int64 };
/** Rows before the place "later". */
const LATER = 4096n;

interface At {
  readonly bind: Fail;
  readonly init: Fail;
  readonly first: Fail;
  readonly later: Fail;
  readonly combine: Fail;
  readonly finalize: Fail;
  readonly finalizeLater: Fail;
}
const nowhere: At = { bind: pass, init: pass, first: pass, later: pass, combine: pass, finalize: pass, finalizeLater: pass };

const isLater = (values: ArrayLike<bigint | null>): boolean => (values[0] ?? 0n) >= LATER;

const kinds: Readonly<Record<string, (name: string, at: At, result?: (values: BigInt64Array) => unknown) => WorkerFunction>> = {
  scalar: (name, at, result) =>
    scalarFunction({
      name,
      arguments: { value: int64 },
      returns: () => {
        at.bind();
        return int64;
      },
      evaluate: ({ value }) => {
        const failed = isLater(value) ? at.later() : at.first();
        if (failed instanceof Promise) return failed as Promise<BigInt64Array>;
        if (result) {
          const given = result(value as BigInt64Array) as Record<string, unknown> | undefined;
          return (given && typeof given === 'object' ? (given.m ?? given.n) : given) as BigInt64Array;
        }
        return value;
      },
    }),
  table: (name, at, result) =>
    tableFunction({
      name,
      columns,
      bind: () => (at.bind() as Promise<never>) ?? {},
      plan: () => (at.init() as Promise<never>) ?? [0],
      async *scan() {
        await at.first();
        for (let from = 0n; from < 3n * LATER; from += 2048n) {
          if (from === LATER) await at.later();
          const n = BigInt64Array.from({ length: 2048 }, (_, row) => from + BigInt(row));
          yield (result ? result(n) : { n, m: n }) as { n: BigInt64Array };
        }
        await at.finalize();
      },
    }),
  table_in_out: (name, at, result) =>
    tableInOutFunction({
      name,
      arguments: { rows: tableInput({ i: int64 }) },
      maxWorkers: 1,
      columns,
      bind: () => (at.bind() as Promise<never>) ?? {},
      state: () => {
        at.init();
        return { rows: 0 };
      },
      map: ({ rows }) => {
        const values = rows.values('i') as BigInt64Array;
        const failed = isLater(values) ? at.later() : at.first();
        if (failed instanceof Promise) return failed as Promise<never>;
        return (result ? result(values) : { n: values, m: values }) as { n: BigInt64Array };
      },
      async *finalize() {
        await at.finalize();
        yield { n: [-1n], m: [-1n] };
        await at.finalizeLater();
        if (at !== nowhere) yield { n: [-2n], m: [-2n] };
      },
    }),
  row: (name, at, result) =>
    rowFunction({
      name,
      arguments: { value: int64 },
      columns,
      bind: () => (at.bind() as Promise<never>) ?? {},
      map: ({ value }) => {
        const failed = isLater(value) ? at.later() : at.first();
        if (failed instanceof Promise) return failed as Promise<never>;
        return (result ? result(value as BigInt64Array) : { n: value, m: value }) as { n: BigInt64Array };
      },
    }),
  buffered: (name, at, result) =>
    bufferedTableFunction({
      name,
      arguments: { rows: tableInput({ i: int64 }) },
      inputOrder: 'source',
      columns,
      bind: () => (at.bind() as Promise<never>) ?? {},
      process: async ({ rows }, context) => {
        await (isLater(rows.values('i') as BigInt64Array) ? at.later() : at.first());
        await context.buffer('rows').append(rows);
      },
      combine: async () => {
        await at.combine();
      },
      async *finalize(_, context) {
        await at.finalize();
        for await (const batch of context.buffer('rows')) {
          const values = batch.column('i').values() as BigInt64Array;
          if (isLater(values)) await at.finalizeLater();
          yield (result ? result(values) : { n: values, m: values }) as { n: BigInt64Array };
        }
      },
    }),
};

const places: Readonly<Record<string, readonly (keyof At)[]>> = {
  scalar: ['bind', 'first', 'later'],
  table: ['bind', 'init', 'first', 'later', 'finalize'],
  table_in_out: ['bind', 'init', 'first', 'later', 'finalize', 'finalizeLater'],
  row: ['bind', 'first', 'later'],
  buffered: ['bind', 'first', 'later', 'combine', 'finalize', 'finalizeLater'],
};

const functions = Object.entries(kinds).flatMap(([kind, make]) => [
  make(`${kind}_fine`, nowhere),
  ...(places[kind] ?? []).flatMap((place) => Object.entries(failures).map(([how, fail]) => make(`${kind}_${place.toLowerCase()}_${how}`, { ...nowhere, [place]: fail }))),
  ...Object.entries(wrongResults).map(([how, result]) => make(`${kind}_${how}`, nowhere, result)),
]);

await runWorker({ name: 'failing', settings: { label: { type: utf8, description: 'Any text.' } }, schemas: { main: { functions } } });
