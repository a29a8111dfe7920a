/** The functions that bench/engine.bench.mjs calls through DuckDB, as a project writes them that has installed the package. */
import { int64, runWorker, scalarFunction, tableFunction, utf8 } from 'vgi-gen/worker';

const double = scalarFunction({
  name: 'double',
  arguments: { value: int64 },
  returns: int64,
  evaluate: ({ value }) => {
    const out = new BigInt64Array(value.length);
    for (let row = 0; row < out.length; row++) out[row] = value[row] * 2n;
    return out;
  },
});

const upperCase = scalarFunction({ name: 'upper_case', arguments: { value: utf8 }, returns: utf8, evaluate: ({ value }) => value.map((each) => each.toUpperCase()) });
const passthru = scalarFunction({ name: 'passthru', arguments: { value: utf8 }, returns: utf8, evaluate: (_, { column }) => column('value') });

/** Numbers from a first one on. V8 computes 64-bit integers without allocating as long as they are cut to 64 bits. */
function numbers(first, length) {
  const n = new BigInt64Array(length);
  let next = BigInt(first);
  for (let row = 0; row < length; row++) {
    n[row] = next;
    next = BigInt.asIntN(64, next + 1n);
  }
  return n;
}

function* batches(from, to, size) {
  for (let at = from; at < to; at += size) yield { n: numbers(at, Math.min(size, to - at)) };
}

const sequence = tableFunction({
  name: 'sequence',
  arguments: { count: int64, batch_size: int64 },
  columns: { n: int64 },
  scan: ({ count, batch_size }) => batches(0, Number(count), Number(batch_size)),
});

const filtered = tableFunction({
  name: 'filtered',
  arguments: { count: int64 },
  columns: { n: int64 },
  filters: 'auto',
  scan: ({ count }) => batches(0, Number(count), 65_536),
});

const part = 1_000_000;
const partitioned = tableFunction({
  name: 'partitioned',
  arguments: { count: int64 },
  columns: { n: int64 },
  maxWorkers: 4,
  plan: ({ count }) => Array.from({ length: Math.ceil(Number(count) / part) }, (_, index) => index * part),
  scan: ({ count }, { item }) => batches(item, Math.min(item + part, Number(count)), 65_536),
});

await runWorker({ name: 'bench', schemas: { main: { functions: [double, upperCase, passthru, sequence, filtered, partitioned] } } });
