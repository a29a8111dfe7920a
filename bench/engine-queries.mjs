/** Runs the queries of the engine benchmark once against the worker of a LOCATION; prints the figures as JSON. One engine a process. */
import { openEngine } from '../engines/open-engine.mjs';

const [location] = process.argv.slice(2);
const { connection } = await openEngine('duckdb-1.5.5', { threads: '2' });
await connection.run("CREATE TABLE t AS SELECT i, 'value ' || i AS s FROM range(2000000) r(i)");

async function milliseconds(sql) {
  const start = performance.now();
  await connection.runAndReadAll(sql);
  return performance.now() - start;
}

async function bestOf(times, sql) {
  let best = Infinity;
  for (let i = 0; i < times; i++) best = Math.min(best, await milliseconds(sql));
  return best;
}

const attach = await milliseconds(`ATTACH 'bench' AS w (TYPE vgi, LOCATION '${location}')`);
const rate = async (rows, sql) => rows / (await bestOf(3, sql)) / 1000;
const figures = {
  attach,
  'point-query': await bestOf(20, 'SELECT w.double(21)'),
  double: await rate(2e6, 'SELECT sum(w.double(i)) FROM t'),
  'upper-case': await rate(2e6, 'SELECT count(w.upper_case(s)) FROM t'),
  passthru: await rate(2e6, 'SELECT count(w.passthru(s)) FROM t'),
  'sequence-2048': await rate(2e6, 'SELECT sum(n) FROM w.sequence(2000000, 2048)'),
  'sequence-65536': await rate(8e6, 'SELECT sum(n) FROM w.sequence(8000000, 65536)'),
};
console.log(JSON.stringify(figures));
process.exit(0);
