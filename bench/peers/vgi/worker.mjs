/** The functions of bench/engine-worker.ts on @query-farm/vgi, written as its documentation shows. */
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

const schema = toSchema({ n: int });
const sequence = defineTableFunction({
  name: 'sequence',
  args: { count: int, batch_size: int },
  onBind: () => ({ outputSchema: schema }),
  initialState: ({ args }) => ({ at: 0, count: Number(args.count), size: Number(args.batch_size) }),
  process: (_, state, out) => {
    if (state.at >= state.count) return out.finish();
    const rows = Math.min(state.size, state.count - state.at);
    const n = new BigInt64Array(rows);
    for (let row = 0; row < rows; row++) n[row] = BigInt(state.at + row);
    out.emit(batchFromColumns({ n }, schema));
    state.at += rows;
  },
});

new Worker({ catalog: { name: 'bench', schemas: [{ name: 'main', functions: [double, upperCase, passthru, sequence] }] } }).run();
