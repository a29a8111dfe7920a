import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openProject } from '../../../generator/cli/project.ts';
import type { Target } from '../../../generator/emit/targets.ts';
import { check, generate, type Project } from '../../../generator/generate.ts';
import { applyPlan } from '../../../generator/plan/apply.ts';
import { diskOutputFolder } from '../../../generator/plan/output-folder.ts';
import { OutputMemory } from '../../../generator/plan/output-memory.ts';
import { withBanner } from '../../../generator/print/banner.ts';
import { projectFolder, shopConfig, shopTypes } from '../cli/project-folder.ts';

let folder: string;
let emitted = 0;

const target = (name: string): Target => ({
  name,
  emit: (model, options) => {
    emitted++;
    return model.types.map((type) => ({ path: `${type.name}.ts`, text: `// ${type.doc} ${JSON.stringify(options)}\n` }));
  },
});

/** The project as it is on disk, in a new process so to speak. */
function project(compiler = 'one build'): Project {
  const { config, fileSystem, diagnostics } = openProject(folder, undefined);
  if (config === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { folder, fileSystem, config, output: diskOutputFolder(folder), generatorVersion: '1.2.3', memory: OutputMemory.of(folder, compiler), targets: { ts: async () => target('ts'), cpp: async () => target('cpp') } };
}

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const output = 'generated/echo/ts/Item.ts';
const memoryFile = 'node_modules/.cache/vgi-gen/outputs.json';

/** What `check` finds, and whether it had to emit for that. */
async function checked(compiler?: string): Promise<readonly [findings: readonly string[], emissions: number]> {
  emitted = 0;
  const { diagnostics } = await check(project(compiler));
  return [diagnostics.map(({ slug }) => slug), emitted];
}

async function generateAll(): Promise<void> {
  const { plan } = await generate(project());
  if (plan === undefined) throw new Error('there are errors');
  applyPlan(folder, plan);
}

beforeEach(async () => {
  folder = projectFolder({ 'node_modules/.keep': '' });
  await generateAll();
  expect(await checked()).toEqual([[], 0]);
});

describe('what earlier runs gave', () => {
  const changes: readonly (readonly [what: string, change: () => void, findings: readonly string[]])[] = [
    ['a definition', () => put('schema/types.yaml', shopTypes.replace('One of the things', 'Any of the things')), ['stale-output']],
    ['a comment in a definition', () => appendFileSync(join(folder, 'schema/types.yaml'), '# more\n'), []],
    ['a mistake in a definition', () => put('schema/types.yaml', shopTypes.replace('int64', 'int46')), ['unknown-type']],
    ['a definition that is gone', () => rmSync(join(folder, 'schema/types.yaml')), ['file-not-found']],
    ['a setting', () => appendFileSync(join(folder, 'vgi-gen.config.yaml'), 'runtime_import: elsewhere\n'), ['stale-output']],
    ['a setting of the protocol', () => put('vgi-gen.config.yaml', shopConfig.replace('targets:', 'adapters_import: ./adapters.ts, targets:')), ['stale-output']],
    ['a setting of a target', () => put('vgi-gen.config.yaml', shopConfig.replace('targets:', 'cpp: {namespace: shop}, targets:')), ['stale-output']],
    ['another target', () => put('vgi-gen.config.yaml', shopConfig.replace('[ts]', '[ts, cpp]')), ['missing-output']],
    ['another output folder', () => put('vgi-gen.config.yaml', shopConfig.replace('generated/echo', 'generated/shop')), ['missing-output']],
    ['a released version', () => put('schema/history/echo/2.0.0.json', '{}'), ['missing-property']],
    ['a generated file', () => appendFileSync(join(folder, output), '// by hand\n'), ['edited-output']],
    ['a generated file that says nothing of itself', () => put(output, '// by hand\n'), ['foreign-file']],
    ['a generated file that is gone', () => rmSync(join(folder, output)), ['missing-output']],
    ['a generated file too many', () => put('generated/echo/ts/Old.ts', withBanner('Old.ts', '// old\n', { source: 'a', generatorVersion: '1', protocol: 'echo', protocolVersion: '1.0.0' })), ['leftover-output']],
  ];
  it.each(changes)('is not asked after a change of %s', async (_, change, findings) => {
    change();
    const [found, emissions] = await checked();
    expect([...new Set(found)].sort()).toEqual([...findings].sort());
    if (!findings.some((slug) => ['unknown-type', 'file-not-found'].includes(slug))) expect(emissions).toBeGreaterThan(0);
    // And again: that something was wrong is not forgotten.
    expect((await checked())[0]).toEqual(found);
  });

  it('is not asked by another build of the compiler, or after a change of a template of the project', async () => {
    expect((await checked('another build'))[1]).toBe(1);
    appendFileSync(join(folder, 'vgi-gen.config.yaml'), 'templates: layout\n');
    put('layout/ts/types.hbs', 'one');
    await generateAll();
    expect(await checked()).toEqual([[], 0]);
    put('layout/ts/types.hbs', 'two');
    expect((await checked())[1]).toBe(1);
  });

  it('does not keep generate from writing', async () => {
    appendFileSync(join(folder, output), '// by hand\n');
    await generateAll();
    expect(await checked()).toEqual([[], 0]);
    put('generated/echo/ts/notes.md', 'by hand, beside\n');
    expect(await checked()).toEqual([[], 0]);
  });

  it('is of no use if it is damaged, missing, or has no place', async () => {
    for (const damaged of ['', '{', '[]', '{"schema/protocol.yaml": 5}', '{"schema/protocol.yaml": {"read": 5}}', '{"schema/protocol.yaml": {"inputs": "x", "read": ["vgi-gen.config.yaml"]}}', readFileSync(join(folder, memoryFile), 'utf8').replace(/"files":\{[^}]*\}/, '"files":5')]) {
      put(memoryFile, damaged);
      expect(await checked(), damaged).toEqual([[], 1]);
    }
    rmSync(join(folder, 'node_modules'), { recursive: true });
    expect(await checked()).toEqual([[], 1]);
    expect(OutputMemory.of(folder, 'one build')).toBeUndefined();
  });

  it('is not kept of targets of the project', async () => {
    put('mine.mjs', "export default { name: 'mine', emit: () => [{ path: 'a.ts', text: '// one' }] };\n");
    put('vgi-gen.config.yaml', shopConfig.replace('[ts]', '[ts, ./mine.mjs]'));
    await generateAll();
    expect(await checked()).toEqual([[], 1]);
  });
});
