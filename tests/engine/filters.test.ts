import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundledWorker, bundleWorker } from './bundled-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';
import { FilterQueries } from './filter-queries.ts';

interface Pushed {
  readonly table: string;
  readonly filters: string;
  readonly columns: readonly string[];
}

/** Conditions drawn for the newest engine; FILTER_QUERIES asks for more. The older ones get a fifth of it. */
const QUERIES = Number(process.env['FILTER_QUERIES'] ?? 500);
const SEED = Number(process.env['FILTER_SEED'] ?? 20_261_121);

let worker: BundledWorker;
beforeAll(async () => {
  worker = await bundleWorker('./filter-worker.ts');
});
afterAll(() => worker.remove());

/** An engine with the worker attached and the unfiltered rows of its table in a local one. */
async function openTables(engine: string, threads = '2'): Promise<{ session: DuckDbSession; pushed(): Pushed[] }> {
  const log = join(worker.folder, `${engine}.log`);
  const session = await DuckDbSession.start(engine, { threads }, { FILTER_LOG: log });
  await session.query(`ATTACH 'filters' AS w (TYPE vgi, LOCATION '${worker.command}')`);
  await session.query('CREATE TABLE local AS SELECT * FROM w.plain');
  const pushed = (): Pushed[] => {
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    rmSync(log);
    return lines.map((line) => JSON.parse(line) as Pushed);
  };
  pushed();
  return { session, pushed };
}

describe.each([
  ['duckdb-1.5.5', QUERIES],
  ['duckdb-1.5.4', Math.ceil(QUERIES / 5)],
  ['haybarn-1.5.3', Math.ceil(QUERIES / 5)],
])('filters of %s', (engine, count) => {
  it(`give the rows that DuckDB gives, ${count} times`, { timeout: 60_000 + count * 100 }, async () => {
    const { session, pushed } = await openTables(engine);
    const queries = new FilterQueries(SEED);
    const arrived = new Set<string>();
    const wrong: string[] = [];
    let withFilter = 0;
    for (let i = 0; i < count; i++) {
      const condition = queries.next();
      const rows = async (table: string): Promise<string | null | undefined> => (await session.query(`SELECT list(id ORDER BY id) FROM ${table} WHERE ${condition}`)).rows[0]?.[0];
      const expected = await rows('local');
      const given = await rows('w.filtered').catch((error: Error) => error.message);
      const scans = pushed();
      if (given !== expected) wrong.push(`${condition}\n  pushed: ${scans[0]?.filters}\n  expected ${String(expected).slice(0, 300)}\n  got      ${String(given).slice(0, 300)}`);
      if (scans.some(({ filters }) => filters !== '')) withFilter++;
      for (const { filters } of scans) for (const [node] of filters.matchAll(/ (?:=|<>|<|<=|>|>=|IN|OR|AND|IS NULL)(?= |\)|$)|\.[a-d]\b/g)) arrived.add(node.trim());
    }
    expect(wrong, `${wrong.length} of ${count} conditions of seed ${SEED}`).toEqual([]);
    // The rest could be answered without a scan, or is what DuckDB keeps to itself.
    expect(withFilter / count).toBeGreaterThan(0.5);
    expect([...arrived]).toEqual(expect.arrayContaining(['.a', '.b', '.c', '.d', '<', '<=', '<>', '=', '>', '>=', 'AND', 'IN', 'IS NULL', 'OR']));
    await session.close();
  });

  it('read columns that only a filter needs', async () => {
    const { session, pushed } = await openTables(engine);
    const [expected, given] = await Promise.all(['local', 'w.filtered'].map((table) => session.query(`SELECT sum(id), min(text) FROM ${table} WHERE i32 > 5 AND day > DATE '2000-01-01'`, table)));
    expect(given?.rows).toEqual(expected?.rows);
    expect(pushed().map(({ columns }) => [...columns].sort())).toEqual([['day', 'i32', 'id', 'text']]);
    await session.close();
  });

  it('become known while the scan runs', async () => {
    const { session, pushed } = await openTables(engine, '1');
    expect((await session.query('SELECT n FROM w.falling(200000) ORDER BY n DESC LIMIT 3')).rows).toEqual([['200000'], ['199999'], ['199998']]);
    const scans = pushed();
    expect(scans[0]?.filters).toBe('');
    expect(scans.at(-1)?.filters).toMatch(/^\[n >=? 19999[78]\]$/);
    await session.close();
  });
});

describe('hints under DuckDB 1.5.5', () => {
  it('reach the scan', async () => {
    const { session } = await openTables('duckdb-1.5.5');
    expect((await session.query('SELECT order_by, n FROM w.asked() ORDER BY n DESC NULLS FIRST LIMIT 5')).rows[0]?.[0]).toBe('{"column":"n","direction":"descending","nulls":"first","limit":5}');
    expect((await session.query('SELECT sample FROM w.asked() TABLESAMPLE SYSTEM (10 PERCENT) REPEATABLE (42)')).rows).toEqual([['{"percentage":10,"seed":42}']]);
    await session.close();
  });

  it('leave required filters to the author if he wants them', async () => {
    const { session } = await openTables('duckdb-1.5.5');
    // This scan shows its filter and does not apply it: what it yields is not filtered again.
    expect((await session.query('SELECT n, filters FROM w.asked() WHERE n > 5')).rows).toEqual([['1', 'n > 5']]);
    await session.close();
  });
});
