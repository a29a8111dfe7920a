/** The functions of bench/engine-worker.mjs on @query-farm/vgi, written as its documentation shows. */
import { batchFromColumns, defineScalarFunction, defineTableFunction, int, str, toSchema, Worker } from '@query-farm/vgi';

const double = defineScalarFunction({
  name: 'double',
  params: { value: int },
  returns: int,
  compute: (batch) => {
    const values = batch.getChildAt(0);
    const out = new BigInt64Array(batch.numRows);
    for (let row = 0; row < out.length; row++) out[row] = values.get(row) * 2n;
    return out;
  },
});

const upperCase = defineScalarFunction({
  name: 'upper_case',
  params: { value: str },
  returns: str,
  compute: (batch) => Array.from(batch.getChildAt(0), (value) => (value == null ? null : value.toUpperCase())),
});

const passthru = defineScalarFunction({
  name: 'passthru',
  params: { value: str },
  returns: str,
  compute: (batch) => Array.from(batch.getChildAt(0)),
});

/** Numbers from a first one on, made as in bench/engine-worker.mjs. */
function numbers(first, length) {
  const n = new BigInt64Array(length);
  let next = BigInt(first);
  for (let row = 0; row < length; row++) {
    n[row] = next;
    next = BigInt.asIntN(64, next + 1n);
  }
  return n;
}

const schema = toSchema({ n: int });

/** The next batch of a state with `at`, `end` and `size`. */
function emitNext(state, out) {
  const rows = Math.min(state.size, state.end - state.at);
  out.emit(batchFromColumns({ n: numbers(state.at, rows) }, schema));
  state.at += rows;
}

const sequence = defineTableFunction({
  name: 'sequence',
  args: { count: int, batch_size: int },
  onBind: () => ({ outputSchema: schema }),
  initialState: ({ args }) => ({ at: 0, end: Number(args.count), size: Number(args.batch_size) }),
  process: (_, state, out) => (state.at >= state.end ? out.finish() : emitNext(state, out)),
});

const filtered = defineTableFunction({
  name: 'filtered',
  args: { count: int },
  filterPushdown: true,
  autoApplyFilters: true,
  onBind: () => ({ outputSchema: schema }),
  initialState: ({ args }) => ({ at: 0, end: Number(args.count), size: 65_536 }),
  process: (_, state, out) => (state.at >= state.end ? out.finish() : emitNext(state, out)),
});

const part = 1_000_000;
/** With splits: the queue of its shared storage, which is the other way, needs Bun. */
const partitioned = defineTableFunction({
  name: 'partitioned',
  args: { count: int },
  maxWorkers: 4,
  supportsSplits: true,
  onBind: () => ({ outputSchema: schema }),
  plan: ({ args }) => ({ splits: Array.from({ length: Math.ceil(Number(args.count) / part) }, (_, index) => ({ payload: Buffer.from(String(index * part)) })) }),
  initialState: ({ splitPayloads }) => ({ firsts: splitPayloads.map((payload) => Number(Buffer.from(payload).toString())), at: 0, end: 0, size: 65_536 }),
  process({ args }, state, out) {
    if (state.at >= state.end) {
      const first = state.firsts.shift();
      if (first === undefined) return out.finish();
      state.at = first;
      state.end = Math.min(first + part, Number(args.count));
    }
    emitNext(state, out);
  },
});

new Worker({ catalog: { name: 'bench', schemas: [{ name: 'main', functions: [double, upperCase, passthru, sequence, filtered, partitioned] }] } }).run();
