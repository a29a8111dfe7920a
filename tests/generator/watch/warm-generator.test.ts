import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../generator/compile.ts';
import { loadConfig } from '../../../generator/config/load-config.ts';
import { generate, type Generation, type Project } from '../../../generator/generate.ts';
import { memoryFileSystem } from '../../../generator/load/file-system.ts';
import { diskOutputFolder, type OutputFolder } from '../../../generator/plan/output-folder.ts';
import { WarmGenerator } from '../../../generator/watch/warm-generator.ts';

const root = new URL('../../../', import.meta.url);
const nowhere: OutputFolder = { list: () => [], read: () => undefined };

/** One line that says something of a declaration is edited; `chosen` tells the edits of a test apart. */
const edits: Readonly<Record<string, (line: string, chosen: number) => string | undefined>> = {
  'a doc': (line, chosen) => (/^ +doc: [A-Z]/.test(line) ? line.replace('doc: ', `doc: Edit ${chosen}. `) : undefined),
  'a doc in brackets': (line, chosen) => (/\{.*\bdoc: [A-Z][^{]*\}$/.test(line) ? line.replace('doc: ', `doc: Edit ${chosen} - `) : undefined),
  'a default': (line) => (/^ +default: false$/.test(line) ? line.replace('false', 'true') : undefined),
  'a default in brackets': (line) => (/\{.*\bdefault: false\b/.test(line) ? line.replace('default: false', 'default: true') : undefined),
  'a deprecation': (line, chosen) => (/^ +doc: [A-Z]/.test(line) ? `${line}\n${line.replace(/doc: .*/, `deprecated: {reason: Edit ${chosen} made it so.}`)}` : undefined),
  'a name': (line, chosen) => (/^ {8}doc: [A-Z]/.test(line) ? `${line}\n        names: {ts: edited${chosen}, cpp: edited_${chosen}}` : undefined),
  'a type': (line) => (/^ +type: int64$/.test(line) ? line.replace('int64', 'int32') : undefined),
  'a member': (line, chosen) => (/^ {6}[A-Z_]+: \{.*doc: /.test(line) ? `${line}\n      EDIT_${chosen}: {since: 9.0.0, doc: Comes with edit ${chosen} only.}`.replace('since: 9.0.0, ', '') : undefined),
};

/** A project in memory of one of our protocols. */
function project(name: string, targets: string, changed: Readonly<Record<string, string>>): Project {
  const fileSystem = memoryFileSystem({ ...changed, 'c.yaml': `protocols: [{definition: schema/${name}/protocol.yaml, output: out, adapters_import: ../adapters.ts, targets: ${targets}}]\n` }, { read: (path) => readFileSync(new URL(path, root)) });
  const { config } = loadConfig(fileSystem, 'c.yaml');
  if (config === undefined) throw new Error('the configuration is wrong');
  return { fileSystem, config, output: nowhere, generatorVersion: '1.2.3' };
}

const shown = ({ plan, diagnostics }: Generation) => ({ files: plan?.write.map(({ path, text }) => [path, text]), diagnostics });

describe('generating again after a change', () => {
  it.each([
    ['vgi', '[ts]', 40],
    ['conformance', '[ts, docs, cpp, vectors]', 16],
  ] as const)('gives what generating from scratch gives: %s', async (name, targets, count) => {
    const { sources } = compile(memoryFileSystem({}, { read: (path) => readFileSync(new URL(path, root)) }), `schema/${name}/protocol.yaml`);
    const changed: Record<string, string> = {};
    const warm = new WarmGenerator({ ...project(name, targets, {}), fileSystem: { read: (path) => project(name, targets, changed).fileSystem.read(path) } });
    await warm.run(new Set());
    const kinds = Object.keys(edits);
    const places = fc.sample(fc.tuple(fc.nat(sources.length - 1), fc.nat(1000)), { numRuns: count, seed: 5 });
    const written = new Map<string, number>();
    for (const [number, [at, from]] of places.entries()) {
      const kind = kinds[number % kinds.length] as string;
      const edit = edits[kind] as (typeof edits)[string];
      // The first file from a place on in which something of the kind stands.
      const source = [...sources.slice(at), ...sources.slice(0, at)].find(({ file, text }) => (changed[file] ?? text).split('\n').some((line) => edit(line, number) !== undefined));
      if (source === undefined) continue;
      const lines = (changed[source.file] ?? source.text).split('\n');
      const fitting = lines.flatMap((line, index) => (edit(line, number) === undefined ? [] : [index]));
      const index = fitting[from % fitting.length] as number;
      const before = changed[source.file];
      changed[source.file] = lines.with(index, edit(lines[index] as string, number) as string).join('\n');
      const again = await warm.run(new Set([source.file]));
      const fresh = await generate(project(name, targets, changed));
      expect(shown(again), `${kind} in line ${index + 1} of ${source.file}`).toEqual(shown(fresh));
      if (fresh.plan !== undefined) {
        written.set(kind, (written.get(kind) ?? 0) + 1);
        continue;
      }
      // An edit that is an error is taken back, or nothing would be generated from then on.
      if (before === undefined) delete changed[source.file];
      else changed[source.file] = before;
      await warm.run(new Set([source.file]));
    }
    expect([...written.keys()].sort()).toEqual(expect.arrayContaining(name === 'vgi' ? ['a default', 'a deprecation', 'a doc', 'a doc in brackets', 'a name'] : ['a doc']));
  }, 60_000);

  it('still compares with what was released where only words have changed', async () => {
    const path = 'schema/history/vgi-secret/1.0.0.json';
    const released = new URL(path, root);
    const disk = diskOutputFolder(root.pathname);
    let text: string | undefined;
    const output: OutputFolder = { list: (folder) => (folder === 'out' ? [] : disk.list(folder)), read: (file) => (file === path ? (text ?? disk.read(file)) : undefined) };
    const warm = new WarmGenerator({ ...project('vgi-secret', '[ts]', {}), output });
    expect((await warm.run(new Set())).diagnostics).toEqual([]);
    text = readFileSync(released, 'utf8').replace('"utf8"', '"binary"');
    const { diagnostics } = await warm.run(new Set(['schema/vgi-secret/protocol.yaml']));
    expect(diagnostics.map(({ slug }) => slug)).toContain('released-version-changed');
  });

  it('compares with what was released where more than words has changed, and what comes later changes nothing there', async () => {
    const file = 'schema/vgi-secret/protocol.yaml';
    const later = readFileSync(new URL(file, root), 'utf8').replace('    1.0.0: {doc: The only version.}\n', (line) => `${line}    9.0.0: {doc: Comes later.}\n`);
    const disk = diskOutputFolder(root.pathname);
    const output: OutputFolder = { list: (folder) => (folder === 'out' ? [] : disk.list(folder)), read: (path) => (path.startsWith('schema/') ? disk.read(path) : undefined) };
    const changed: Record<string, string> = { [file]: later };
    const warm = new WarmGenerator({ ...project('vgi-secret', '[ts]', {}), fileSystem: { read: (path) => project('vgi-secret', '[ts]', changed).fileSystem.read(path) }, output });
    const slugs = async (text: string): Promise<readonly string[]> => {
      changed[file] = text;
      return (await warm.run(new Set([file]))).diagnostics.map(({ slug }) => slug);
    };
    expect(await slugs(later)).toEqual([]);
    expect(await slugs(later.replace('types:\n', 'types:\n  Later: {doc: Comes with a later version., since: 9.0.0, fields: {}}\n'))).toEqual([]);
    expect(await slugs(later.replace(/type: utf8\b/, 'type: binary'))).toContain('released-version-changed');
    expect(await slugs(later)).toEqual([]);
  });
});
