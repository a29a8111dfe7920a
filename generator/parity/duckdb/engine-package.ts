import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import engines from './engines.json' with { type: 'json' };

/** An installed package that brings a DuckDB. */
export interface EnginePackage {
  /** `@duckdb/node-api`. */
  readonly name: string;
  /** `1.5.5-r.5`: the version of DuckDB, then that of the package. */
  readonly version: string;
  readonly folder: string;
}

/** The specifier of the package that loads extensions built for a version of DuckDB: the one they were tested with, or else any of it. */
export const wantedPackage = (duckdbVersion: string): string => (engines.tested as Readonly<Record<string, string>>)[duckdbVersion] ?? `${engines.packages[0]}@~${duckdbVersion}-0`;

const duckdbVersionOf = ({ version }: EnginePackage): string => version.replace(/-.*$/, '');

/**
 * Finds an installed package with that version of DuckDB: where the extension is installed, in the project, or in a folder of `engines/`.
 * `given` is the folder of a package or one that has it installed; it is the only place then.
 */
export function findEngine(duckdbVersion: string, extension: string, folders: readonly string[], given: string | undefined): { readonly found?: EnginePackage; readonly others: readonly EnginePackage[] } {
  const places = given === undefined ? [dirname(extension), ...folders, ...folders.flatMap(enginesBelow)] : [given];
  const installed = places.flatMap((place) => packagesFrom(resolve(place)));
  const found = installed.find((each) => duckdbVersionOf(each) === duckdbVersion);
  return { ...(found && { found }), others: installed };
}

function enginesBelow(folder: string): string[] {
  const parent = join(folder, 'engines');
  return existsSync(parent) ? readdirSync(parent, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(parent, entry.name)] : [])) : [];
}

/** The packages that a module in this folder could import, and the folder itself if it is one. */
function packagesFrom(folder: string): EnginePackage[] {
  const { paths } = createRequire(join(folder, 'noop.js')).resolve;
  const candidates = [folder, ...engines.packages.flatMap((name) => (paths(name) ?? []).map((parent) => join(parent, name)))];
  return candidates.flatMap((candidate) => packageIn(candidate) ?? []);
}

function packageIn(folder: string): EnginePackage | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Partial<EnginePackage>;
  return name !== undefined && version !== undefined && engines.packages.includes(name) ? { name, version, folder } : undefined;
}
