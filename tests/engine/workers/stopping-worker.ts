/** A worker whose functions go on for ever, and tell in the file named by STOP_LOG where they begin and what becomes of them. */
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { bufferedTableFunction, int64, rowFunction, runWorker, scalarFunction, tableFunction, tableInOutFunction, tableInput } from 'vgi-gen/worker';

const log = (text: string): void => appendFileSync(process.env['STOP_LOG'] as string, `${text}\n`);

const numbers = (from: bigint): BigInt64Array => BigInt64Array.from({ length: 2048 }, (_, row) => from + BigInt(row));
const rows = tableInput({ i: int64 });
const columns = { n: int64 };

const functions = [
  scalarFunction({
    name: 'scalar',
    arguments: { value: int64 },
    returns: int64,
    async evaluate({ value }, { call }) {
      log('begins');
      call.signal.addEventListener('abort', () => log('aborted'), { once: true });
      await setTimeout(5);
      return value;
    },
  }),
  tableFunction({
    name: 'scan',
    columns,
    async *scan(_, { executionStorage, signal }) {
      log('begins');
      try {
        for (let n = 0n; ; n += 2048n) {
          await (await executionStorage()).counterAdd('batches', '', 1);
          yield { n: numbers(n) };
        }
      } finally {
        log(`finally ${signal.aborted}`);
      }
    },
    onCancel: () => log('onCancel'),
  }),
  tableFunction({
    name: 'steps',
    columns,
    start() {
      log('begins');
      return { at: 0n };
    },
    next(state) {
      state.at += 2048n;
      return { n: numbers(state.at) };
    },
    onCancel: (_args, _context, state) => log(`onCancel at ${state ? typeof state.at : 'nothing'}`),
  }),
  tableFunction({
    name: 'shared_scan',
    columns,
    maxWorkers: 4,
    plan: () => Array.from({ length: 5000 }, (_, item) => item),
    async *scan(_, { item }) {
      log('begins');
      try {
        await setTimeout(2);
        yield { n: numbers(BigInt(item)) };
      } finally {
        log('finally');
      }
    },
    onCancel: () => log('onCancel'),
  }),
  tableInOutFunction({
    name: 'map',
    arguments: { rows },
    columns,
    state: () => ({ batches: 0 }),
    async map({ rows: input }, context) {
      context.state.batches++;
      log('begins');
      await (await context.executionStorage()).counterAdd('batches', '', 1);
      await setTimeout(5);
      return { n: input.column('i') };
    },
    *finalize() {
      yield { n: [-1n] };
    },
    onCancel: (_, { state }) => log(`onCancel after ${state.batches > 0 ? 'some' : 'no'} batches`),
  }),
  tableInOutFunction({
    name: 'finalize',
    arguments: { rows },
    columns,
    maxWorkers: 1,
    map: () => ({ n: [] }),
    *finalize() {
      log('begins');
      try {
        for (let n = 0n; ; n += 2048n) yield { n: numbers(n) };
      } finally {
        log('finally');
      }
    },
    onCancel: () => log('onCancel'),
  }),
  rowFunction({
    name: 'each_row',
    arguments: { value: int64 },
    columns,
    async map({ value }) {
      log('begins');
      await setTimeout(5);
      return { n: value as BigInt64Array };
    },
  }),
  bufferedTableFunction({
    name: 'buffered',
    arguments: { rows },
    columns,
    async process({ rows: input }, { buffer }) {
      log('takes');
      await buffer('rows').append(input);
    },
    async *finalize(_, { buffer }) {
      log('begins');
      try {
        const batches = [];
        for await (const batch of buffer('rows')) batches.push({ n: batch.column('i') });
        while (batches.length > 0) yield* batches;
      } finally {
        log('finally');
      }
    },
    onCancel: () => log('onCancel'),
  }),
  bufferedTableFunction({
    name: 'taking',
    arguments: { rows },
    columns,
    async process({ rows: input }, { buffer }) {
      log('begins');
      await buffer('rows').append(input);
      await setTimeout(2);
    },
    *finalize() {
      yield { n: [0n] };
    },
  }),
];

await runWorker({ name: 'stopping', schemas: { main: { functions } } });
