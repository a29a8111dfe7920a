import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { configKey, reportOptions } from '../../../generator/cli/option-defaults.ts';
import { commands } from '../../../generator/cli/program.ts';
import { runInFolder } from '../run-in-folder.ts';
import { projectFolder, shopConfig, shopTypes } from './project-folder.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}
const schema = JSON.parse(readFileSync(new URL('../../../generator/config/config.schema.json', import.meta.url), 'utf8')) as Schema;

const flags = commands.filter(({ compiles }) => compiles).flatMap(({ name, options }) => [...options.map(([flag]) => [name, new Option(flag).attributeName()] as const), ...reportOptions.map((option) => [name, option] as const)]);

describe('every flag', () => {
  it.each(flags)('of %s has a key in the configuration: %s', (command, option) => {
    const [section, key] = configKey(command, option);
    expect(Object.keys(schema.properties?.[section]?.properties ?? {})).toContain(key);
  });

  it('is what the configuration says, unless the command line says something else', async () => {
    const folder = projectFolder({ 'vgi-gen.config.yaml': `${shopConfig}report: {format: json, quiet: true}\ngenerate: {dry_run: true}\n` });
    expect(JSON.parse((await runInFolder(folder, ['generate'])).out)).toMatchObject({ dryRun: true });
    expect(await runInFolder(folder, ['check', '--format', 'text'])).toMatchObject({ status: 1, out: '' });
    const wrote = await runInFolder(folder, ['generate', '--no-dry-run', '--no-quiet', '--format', 'text']);
    expect(wrote.err).toMatch(/\d+ written, 0 deleted, 0 up to date\n$/);
  });
});

describe('the exit status', () => {
  const status = async (folder: string, argv: readonly string[]): Promise<number> => (await runInFolder(folder, argv)).status;

  it('is 0 if there is nothing to complain about', async () => {
    const folder = projectFolder();
    for (const argv of [['lint'], ['format'], ['generate'], ['check'], ['describe', 'Item'], ['schema'], ['--help'], ['--version']]) expect([argv, await status(folder, argv)]).toEqual([argv, 0]);
  });

  it('is 1 for findings of any kind', async () => {
    const broken = projectFolder({ 'schema/types.yaml': shopTypes.replace('int64', 'int46') });
    for (const argv of [['lint'], ['generate'], ['check'], ['format', '--check'], ['describe', 'Item']]) expect([argv, await status(broken, argv)]).toEqual([argv, 1]);
    expect(await status(projectFolder(), ['check'])).toBe(1);
    expect(await status(projectFolder({ 'schema/types.yaml': shopTypes.replace('In cents.', 'In cents') }), ['lint'])).toBe(1);
  });

  it('is 2 for wrong arguments and configurations', async () => {
    const folder = projectFolder();
    for (const argv of [['nonsense'], ['lint', '--nonsense'], ['lint', '--format', 'xml'], ['check', '--config', 'none.yaml'], ['check', 'none.yaml'], ['describe'], ['describe', 'Nothing']]) expect([argv, await status(folder, argv)]).toEqual([argv, 2]);
    for (const text of ['protocols: []\n', 'protocols: {\n', `${shopConfig}report: {format: xml}\n`]) expect(await status(projectFolder({ 'vgi-gen.config.yaml': text }), ['check'])).toBe(2);
  });

  it('is 70 for a failure of our own, which alone shows a stack', async () => {
    const failing = new Error('a bug');
    const { runSafely } = await import('../../../generator/cli/run-safely.ts');
    let err = '';
    const terminal = { cwd: projectFolder(), out: () => undefined, err: (text: string) => void (err += text), readStdin: async () => Promise.reject(failing), colour: false, interrupted: new AbortController().signal };
    expect(await runSafely(terminal, ['lint', '-'], '1.2.3')).toBe(70);
    expect(err).toMatch(/VGI9001 internal: vgi-gen failed: a bug\.\n {2}hint: this is a bug of vgi-gen/);
    expect(err).toMatch(/^ +at /m);
  });
});
