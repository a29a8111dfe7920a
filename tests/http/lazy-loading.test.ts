import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { sourceAliases } from '../../vitest.config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files and packages that are loaded as soon as the entry is: whatever it imports other than by `import()`. */
async function loadedAtStart(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    alias: sourceAliases,
    packages: 'external',
  });
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of metafile.inputs[path]?.imports ?? []) if (kind !== 'dynamic-import') visit(next);
  };
  visit(entry);
  return [...seen];
}

it.each(['conformance/main.ts', 'runtime/v1.ts', 'worker/index.ts'])('%s loads nothing of HTTP and no package', async (entry) => {
  const loaded = await loadedAtStart(entry);
  expect(loaded).toContain('runtime/rpc/server.ts');
  expect(loaded.filter((path) => /^(runtime\/(http|seal)\/|node_modules\/|@|jose)/.test(path))).toEqual([]);
});
