/**
 * Opens DuckDB with the VGI extension inside this process. One engine a process: the extension keeps process-wide state.
 *
 * An engine is a folder beside this file with its own package.json: the DuckDB package and the extension built for it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const enginesFolder = fileURLToPath(new URL('.', import.meta.url));

/** Path of the extension binary for this machine, inside the engine's installed packages. */
export function extensionPath(engine) {
  const scope = join(enginesFolder, engine, 'node_modules', '@haybarn');
  const wanted = `-${process.platform}-${process.arch}`;
  const folder = existsSync(scope) ? readdirSync(scope).find((name) => name.startsWith('ext-vgi-') && name.endsWith(wanted)) : undefined;
  const path = folder && join(scope, folder, 'bin', 'vgi.duckdb_extension');
  if (!path || !existsSync(path)) {
    throw new Error(`engine ${engine} is not installed for ${process.platform} ${process.arch}: run "npm ci --prefix engines/${engine}"`);
  }
  return path;
}

/**
 * A DuckDB instance with the extension loaded.
 * @param {string} engine folder name, e.g. `duckdb-1.5.5`
 * @param {Record<string, string>} [settings] further DuckDB settings
 * @returns the connection factory of the instance and the package that it came from
 */
export async function openEngine(engine, settings = {}) {
  // Without the opt-out LOAD has crashed where the network is closed.
  process.env.QUERY_FARM_TELEMETRY_OPT_OUT = '1';
  const folder = join(enginesFolder, engine);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const packageName = Object.keys(dependencies).find((name) => name.endsWith('/node-api'));
  const extension = extensionPath(engine);
  const duckdb = createRequire(join(folder, 'package.json'))(packageName);
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    allow_unsigned_extensions: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...settings,
  });
  const connection = await instance.connect();
  await connection.run(`LOAD '${extension.replaceAll("'", "''")}'`);
  return { duckdb, instance, connection };
}
