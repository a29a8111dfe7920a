import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { sourceAliases } from '../../vitest.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bundles the fixture worker from the sources as they are and gives the command line that starts it. */
export function fixtureWorkerCommand(): string {
  const outdir = at('../../node_modules/.cache/vgi-gen/fixture-worker');
  buildSync({
    entryPoints: [at('../../fixtures/main.ts')],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    alias: sourceAliases,
    logLevel: 'warning',
  });
  return `${process.execPath} ${outdir}/main.mjs`;
}
