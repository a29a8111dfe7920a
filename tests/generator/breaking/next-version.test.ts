import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { compareProject } from '../../../generator/breaking/compare-project.ts';
import { newestRelease } from '../../../generator/breaking/baselines/history-baseline.ts';
import { compile } from '../../../generator/compile.ts';
import { configName, loadConfig } from '../../../generator/config/load-config.ts';
import { generate } from '../../../generator/generate.ts';
import { schemaOf } from '../../../generator/layout/schema-of.ts';
import { diskFileSystem, memoryFileSystem } from '../../../generator/load/file-system.ts';
import { planDiff } from '../../../generator/plan/diff.ts';
import { diskOutputFolder } from '../../../generator/plan/output-folder.ts';
import { generatorVersion } from '../../../generator/package-folder.ts';
import { typeName } from '../../../runtime/arrow/type.ts';
import { insert, insertions } from './next-version/edits.ts';

/** What is known of VGI 2.1.0, copied from its documentation (see `source` in the file). */
interface Facts {
  readonly version: string;
  readonly method: { readonly name: string; readonly params: readonly Column[]; readonly result: readonly Column[] };
  readonly new_field: { readonly type: string; readonly name: string; readonly arrow: string };
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

const here = (path: string): string => new URL(`./next-version/${path}`, import.meta.url).pathname;
const projectFolder = new URL('../../..', import.meta.url).pathname;
const facts = JSON.parse(readFileSync(here('facts.json'), 'utf8')) as Facts;

const disk = diskFileSystem(projectFolder);
const output = diskOutputFolder(projectFolder);
const contents = readFileSync(here('contents.yaml'), 'utf8');

/** The definition of VGI with 2.1.0 in it; nothing else differs. */
const edited: Record<string, string> = { 'schema/vgi/contents.yaml': contents };
for (const insertion of insertions) {
  edited[insertion.file] = insert(edited[insertion.file] ?? new TextDecoder().decode(disk.read(insertion.file)), insertion);
}
const fileSystem = memoryFileSystem(edited, disk);

const { config } = loadConfig(disk, configName);
const protocol = config?.protocols.find(({ definition }) => definition === 'schema/vgi/protocol.yaml');
if (config === undefined || protocol === undefined) throw new Error('the configuration has no vgi');

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe('version 2.1.0 of VGI, written into the definition', () => {
  it('has the columns that are known of it', () => {
    const { model, diagnostics } = compile(fileSystem, protocol.definition);
    expect(diagnostics).toEqual([]);
    if (model === undefined) throw new Error('no model');
    expect(model.protocol.current).toBe(facts.version);
    // Lists of structs are written "list<struct<a:binary,...>>" in the facts.
    const columnsOf = (record: string) => schemaOf(model, record, facts.version).fields.map(({ name, type, nullable }) => ({ name, type: typeName(type).replace(/[!?]/g, '').replace(/: /g, ':').replace(/, /g, ','), nullable }));
    const known = (columns: readonly Column[]) => columns.map(({ name, type, nullable }) => ({ name, type, nullable }));
    expect(columnsOf(facts.method.name)).toEqual(known(facts.method.params));
    expect(columnsOf('CatalogContents')).toEqual(known(facts.method.result));
    expect(columnsOf(facts.new_field.type).at(-1)).toEqual({ name: facts.new_field.name, type: facts.new_field.arrow, nullable: false });
  });

  it('is a legal minor version that changes nothing of the released ones', () => {
    const { protocols, diagnostics } = compareProject(fileSystem, [protocol], { baseline: newestRelease(disk, output), against: 'the history of releases' });
    expect(protocols.map(({ changes, ...rest }) => ({ ...rest, changes: changes.map(({ slug, breaks, note }) => `${slug} ${breaks.join(' ')}: ${note.message}`) }))).toEqual([
      {
        ...{ protocol: 'vgi', before: '2.0.0', after: '2.1.0', bump: 'minor', smallest: '2.1.0' },
        changes: [
          'type-added : type `CatalogContents` is added.',
          'type-added : type `SchemaContents` is added.',
          'method-added : method `catalog_contents` is added.',
          'field-added wire: field `supports_catalog_contents` of `CatalogAttachResult` (`bool`) is added.',
        ],
      },
    ]);
    expect(diagnostics.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  it('takes 37 lines by hand; the code that is generated from them compiles, and so does a worker that knows nothing of it', { timeout: 120_000 }, async () => {
    const byHand = [contents, ...insertions.map(({ lines }) => lines.join('\n'))].join('\n').split('\n').filter((line) => line.trim() !== '');
    expect(byHand.length).toBe(37);

    const { plan, diagnostics } = await generate({ folder: projectFolder, fileSystem, config: { ...config, protocols: [{ ...protocol, targets: protocol.targets.filter(({ name }) => name === 'ts' || name === 'docs') }] }, output, generatorVersion: generatorVersion() });
    expect(diagnostics).toEqual([]);
    if (plan === undefined) throw new Error('no plan');
    const written = new Map(plan.write.map(({ path, text }) => [path, text]));
    expect(written.get('generated/vgi/ts/handlers.ts')).toContain('catalogContents');
    expect(written.get('generated/vgi/ts/client.ts')).toContain('catalogContents');
    expect(written.get('generated/vgi/ts/types.ts')).toContain('export interface CatalogContents {');
    expect(written.get('generated/vgi/ts/layouts-2.0.0.ts')).toContain('catalogAttachResultV2_0_0Codec');
    expect(written.get('generated/vgi/docs/methods.md')).toContain('catalog_contents');
    // Far more is generated than written; how much exactly is for the emitters to say.
    expect(count(planDiff(plan), /^\+(?!\+\+)/gm)).toBeGreaterThan(5 * byHand.length);
    expect(typeErrors(written, ['generated/vgi/ts/index.ts', 'worker/index.ts'])).toEqual([]);
  });
});

/** What the TypeScript compiler says of some modules of the project, with other texts in place of some files. */
function typeErrors(replaced: ReadonlyMap<string, string>, roots: readonly string[]): readonly string[] {
  const { config: settings } = ts.readConfigFile(join(projectFolder, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent({ ...settings, include: [], files: roots }, ts.sys, projectFolder);
  const host = ts.createCompilerHost(options);
  const texts = new Map([...replaced].map(([path, text]) => [resolve(projectFolder, path), text]));
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (path) => texts.get(resolve(path)) ?? readFile(path);
  host.fileExists = (path) => texts.has(resolve(path)) || fileExists(path);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) => {
    const text = texts.get(resolve(path));
    return text === undefined ? getSourceFile(path, language, ...rest) : ts.createSourceFile(path, text, language, true);
  };
  const program = ts.createProgram(roots.map((root) => join(projectFolder, root)), options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
