import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sourceAliases } from '../../vitest.config.ts';

/** A worker of the tests as a program of its own, built from the sources as they are. */
export interface BundledWorker {
  /** Command line that starts it, for LOCATION. */
  readonly command: string;
  /** A folder that is the worker's alone. */
  readonly folder: string;
  remove(): void;
}

/** Bundles a TypeScript file beside this one. */
export async function bundleWorker(file: string): Promise<BundledWorker> {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-worker-'));
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL(file, import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    alias: sourceAliases,
    logLevel: 'warning',
  });
  return { command: `${process.execPath} ${outfile}`, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
