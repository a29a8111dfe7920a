/**
 * A DuckDB process that runs SQL for a test: one JSON object a line in on stdin, one a line out on stdout.
 *
 *   in   {"id": 1, "sql": "...", "connection": "a"}     connection is optional; each name is a connection of its own
 *        {"id": 2, "interrupt": "a"}
 *   out  {"id": 1, "columns": ["x"], "types": ["BIGINT"], "rows": [["1"]]}   or   {"id": 1, "error": "..."}
 *
 * Values come as text as DuckDB prints them, NULL as null. Arguments: engine folder, then settings as JSON.
 */
import { createInterface } from 'node:readline';
import { openEngine } from './open-engine.mjs';

const [engine, settings] = process.argv.slice(2);
const { instance, connection } = await openEngine(engine, JSON.parse(settings ?? '{}'));
const connections = new Map([['main', connection]]);

const send = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

async function connectionNamed(name) {
  let found = connections.get(name);
  if (!found) connections.set(name, (found = await instance.connect()));
  return found;
}

async function answer({ id, sql, connection: name = 'main', interrupt }) {
  try {
    if (interrupt) {
      (await connectionNamed(interrupt)).interrupt();
      send({ id });
      return;
    }
    const reader = await (await connectionNamed(name)).runAndReadAll(sql);
    const rows = reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
    send({ id, columns: reader.columnNames(), types: reader.columnTypes().map(String), rows });
  } catch (error) {
    send({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

send({ ready: true });
const running = new Set();
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const done = answer(JSON.parse(line)).finally(() => running.delete(done));
  running.add(done);
}
await Promise.all(running);
process.exit(0);
