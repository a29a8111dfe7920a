/** A worker whose scans do all that scans can do wrong, and tell what became of them in the file named by SCAN_LOG. */
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { columnFrom } from 'vgi-gen/runtime/v1';
import { constant, date, float64, int64, named, notNull, ofType, runWorker, scalarFunction, tableFunction, timestamp, utf8, varargs, withMetadata } from 'vgi-gen/worker';

const log = (text: string): void => {
  const path = process.env['SCAN_LOG'];
  if (path) appendFileSync(path, `${text}\n`);
};

/** As many columns as there are further arguments, of their types and names of their own; the state says how often a bind ran. */
const constantColumns = tableFunction({
  name: 'constant_columns',
  arguments: { rows: int64, values: varargs(float64) },
  bind({ values }) {
    log(`bind ${values.length}`);
    return { columns: Object.fromEntries(values.map((_, index) => [`c${index}`, notNull(float64)])), state: { values, when: new Map([['day', 1n]]) } };
  },
  *scan({ rows }, { bound }) {
    if (!bound) throw new Error('no state');
    yield Object.fromEntries(bound.values.map((value, index) => [`c${index}`, new Float64Array(Number(rows)).fill(value ?? 0)]));
  },
});

const uuids = tableFunction({
  name: 'uuids',
  columns: { id: withMetadata(ofType({ kind: 'fixed_binary', width: 16 }), { 'ARROW:extension:name': 'arrow.uuid', 'ARROW:extension:metadata': '' }) },
  *scan() {
    yield { id: [new Uint8Array(16).fill(0x11)] };
  },
});

const shared = tableFunction({
  name: 'shared',
  arguments: { items: int64, rows: named(int64, { default: 100n }), sleep: named(int64, { default: 0n }), workers: named(int64, { default: 8n }) },
  columns: { item: int64, pid: int64 },
  maxWorkers: 8,
  plan({ items }) {
    log('plan');
    return Array.from({ length: Number(items) }, (_, index) => ({ index, name: `item ${index}` }));
  },
  async *scan({ rows, sleep }, { item, executionStorage }) {
    try {
      if (sleep > 0n) await setTimeout(Number(sleep));
      await (await executionStorage()).counterAdd('seen', item.name, 1);
      yield { item: new BigInt64Array(Number(rows)).fill(BigInt(item.index)), pid: new BigInt64Array(Number(rows)).fill(BigInt(process.pid)) };
    } finally {
      log(`item ${item.index}`);
    }
  },
});

/** Like `shared`, with the client handing out the items. */
const split = tableFunction({
  name: 'split',
  arguments: { items: int64 },
  columns: { item: int64, pid: int64 },
  filters: 'auto',
  splits: true,
  plan: ({ items }, { filters }) => {
    log('plan');
    const wanted = filters.valuesOf('item') as readonly bigint[] | undefined;
    return wanted ?? Array.from({ length: Number(items) }, (_, index) => BigInt(index));
  },
  *scan(_, { item }) {
    log(`item ${item}`);
    yield { item: [item], pid: [BigInt(process.pid)] };
  },
});

/** Statistics of columns of several types; they promise more than the rows keep, so that a scan that was left out can be told. */
const known = tableFunction({
  name: 'known',
  columns: { i: int64, s: utf8, f: float64, d: date, t: timestamp('us'), never: int64 },
  statistics: () => ({
    i: { min: -5n, max: 5n, hasNull: false, distinctCount: 11n },
    s: { min: 'b', max: 'd', containsUnicode: false, maxStringLength: 1n },
    f: { min: 0.5, max: 1.5 },
    d: { min: 0, max: 10 },
    t: { min: 0n, max: 1_000_000n },
    never: { hasNotNull: false },
  }),
  *scan() {
    yield { i: [99n], s: ['z'], f: [99], d: [99], t: [99_000_000n], never: [99n] };
  },
});

const endless = tableFunction({
  name: 'endless',
  columns: { n: int64 },
  *scan(_, { signal }) {
    log('begin');
    try {
      for (let n = 0n; ; n++) yield { n: [n] };
    } finally {
      log(`finally aborted=${signal.aborted}`);
    }
  },
  onCancel: () => log('onCancel'),
});

type Mistake = (n: bigint) => unknown;

/** Mistakes of a scan, after a batch that is right. */
const mistakes: Readonly<Record<string, Mistake>> = {
  plain_error: () => {
    throw new TypeError('something is undefined');
  },
  wrong_type: () => ({ a: ['text'], b: ['text'] }),
  wrong_column_type: () => ({ a: columnFrom({ kind: 'utf8' }, ['text']), b: ['text'] }),
  wrong_rows: () => ({ a: [1n, 2n], b: ['one'] }),
  unknown_column: () => ({ a: [1n], b: ['one'], c: [1n] }),
  missing_column: () => ({ a: [1n] }),
  not_columns: () => 7,
};

const wrong = tableFunction({
  name: 'wrong',
  arguments: { mistake: constant(utf8, { choices: Object.keys(mistakes) }) },
  columns: { a: int64, b: utf8 },
  *scan({ mistake }) {
    yield { a: [0n], b: ['right'] };
    yield mistakes[mistake]?.(1n) as never;
  },
});

const badBind = tableFunction({
  name: 'bad_bind',
  bind() {
    throw new TypeError('nothing to bind to');
  },
  *scan() {},
});

const badPlan = tableFunction({
  name: 'bad_plan',
  columns: { n: int64 },
  plan() {
    throw new TypeError('nothing to plan');
  },
  *scan() {},
});

const badScalar = scalarFunction({
  name: 'bad_scalar',
  arguments: { value: int64 },
  returns: int64,
  evaluate({ value }) {
    return (value as unknown as { nothing: { at: (row: number) => never } }).nothing.at(0);
  },
});

await runWorker({ name: 'scans', schemas: { main: { functions: [constantColumns, uuids, shared, split, known, endless, wrong, badBind, badPlan, badScalar] } } });
