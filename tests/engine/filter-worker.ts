/**
 * A worker for the filter tests: tables with a column of every comparable type, once filtered by the framework and once by DuckDB. Scans
 * append what was pushed down to the file named by FILTER_LOG, one JSON line each.
 */
import { appendFileSync } from 'node:fs';
import { type ColumnType, int64, ofType, predicatesText, runWorker, type ScanContext, tableFunction } from 'vgi-gen/worker';
import { sampleColumns, sampleValues } from '../filters/sample-table.ts';

const ROWS = 1500;
const BATCH = 500;

const columns: Record<string, ColumnType> = { id: int64, ...Object.fromEntries(Object.entries(sampleColumns).map(([name, { type }]) => [name, ofType(type)])) };
const data = new Map(Object.keys(sampleColumns).map((name) => [name, sampleValues(name, ROWS)]));

function log(table: string, context: ScanContext, columnsAsked: readonly string[]): void {
  const path = process.env['FILTER_LOG'];
  if (path) appendFileSync(path, `${JSON.stringify({ table, filters: predicatesText(context.filters.predicates), columns: columnsAsked })}\n`);
}

function* scan(table: string, context: ScanContext): Generator<Record<string, unknown[]>> {
  log(table, context, context.columns);
  for (let start = 0; start < ROWS; start += BATCH) {
    yield Object.fromEntries(
      context.columns.map((name) => [name, name === 'id' ? Array.from({ length: BATCH }, (_, row) => BigInt(start + row)) : (data.get(name) as unknown[]).slice(start, start + BATCH)]),
    );
  }
}

const filtered = tableFunction({ name: 'filtered_scan', columns, filters: 'auto', scan: (_, context) => scan('filtered', context) });
const plain = tableFunction({ name: 'plain_scan', columns, scan: (_, context) => scan('plain', context) });

/** Many rows in falling order, for filters that only become known while the scan runs. */
const falling = tableFunction({
  name: 'falling',
  arguments: { rows: int64 },
  columns: { n: int64 },
  filters: 'auto',
  *scan({ rows }, context) {
    for (let top = rows; top > 0n; top -= 2048n) {
      log('falling', context, context.columns);
      const count = Number(top < 2048n ? top : 2048n);
      yield { n: BigInt64Array.from({ length: count }, (_, row) => top - BigInt(row)) };
    }
  },
});

/** Answers with what it was asked for instead of rows of its own. */
const asked = tableFunction({
  name: 'asked',
  columns: { n: int64, order_by: ofType({ kind: 'utf8' }), sample: ofType({ kind: 'utf8' }), filters: ofType({ kind: 'utf8' }) },
  filters: 'author',
  sampling: true,
  *scan(_, { orderBy, sample, filters }) {
    const text = (value: unknown): string => JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? Number(each) : each)) ?? 'nothing';
    yield { n: [1n], order_by: [text(orderBy)], sample: [text(sample)], filters: [predicatesText(filters.predicates)] };
  },
});

await runWorker({ name: 'filters', schemas: { main: { functions: [filtered, plain, falling, asked], tables: { filtered, plain } } } });
