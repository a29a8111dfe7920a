import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

const vgiGen = fileURLToPath(new URL('../../bin/vgi-gen', import.meta.url));
const definitions = fileURLToPath(new URL('../../schema/conformance', import.meta.url));

/** How many kills come at any time, soon after the first file has been written beside its place, and right after the first one has been put there. */
const kills = { anyTime: 7, writing: 12, replacing: 15 };

type Moment = keyof typeof kills;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vgi-gen-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const texts = new Map(readdirSync(definitions).filter((name) => name.endsWith('.yaml')).map((name) => [name, readFileSync(join(definitions, name), 'utf8')]));

/** Puts one of two definitions in place: no generated file is the same for both, and some are there for one only. */
function define(second: boolean): void {
  for (const [name, text] of texts) put(`schema/${name}`, second ? text.replace('  name: conformance\n', '  name: conformance-two\n') : text);
  put('vgi-gen.config.yaml', `protocols: [{definition: schema/protocol.yaml, output: out, targets: [ts, cpp, ${second ? 'docs' : 'vectors'}]}]\n`);
}

const tree = (): ReadonlyMap<string, string> => {
  const files = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => [join(entry.parentPath, entry.name).slice(folder.length + 1), readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
};
const isTemporary = (path: string): boolean => /\/\.[^/]*\.vgi-gen$/.test(path);

const run = (command: string) => spawnSync(process.execPath, [vgiGen, command, '--quiet'], { cwd: folder, encoding: 'utf8' });

function isWriting(): boolean {
  return readdirSync(join(folder, 'out'), { recursive: true }).some((path) => String(path).endsWith('.vgi-gen'));
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Starts `generate` and kills it; gives whether it was still running. `share` says when within the time that is meant. */
async function generateAndKill(moment: Moment, share: number, duration: number): Promise<boolean> {
  const first = join(folder, 'out/ts/enums.ts');
  const before = statSync(first).ino;
  const child = spawn(process.execPath, [vgiGen, 'generate', '--quiet'], { cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'exit');
  let end = performance.now() + share * duration;
  if (moment !== 'anyTime') {
    while (child.exitCode === null && !isWriting()) await pause();
    end = performance.now() + share * 25;
  }
  if (moment === 'replacing') {
    // Putting all files in place takes few milliseconds; a pause would be longer.
    while (child.exitCode === null && statSync(first).ino === before && performance.now() < end + 1000);
    end = performance.now() + share * 3;
    while (performance.now() < end);
  }
  while (performance.now() < end) await pause();
  child.kill('SIGKILL');
  const [, signal] = (await ended) as [number | null, string | null];
  return signal === 'SIGKILL';
}

it('never leaves half a file, and the next run mends what a killed one left', async () => {
  const wanted: ReadonlyMap<string, string>[] = [];
  let duration = 0;
  for (const second of [false, true]) {
    define(second);
    const start = performance.now();
    expect(run('generate')).toMatchObject({ status: 0, stderr: '' });
    duration = performance.now() - start;
    wanted.push(tree());
  }
  const [first, other] = wanted as [ReadonlyMap<string, string>, ReadonlyMap<string, string>];
  expect([...first].filter(([path, text]) => other.get(path) === text).map(([path]) => path)).toEqual([]);
  expect([...first.keys()].filter((path) => !other.has(path)).length).toBeGreaterThan(10);

  const moments = Object.entries(kills).flatMap(([moment, count]) => Array.from({ length: count }, () => moment as Moment));
  const shares = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: moments.length, seed: 17 });
  const seen = { killed: 0, mixed: 0, leftovers: 0 };
  let second = true;
  for (const [index, share] of shares.entries()) {
    const before = wanted[second ? 1 : 0] as ReadonlyMap<string, string>;
    second = !second;
    define(second);
    const after = wanted[second ? 1 : 0] as ReadonlyMap<string, string>;
    if (await generateAndKill(moments[index] as Moment, share, duration)) seen.killed++;

    const left = tree();
    // What was written aside is nobody's output: `check` is about the files themselves, `generate` clears it away.
    const files = [...left].filter(([path]) => !isTemporary(path));
    const places = new Set<string>();
    for (const [path, text] of files) {
      if (text !== before.get(path) && text !== after.get(path)) throw new Error(`kill ${index}: ${path} is neither what it was nor what it should be`);
      places.add(text === before.get(path) ? 'before' : 'after');
    }
    // What both definitions have is there at any moment.
    expect([...before.keys()].filter((path) => after.has(path) && !left.has(path)), `kill ${index}`).toEqual([]);
    if (places.size === 2) seen.mixed++;
    if ([...left.keys()].some(isTemporary)) seen.leftovers++;

    const isCurrent = files.length === after.size && files.every(([path, text]) => after.get(path) === text);
    if (index % 4 === 0) expect(run('check').status, `check after kill ${index}`).toBe(isCurrent ? 0 : 1);
    expect(run('generate')).toMatchObject({ status: 0, stderr: '' });
    expect(tree(), `after kill ${index}`).toEqual(after);
  }
  // Or the kills would have come at moments at which there is nothing to see.
  expect(seen.killed).toBeGreaterThan(kills.anyTime + kills.writing);
  expect(seen.leftovers).toBeGreaterThan(5);
  expect(seen.mixed).toBeGreaterThan(2);
}, 300_000);
