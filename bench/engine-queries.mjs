/**
 * Runs the queries of the engine benchmark once against the worker of a LOCATION; prints the figures as JSON. One engine a process. With
 * further arguments only the figures of these names.
 */
import { openEngine } from '../engines/open-engine.mjs';

const [location, ...wanted] = process.argv.slice(2);
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

/** Million rows a second of a query that has one known answer. */
async function rate(rows, sql, answer) {
  const [[found]] = (await connection.runAndReadAll(sql)).getRowsJson();
  if (String(found) !== String(answer)) throw new Error(`${sql}: the answer is ${found}, not ${answer}`);
  return rows / (await bestOf(5, sql)) / 1000;
}

const sum = (from, to) => ((BigInt(from) + BigInt(to) - 1n) * (BigInt(to) - BigInt(from))) / 2n;

const queries = {
  'point-query': () => bestOf(20, 'SELECT w.double(21)'),
  double: () => rate(2e6, 'SELECT sum(w.double(i)) FROM t', 2n * sum(0, 2e6)),
  'upper-case': () => rate(2e6, 'SELECT count(w.upper_case(s)) FROM t', 2e6),
  passthru: () => rate(2e6, 'SELECT count(w.passthru(s)) FROM t', 2e6),
  'sequence-2048': () => rate(2e6, 'SELECT sum(n) FROM w.sequence(2000000, 2048)', sum(0, 2e6)),
  'sequence-65536': () => rate(8e6, 'SELECT sum(n) FROM w.sequence(8000000, 65536)', sum(0, 8e6)),
  filtered: () => rate(8e6, 'SELECT sum(n) FROM w.filtered(8000000) WHERE n >= 3000000 AND n < 3800000', sum(3e6, 3.8e6)),
  'partitioned-4': async () => {
    await connection.run('SET threads = 4');
    const figure = await rate(16e6, 'SELECT sum(n) FROM w.partitioned(16000000)', sum(0, 16e6));
    await connection.run('SET threads = 2');
    return figure;
  },
};

/** Each a worker of its own: the extension keeps workers by the text of their location. */
async function attach() {
  let best = Infinity;
  for (let i = 0; i < 5; i++) best = Math.min(best, await milliseconds(`ATTACH 'bench' AS w${i} (TYPE vgi, LOCATION 'BENCH_RUN=${i} ${location}')`));
  return best;
}

const figures = { attach: await attach() };
await connection.run(`ATTACH 'bench' AS w (TYPE vgi, LOCATION '${location}')`);
for (const [name, query] of Object.entries(queries)) if (wanted.length === 0 || wanted.includes(name)) figures[name] = await query();
console.log(JSON.stringify(figures));
process.exit(0);
