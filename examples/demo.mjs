/** `make demo`: stock DuckDB in this process attaches a worker built on the generated protocol, and asks it things. */
import { fileURLToPath } from 'node:url';
import { openEngine } from '../engines/open-engine.mjs';

const worker = fileURLToPath(new URL('../bin/vgi-example-worker', import.meta.url));

const statements = [
  ['attach the worker', `ATTACH 'example' AS ex (TYPE vgi, LOCATION '${worker}')`],
  ['a scalar function over a million rows', 'SELECT count(*) AS rows, sum(ex.double_it(i)) AS total FROM range(1000000) t(i)'],
  ['a table function with arguments', "SELECT * FROM ex.countdown(5, step := 2)"],
  ['a table backed by a function, with a filter', "SELECT name, height_m FROM ex.mountains WHERE height_m > 4500 ORDER BY height_m DESC"],
  ['a view of the worker', 'SELECT * FROM ex.alps ORDER BY name'],
  [
    'our functions in the catalog',
    "SELECT function_name, function_type, parameters, parameter_types, description FROM duckdb_functions() WHERE database_name = 'ex' ORDER BY 1",
  ],
  ['detach', 'DETACH ex'],
];

const { connection } = await openEngine('duckdb-1.5.5');
const version = (await connection.runAndReadAll('SELECT version()')).getRows()[0][0];
console.log(`DuckDB ${version} with the VGI extension\n`);

let failed = false;
for (const [title, sql] of statements) {
  console.log(`-- ${title}\n${sql};`);
  const start = performance.now();
  try {
    const reader = await connection.runAndReadAll(sql);
    const milliseconds = (performance.now() - start).toFixed(1);
    printTable(reader.columnNames(), reader.getRows());
    console.log(`(${milliseconds} ms)\n`);
  } catch (error) {
    failed = true;
    console.log(`failed: ${error.message}\n`);
  }
}
process.exit(failed ? 1 : 0);

/** Prints rows as an aligned table, nothing for statements without rows. */
function printTable(columns, rows) {
  if (rows.length === 0) return;
  const cells = [columns, ...rows].map((row) => row.map((value) => (value === null ? 'NULL' : String(value))));
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => cell.padEnd(widths[column])).join(' | ').trimEnd();
  console.log([line(cells[0]), widths.map((width) => '-'.repeat(width)).join('-+-'), ...cells.slice(1).map(line)].join('\n'));
}
