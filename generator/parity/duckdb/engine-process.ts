/**
 * A DuckDB with one extension in a process of its own: the extension keeps process-wide state, and a crash of either must not end the
 * command. Arguments: folder of the engine package, extension file. One JSON object a line in, one a line out:
 *
 *   in   {"sql": "..."}         out  {} or {"error": "..."}, the first line before any question once the extension is loaded
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface Connection {
  runAndReadAll(sql: string): Promise<unknown>;
}

interface DuckDbPackage {
  readonly DuckDBInstance: { create(path: string, settings: Readonly<Record<string, string>>): Promise<{ connect(): Promise<Connection> }> };
}

const [folder = '', extension = ''] = process.argv.slice(2);
const send = (message: object): boolean => process.stdout.write(`${JSON.stringify(message)}\n`);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function open(): Promise<Connection> {
  const { DuckDBInstance } = createRequire(join(folder, 'package.json'))(folder) as DuckDbPackage;
  const settings = { allow_unsigned_extensions: 'true', autoinstall_known_extensions: 'false', autoload_known_extensions: 'false', threads: '4' };
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  await connection.runAndReadAll(`LOAD '${extension.replaceAll("'", "''")}'`);
  return connection;
}

try {
  const connection = await open();
  send({});
  for await (const line of createInterface({ input: process.stdin })) {
    const { sql } = JSON.parse(line) as { readonly sql: string };
    try {
      await connection.runAndReadAll(sql);
      send({});
    } catch (error) {
      send({ error: messageOf(error) });
    }
  }
} catch (error) {
  send({ error: messageOf(error) });
}
process.exit(0);
