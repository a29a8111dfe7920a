import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../../../generator/emit/targets.ts';
import { runInFolder, type Run } from '../run-in-folder.ts';
import { projectFolder, shopConfig, shopRoot, shopTypes } from './project-folder.ts';

const emitted: string[] = [];

/** Stands for the real targets, and tells for which protocols it is asked. */
vi.mock('../../../generator/emit/targets.ts', () => {
  const ts: Target = {
    name: 'ts',
    emit: (model) => {
      emitted.push(model.protocol.name);
      return model.types.map(({ name, doc }) => ({ path: `${name}.ts`, text: `// ${doc}\n` }));
    },
  };
  return { targets: { ts: async () => ts } };
});

const watching: { stop(): Promise<Run> }[] = [];
afterEach(async () => {
  for (const watch of watching.splice(0)) await watch.stop();
  emitted.length = 0;
});

/** Starts `generate --watch`; `settled` waits until it has said a number of times that it is waiting. */
function start(folder: string) {
  const interruption = new AbortController();
  let talk = '';
  const run = runInFolder(folder, ['generate', '--watch'], { interrupted: interruption.signal, onTalk: (text) => void (talk += text) });
  const watch = {
    talk: () => talk,
    settled: (times: number) => vi.waitFor(() => expect(talk.split('waiting for changes').length - 1).toBe(times), { timeout: 5000, interval: 5 }),
    stop: () => {
      interruption.abort();
      return run;
    },
  };
  watching.push(watch);
  return watch;
}

describe('generate --watch', () => {
  it('writes what changes, survives mistakes, and ends when it is told to', async () => {
    const folder = projectFolder();
    const types = join(folder, 'schema/types.yaml');
    const output = (name: string): string => join(folder, 'generated/echo/ts', name);
    const watch = start(folder);
    await watch.settled(1);
    expect(readFileSync(output('Item.ts'), 'utf8')).toContain('// One of the things that are sold.');

    writeFileSync(types, shopTypes.replace('One of the things that are sold.', 'What is for sale.'));
    await watch.settled(2);
    expect(readFileSync(output('Item.ts'), 'utf8')).toContain('// What is for sale.');

    writeFileSync(types, shopTypes.replace('int64', 'int46'));
    await watch.settled(3);

    writeFileSync(`${types}.new`, `${shopTypes}  Size: {doc: Two lengths in millimetres., fields: {}}\n`);
    renameSync(`${types}.new`, types);
    await watch.settled(4);
    expect(existsSync(output('Size.ts'))).toBe(true);

    const { status, err } = await watch.stop();
    expect(status).toBe(0);
    expect(err).toContain('schema/types.yaml changed\nwrote generated/echo/ts/Item.ts\n1 written, 0 deleted, 0 up to date\n');
    expect(err).toContain('VGI3002 unknown-type');
  });

  it('runs again only for the protocols that a change reaches, and for all if the configuration changes', async () => {
    const second = shopRoot.replace('name: echo', 'name: other').replace('include: [types.yaml]', 'include: [other-types.yaml]');
    const folder = projectFolder({ 'schema/other.yaml': second, 'schema/other-types.yaml': shopTypes, 'vgi-gen.config.yaml': `${shopConfig}  - {definition: schema/other.yaml, output: generated/other, targets: [ts]}\n` });
    const watch = start(folder);
    await watch.settled(1);
    expect(emitted).toEqual(['echo', 'other']);
    appendFileSync(join(folder, 'schema/other-types.yaml'), '  Size: {doc: Two lengths in millimetres., fields: {}}\n');
    await watch.settled(2);
    expect(emitted).toEqual(['echo', 'other', 'other']);
    appendFileSync(join(folder, 'vgi-gen.config.yaml'), 'runtime_import: elsewhere\n');
    await watch.settled(3);
    expect(emitted).toEqual(['echo', 'other', 'other', 'echo', 'other']);
  });

  it('runs again for all if a template, a target of the project or a released version changes', async () => {
    const target = (text: string): string => `export default { name: 'mine', emit: () => [{ path: 'a.ts', text: '// ${text}\\n' }] };\n`;
    const folder = projectFolder({ 'mine.mjs': target('one'), 'layout/ts/old.hbs': '', 'vgi-gen.config.yaml': `templates: layout\n${shopConfig.replace('[ts]', '[ts, ./mine.mjs]')}` });
    const watch = start(folder);
    await watch.settled(1);
    expect(emitted).toEqual(['echo']);
    writeFileSync(join(folder, 'layout/ts/old.hbs'), 'x');
    await watch.settled(2);
    expect(emitted).toEqual(['echo', 'echo']);
    writeFileSync(join(folder, 'layout/ts/.old.hbs.swp'), 'x');
    mkdirSync(join(folder, 'layout/ts/partials'));
    await watch.settled(3);
    writeFileSync(join(folder, 'layout/ts/partials/new.hbs'), 'x');
    await watch.settled(4);

    writeFileSync(join(folder, 'mine.mjs'), target('two'));
    await watch.settled(5);
    expect(readFileSync(join(folder, 'generated/echo/mine/a.ts'), 'utf8')).toContain('// two');
    mkdirSync(join(folder, 'schema/history/echo'), { recursive: true });
    writeFileSync(join(folder, 'schema/history/echo/9.0.0.json'), '{}');
    await vi.waitFor(() => expect(watch.talk()).toContain('released-version-unserved'), { timeout: 5000 });
  });

  it('notices a file that was missing', async () => {
    const folder = projectFolder({ 'schema/protocol.yaml': shopRoot.replace('[types.yaml]', '[types.yaml, more/sizes.yaml]') });
    const watch = start(folder);
    await watch.settled(1);
    expect(existsSync(join(folder, 'generated'))).toBe(false);
    mkdirSync(join(folder, 'schema/more'));
    writeFileSync(join(folder, 'schema/more/sizes.yaml'), 'types:\n  Size: {doc: Two lengths in millimetres., fields: {}}\n');
    await vi.waitFor(() => expect(existsSync(join(folder, 'generated/echo/ts/Size.ts'))).toBe(true), { timeout: 5000 });
  });
});
