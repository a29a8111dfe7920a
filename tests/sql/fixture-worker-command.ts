import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { sourceAliases } from '../../vitest.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Bundles the fixture worker from the sources as they are and gives the command line that starts it. Each state of the sources has a folder of
 * its own: test files that build at the same time do not take the bundle away from under each other's workers.
 */
export function fixtureWorkerCommand(): string {
  const { outputFiles } = buildSync({
    entryPoints: [at('../../fixtures/main.ts')],
    outdir: at('.'),
    write: false,
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
  const hash = createHash('sha256');
  for (const { path, contents } of outputFiles) hash.update(path).update(contents);
  const cache = at('../../node_modules/.cache/vgi-gen/fixture-worker');
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, 'unfinished-'));
    for (const { path, contents } of outputFiles) writeFileSync(join(unfinished, basename(path)), contents);
    moveUnlessThere(unfinished, folder);
  }
  return `${process.execPath} ${join(folder, 'main.mjs')}`;
}

function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
    rmSync(from, { recursive: true });
  }
}
