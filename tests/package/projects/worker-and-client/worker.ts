import { float64, int64, named, runWorker, scalarFunction, tableFunction, utf8 } from 'vgi-gen/worker';

const half = scalarFunction({
  name: 'half',
  description: 'Half of the value.',
  arguments: { value: float64 },
  returns: float64,
  evaluate: ({ value }) => value.map((each) => each / 2),
});

const squares = tableFunction({
  name: 'squares',
  description: 'The first square numbers.',
  arguments: { count: int64, label: named(utf8, { default: 'n', doc: 'Text in front of the number.' }) },
  columns: { name: utf8, square: int64 },
  *scan({ count, label }) {
    const roots = Array.from({ length: Number(count) }, (_, root) => BigInt(root));
    yield { name: roots.map((root) => `${label}${root}`), square: BigInt64Array.from(roots, (root) => root * root) };
  },
});

await runWorker({
  name: 'packed',
  schemas: { main: { functions: [half, squares], tables: { few_squares: { function: squares, arguments: { count: 3n } } } } },
});
