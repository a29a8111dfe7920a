/**
 * Codecs against apache-arrow: builds bench/codec-cases.ts and runs it. Prints one line a case, `name ours peer ratio goal`, times in
 * microseconds; exits with 1 if a ratio misses its goal.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const outfile = at('../node_modules/.cache/vgi-gen/codec-cases.mjs');
await mkdir(at('../node_modules/.cache/vgi-gen'), { recursive: true });
await build({
  entryPoints: [at('codec-cases.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  alias: { 'vgi-gen/runtime/v1': at('../runtime/v1.ts') },
  external: ['apache-arrow'],
  logLevel: 'warning',
});
const { run } = await import(pathToFileURL(outfile).href);
process.exitCode = run() ? 0 : 1;
