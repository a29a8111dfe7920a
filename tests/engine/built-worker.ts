import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { sourceAliases } from '../../vitest.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bundles a worker of tests/engine/workers and gives the command line that starts it, for LOCATION. */
export function builtWorker(name: string): string {
  const outfile = at(`../../node_modules/.cache/vgi-gen/workers/${name}.mjs`);
  mkdirSync(at('../../node_modules/.cache/vgi-gen/workers'), { recursive: true });
  buildSync({
    entryPoints: [at(`workers/${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    alias: sourceAliases,
    logLevel: 'warning',
  });
  return `${process.execPath} ${outfile}`;
}
