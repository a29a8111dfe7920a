import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbSession } from '../engine/duckdb-session.ts';
import { PackedPackage, quietly, run, succeed } from './packed-package.ts';

let packed: PackedPackage;
let command: string;
beforeAll(async () => {
  packed = await PackedPackage.create();
  command = join(await packed.install('installed'), 'node_modules/vgi-gen/bin/vgi-gen');
}, 180_000);
afterAll(() => packed?.remove());

const init = (...args: string[]) => run(packed.folder, process.execPath, command, 'init', ...args);

/** Begins a project that depends on the tarball, installs, builds and tests it as its README says. */
async function begin(kind: string, name: string): Promise<string> {
  const { status, stderr } = await init(kind, name, '--vgi-gen', `file:${packed.tarball}`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining(`next: cd ${/ /.test(name) ? `"${name}"` : name} && npm install && npm run build && npm test\n`) });
  const folder = join(packed.folder, name);
  expect(readdirSync(folder)).toContain('.gitignore');
  await succeed(folder, 'npm', 'install', ...quietly);
  await succeed(folder, 'npm', 'run', 'build');
  expect(await succeed(folder, 'npm', 'test')).toMatch(/^# pass [1-9]\d*$[^]*^# fail 0$/m);
  return folder;
}

describe('a project that was just begun', () => {
  it('is a worker that DuckDB attaches', { timeout: 180_000 }, async () => {
    const folder = await begin('worker', 'tax-office');
    const session = await DuckDbSession.start('duckdb-1.5.5');
    await session.query(`ATTACH 'tax_office' AS t (TYPE vgi, LOCATION '${process.execPath} ${join(folder, 'dist/worker.js')}')`);
    expect((await session.query('SELECT round(t.add_tax(100.0), 2)')).rows).toEqual([['119']]);
    expect((await session.query("SELECT * FROM t.words(' a bc ')")).rows).toEqual([['0', 'a'], ['1', 'bc']]);
    expect((await session.query('SELECT word FROM t.greeting ORDER BY position')).rows).toEqual([['hello'], ['world']]);
    await session.close();
    // The README says what it is called and what to ask it.
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain("ATTACH 'tax_office' AS tax_office");
  });

  it('is a protocol whose check finds nothing', { timeout: 180_000 }, async () => {
    const folder = await begin('protocol', 'My Greeter 2');
    expect(existsSync(join(folder, 'my-greeter-2.yaml'))).toBe(true);
    expect(await run(folder, 'npm', 'run', 'check')).toMatchObject({ status: 0 });
    expect(await run(folder, 'npx', 'vgi-gen', 'lint')).toMatchObject({ status: 0, stdout: '' });
    const definition = readFileSync(join(folder, 'my-greeter-2.yaml'), 'utf8');
    writeFileSync(join(folder, 'my-greeter-2.yaml'), definition.replace('result: utf8', 'result: Tone'));
    expect(await run(folder, 'npm', 'run', 'check')).toMatchObject({ status: 1 });
  });

  it('is a client of any worker', { timeout: 180_000 }, async () => {
    const folder = await begin('client', 'looker');
    const worker = join(packed.folder, 'installed/node_modules/vgi-gen/dist/example-worker.js');
    const lines = (await succeed(folder, process.execPath, 'dist/main.js', process.execPath, worker)).split('\n');
    expect(lines).toEqual(expect.arrayContaining(['example', 'example.main', 'example.main.mountains (table)', 'example.main.double_it (scalar function): Twice the value.']));
    expect(await run(folder, process.execPath, 'dist/main.js')).toMatchObject({ status: 2, stderr: expect.stringContaining('usage') });
  });
});

describe('init', () => {
  it('names the version of the package by default', async () => {
    expect((await init('client', 'plain')).status).toBe(0);
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(JSON.parse(readFileSync(join(packed.folder, 'plain/package.json'), 'utf8'))).toMatchObject({ name: 'plain', dependencies: { 'vgi-gen': version } });
  });

  it('refuses a folder in which there is something, and writes nothing into it', async () => {
    mkdirSync(join(packed.folder, 'taken/.git'), { recursive: true });
    writeFileSync(join(packed.folder, 'taken/notes.txt'), 'mine');
    expect(await init('worker', 'taken')).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(/^taken - error VGI1030 folder-not-empty: the folder is not empty: it has `notes\.txt`\.\n {2}hint: /) });
    expect(readdirSync(join(packed.folder, 'taken')).sort()).toEqual(['.git', 'notes.txt']);
    expect(await init('worker', 'taken/notes.txt')).toMatchObject({ status: 2, stderr: expect.stringContaining('folder-not-empty') });
  });

  it('takes a fresh repository, and knows its kinds', async () => {
    mkdirSync(join(packed.folder, 'fresh/.git'), { recursive: true });
    expect(await init('worker', 'fresh')).toMatchObject({ status: 0 });
    expect(await init('werker', 'nowhere')).toMatchObject({ status: 2, stderr: expect.stringContaining('did you mean `vgi-gen init worker`?') });
    expect(await init('unknown-project')).toMatchObject({ status: 2, stderr: expect.stringContaining('`client` (a program that calls workers') });
    expect(existsSync(join(packed.folder, 'nowhere'))).toBe(false);
    expect(await init()).toMatchObject({ status: 2, stderr: expect.stringContaining('missing required argument') });
  });
});
