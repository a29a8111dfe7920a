/** A worker declared as plain objects: two functions, a table and a view. Run by `bin/vgi-example-worker`. */
import { float64, int64, named, runWorker, scalarFunction, tableFunction, utf8 } from 'vgi-gen/worker';

const doubleIt = scalarFunction({
  name: 'double_it',
  description: 'Twice the value.',
  arguments: { value: int64 },
  returns: int64,
  evaluate: ({ value }) => value.map((each) => each * 2n),
});

const countdown = tableFunction({
  name: 'countdown',
  description: 'Whole numbers from a start down to 0.',
  arguments: { start: int64, step: named(int64, { default: 1n, doc: 'Distance between two numbers.' }) },
  columns: { n: int64 },
  *scan({ start, step }) {
    const batch = 2048n;
    for (let top = start; top >= 0n; top -= batch * step) {
      const left = top / step + 1n;
      yield { n: BigInt64Array.from({ length: Number(left < batch ? left : batch) }, (_, i) => top - BigInt(i) * step) };
    }
  },
});

const mountains = tableFunction({
  name: 'mountain_list',
  description: 'Mountains with their height.',
  columns: { name: utf8, range: utf8, height_m: float64 },
  cardinality: () => ({ estimate: 5n, max: 5n }),
  *scan() {
    yield {
      name: ['Mont Blanc', 'Dufourspitze', 'Denali', 'Aconcagua', 'Matterhorn'],
      range: ['Alps', 'Alps', 'Alaska Range', 'Andes', 'Alps'],
      height_m: new Float64Array([4805.6, 4634, 6190, 6961, 4478]),
    };
  },
});

await runWorker({
  name: 'example',
  comment: 'The example worker of vgi-gen.',
  schemas: {
    main: {
      functions: [doubleIt, countdown],
      tables: { mountains: { function: mountains, comment: 'High mountains' } },
      views: { alps: { sql: "SELECT name, height_m FROM mountains WHERE range = 'Alps'" } },
    },
  },
});
