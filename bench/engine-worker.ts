/** The functions that bench/engine.bench.mjs calls through DuckDB. */
import { int64, runWorker, scalarFunction, tableFunction, utf8 } from 'vgi-gen/worker';

const double = scalarFunction({
  name: 'double',
  arguments: { value: int64 },
  returns: int64,
  evaluate: ({ value }) => {
    const out = new BigInt64Array(value.length);
    for (let row = 0; row < out.length; row++) out[row] = (value[row] as bigint) * 2n;
    return out;
  },
});

const upperCase = scalarFunction({ name: 'upper_case', arguments: { value: utf8 }, returns: utf8, evaluate: ({ value }) => value.map((each) => each.toUpperCase()) });
const passthru = scalarFunction({ name: 'passthru', arguments: { value: utf8 }, returns: utf8, evaluate: (_, { column }) => column('value') });

const sequence = tableFunction({
  name: 'sequence',
  arguments: { count: int64, batch_size: int64 },
  columns: { n: int64 },
  *scan({ count, batch_size }) {
    const size = Number(batch_size);
    for (let at = 0; at < count; at += size) {
      const n = new BigInt64Array(Math.min(size, Number(count) - at));
      for (let row = 0; row < n.length; row++) n[row] = BigInt(at + row);
      yield { n };
    }
  },
});

await runWorker({ name: 'bench', schemas: { main: { functions: [double, upperCase, passthru, sequence] } } });
