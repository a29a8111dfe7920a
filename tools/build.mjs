/**
 * Builds dist/ from the sources: bundles with esbuild, then declarations with tsc. `--no-types` leaves the declarations out.
 * generated/ is an input like any other source, so that a fresh checkout can be built before anything is generated.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeTemplates } from './compile-templates.mjs';
import { writeValidators } from './compile-validators.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => join(root, path);

/** The compiler is bundled by itself and first, so that it can be rebuilt while the code it generated does not build. */
const groups = {
  compiler: { cli: 'generator/cli/main.ts', target: 'generator/emit/target-entry.ts', 'parity-engine': 'generator/parity/duckdb/engine-process.ts' },
  library: {
    'runtime-v1': 'runtime/v1.ts',
    'runtime-http': 'runtime/http/index.ts',
    worker: 'worker/index.ts',
    vgi: 'generated/vgi/ts/index.ts',
  },
  /** Workers by themselves: a chunk that is shared with others holds what they need too, and all of it is compiled before the first answer. */
  examples: { 'example-worker': 'examples/declared-worker.ts' },
  handlers: { 'handler-worker': 'examples/handler-worker.ts' },
  conformance: { 'conformance-worker': 'conformance/main.ts' },
  parity: { 'recording-worker': 'generator/parity/duckdb/recording-worker/main.ts' },
  fixtures: { 'fixture-worker': 'fixtures/main.ts' },
  bench: { 'bench-worker': 'bench/worker/main.ts' },
};

const aliases = {
  'vgi-gen/runtime/v1': 'runtime/v1.ts',
  'vgi-gen/runtime/http': 'runtime/http/index.ts',
  'vgi-gen/worker': 'worker/index.ts',
  'vgi-gen/vgi': 'generated/vgi/ts/index.ts',
};

/** Packages that go into the bundle, by their ES modules, their licence beside it: `yaml` takes 29 ms to load as its 74 files, 2 as one. */
const bundled = { yaml: 'node_modules/yaml/browser/index.js' };

const present = (table) => Object.fromEntries(Object.entries(table).filter(([, path]) => existsSync(at(path))));

async function bundle() {
  const { dependencies } = JSON.parse(await readFile(at('package.json'), 'utf8'));
  await Promise.all([writeValidators(), writeTemplates(at('dist/templates')), ...Object.keys(bundled).map((name) => cp(at(`node_modules/${name}/LICENSE`), at(`dist/licenses/${name}`)))]);
  for (const [group, entries] of Object.entries(groups)) {
    const entryPoints = Object.entries(present(entries)).map(([out, path]) => ({ in: at(path), out }));
    if (entryPoints.length === 0) continue;
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints,
      outdir: at('dist'),
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      chunkNames: `chunks/${group}/[name]-[hash]`,
      alias: Object.fromEntries(Object.entries({ ...aliases, ...bundled }).map(([name, path]) => [name, at(path)])),
      external: Object.keys(dependencies).filter((name) => !(name in bundled)).flatMap((name) => [name, `${name}/*`]),
      metafile: true,
      logLevel: 'warning',
    });
    await removeOldChunks(group, new Set(Object.keys(metafile.outputs)));
  }
}

/** Chunks of an earlier build would otherwise stay beside those that replace them; a build that fails leaves the earlier one whole. */
async function removeOldChunks(group, written) {
  const folder = `dist/chunks/${group}`;
  if (!existsSync(at(folder))) return;
  for (const name of await readdir(at(folder))) if (!written.has(`${folder}/${name}`)) await rm(at(`${folder}/${name}`), { force: true });
}

async function declarations() {
  await rm(at('dist/types'), { recursive: true, force: true });
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tsc, '-p', at('tsconfig.build.json')], { cwd: root, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (status) => (status === 0 ? resolve() : reject(new Error(`tsc ended with status ${status}`))));
  });
  for (const entry of await readdir(at('dist/types'), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await rewriteImports(join(entry.parentPath, entry.name));
  }
}

/** tsc keeps the `.ts` of relative imports in declarations; what is published has `.js`. */
async function rewriteImports(path) {
  const text = await readFile(path, 'utf8');
  const rewritten = text.replace(/(from\s+|import\s+|import\()(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, '$1$2$3.js$2');
  if (rewritten !== text) await writeFile(path, rewritten);
}

const withTypes = !process.argv.includes('--no-types');
try {
  await Promise.all([bundle(), withTypes ? declarations() : undefined]);
} catch (error) {
  // esbuild and tsc have already shown their own errors.
  const missing = Object.values(aliases).filter((path) => path.startsWith('generated/') && !existsSync(at(path)));
  for (const path of missing) console.error(`vgi-gen: ${path} is missing; the compiler is built, so run \`bin/vgi-gen generate\` and build again`);
  console.error(`vgi-gen: the build failed${error.errors === undefined ? `: ${error.message}` : ''}`);
  process.exitCode = 1;
}
