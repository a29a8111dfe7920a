/** A worker whose scan makes only the columns that it is asked for, and tells which. */
import { type Columns, float64, int64, runWorker, tableFunction, utf8 } from 'vgi-gen/worker';

const columns = { id: int64, name: utf8, price: float64, secret: utf8 } satisfies Columns;
const ROWS = 10_000;

const made: { readonly [K in keyof typeof columns]: () => unknown[] } = {
  id: () => Array.from({ length: ROWS }, (_, row) => BigInt(row)),
  name: () => Array.from({ length: ROWS }, (_, row) => `name ${row % 10}`),
  price: () => Array.from({ length: ROWS }, (_, row) => row / 4),
  secret: () => {
    throw new Error('nobody asks for this column');
  },
};

const products = tableFunction({
  name: 'products',
  columns,
  filters: 'auto',
  async *scan(_, { columns: asked, executionStorage }) {
    await (await executionStorage()).statePut('made', '', Buffer.from(asked.join(' ')));
    yield Object.fromEntries(asked.map((column) => [column, made[column as keyof typeof made]()]));
  },
  async dynamicToString(_, { executionStorage }) {
    const storage = await executionStorage();
    const text = await storage.stateGet('made', '');
    await storage.clear();
    return { columns_made: Buffer.from(text ?? []).toString(), rows_made: ROWS };
  },
});

await runWorker({ name: 'explained', schemas: { main: { functions: [products] } } });
