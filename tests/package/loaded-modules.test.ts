import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** Every script that a process loads until its input ends, relative to the project. V8's coverage report is a list of exactly these. */
function loadedScripts(executable: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-loaded-'));
  try {
    const { status } = spawnSync(process.execPath, [executable], { input: '', env: { ...process.env, NODE_V8_COVERAGE: folder } });
    expect(status).toBe(0);
    const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage);
    const urls = reports.flatMap(({ result }) => result.map(({ url }) => url)).filter((url) => url.startsWith('file:'));
    return urls.map((url) => relative(root, fileURLToPath(url)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('a worker loads its bundle and nothing else', () => {
  const scripts = loadedScripts(join(root, 'bin', 'vgi-example-worker'));
  expect(scripts).toContain('dist/example-worker.js');
  expect(scripts.filter((script) => !/^(bin\/vgi-example-worker|dist\/example-worker\.js|dist\/chunks\/examples\/[\w.-]+\.js)$/.test(script))).toEqual([]);
  // Few files: each costs a look-up and a compilation before the first answer.
  expect(scripts.length).toBeLessThanOrEqual(5);
  const bundled = scripts.map((script) => readFileSync(join(root, script), 'utf8')).join('\n');
  // esbuild names the source of every part; packages would show, and so would the compiler.
  const sources = [...bundled.matchAll(/^\/\/ (\S+\.(?:ts|js|mjs))$/gm)].map(([, source]) => source as string);
  expect(sources.length).toBeGreaterThan(50);
  const folders = new Set(sources.map((source) => source.split('/')[0]));
  expect([...folders].sort()).toEqual(['examples', 'generated', 'runtime', 'worker']);
  expect(sources.filter((source) => source.startsWith('generated/vgi/ts/layouts-'))).toEqual([]);
});
