import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbSession } from '../engine/duckdb-session.ts';
import { PackedPackage, run, succeed } from './packed-package.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The YAML blocks of a section of the README by the file name in their first line. */
function filesOfReadme(section: string): Record<string, string> {
  const from = readme.indexOf(`## ${section}`);
  const text = readme.slice(from, readme.indexOf('\n## ', from + 1));
  return Object.fromEntries([...text.matchAll(/```yaml\n# (\S+)\n([^`]*)```/g)].map(([, name, content]) => [name, content]));
}

let packed: PackedPackage;
let installed: string;
beforeAll(async () => {
  packed = await PackedPackage.create();
  installed = await packed.install('project');
}, 180_000);
afterAll(() => packed?.remove());

describe('the published package', () => {
  it('type-checks strictly, libraries included, and serves a client and DuckDB', { timeout: 120_000 }, async () => {
    const folder = packed.subproject(installed, 'worker-and-client');
    expect(await run(folder, 'npx', 'tsc', '--noEmit')).toMatchObject({ status: 0, stdout: '' });
    await succeed(folder, 'npx', 'tsc');
    const heard = JSON.parse(await succeed(folder, process.execPath, 'dist/client.js')) as unknown;
    expect(heard).toEqual({ catalogs: ['packed'], tables: ['few_squares'], squares: ['0', '1', '4', '9'] });

    const session = await DuckDbSession.start('duckdb-1.5.5');
    await session.query(`ATTACH 'packed' AS p (TYPE vgi, LOCATION '${process.execPath} ${join(folder, 'dist/worker.js')}')`);
    expect((await session.query('SELECT p.half(i) FROM range(3) t(i)')).rows).toEqual([['0'], ['0.5'], ['1']]);
    expect((await session.query("SELECT * FROM p.squares(2, label := 'r')")).rows).toEqual([['r0', '0'], ['r1', '1']]);
    expect((await session.query('SELECT sum(square) FROM p.few_squares')).rows).toEqual([['5']]);
    await session.close();
  });

  it('has types and code behind every entry, with either way of resolving modules', { timeout: 120_000 }, async () => {
    const folder = packed.subproject(installed, 'entries');
    const { exports } = JSON.parse(readFileSync(join(installed, 'node_modules/vgi-gen/package.json'), 'utf8')) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json')).map((entry) => entry.replace(/^\./, 'vgi-gen'));
    expect(entries).toEqual(expect.arrayContaining(['vgi-gen', 'vgi-gen/worker', 'vgi-gen/runtime/v1', 'vgi-gen/vgi', 'vgi-gen/target']));
    writeFileSync(join(folder, 'entries.ts'), entries.map((entry, index) => `export * as entry${index} from '${entry}';\n`).join(''));
    for (const resolution of ['NodeNext', 'bundler']) {
      const module = resolution === 'bundler' ? 'ES2022' : resolution;
      expect(await run(folder, 'npx', 'tsc', '--module', module, '--moduleResolution', resolution)).toMatchObject({ status: 0, stdout: '' });
    }
    const names = await succeed(folder, process.execPath, '--input-type=module', '-e', "const all = await import('./dist/entries.js'); console.log(Object.values(all).filter((entry) => Object.keys(entry).length > 0).length)");
    expect(Number(names)).toBe(entries.length);
  });

  it("compiles a stranger's protocol, the one of the README", { timeout: 120_000 }, async () => {
    const folder = packed.subproject(installed, 'greeter');
    const files = filesOfReadme('Five minutes with another protocol');
    expect(Object.keys(files)).toEqual(['greeter.yaml', 'vgi-gen.config.yaml']);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await succeed(folder, 'npx', 'vgi-gen', 'generate');
    expect(await run(folder, 'npx', 'vgi-gen', 'check')).toMatchObject({ status: 0, stdout: '' });
    expect(await run(folder, 'npx', 'tsc')).toMatchObject({ status: 0, stdout: '' });
    expect(await succeed(folder, process.execPath, 'dist/main.js')).toBe('Hello, Ada!\nRangeError: whom?\n');
  });

  it('says in a sentence what is wrong with a command line', { timeout: 30_000 }, async () => {
    const nowhere = await run(packed.folder, process.execPath, join(installed, 'node_modules/vgi-gen/bin/vgi-gen'), 'check');
    expect(nowhere).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('there is no `vgi-gen.config.yaml`') });
    expect(nowhere.stderr).not.toContain('    at ');
  });
});
