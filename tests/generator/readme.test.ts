import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands } from '../../generator/cli/program.ts';
import { anchor } from '../../generator/emit/docs/markdown.ts';
import { projectFolder, shopTypes } from './cli/project-folder.ts';
import { runInFolder } from './run-in-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
const withoutCode = (text: string): string => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, (code) => (code.includes('](') ? '' : code));

/** Links to places of this project: path, or nothing for the page itself, and anchor, if any. */
const linksOf = (page: string): { path: string; heading?: string }[] =>
  [...withoutCode(textOf(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target as string)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => target.split('#'))
    .map(([path = '', heading]) => ({ path: path === '' ? page : relative(root, join(root, dirname(page), path)), heading }));

const headingsOf = (page: string): string[] => [...withoutCode(textOf(page)).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor((heading as string).replaceAll('`', '')));

describe.each(pages)('%s', (page) => {
  it('links to what is there', () => {
    const broken = linksOf(page).filter(({ path, heading }) => !existsSync(join(root, path)) || (heading !== undefined && !headingsOf(path).includes(heading)));
    expect(broken).toEqual([]);
  });
});

describe('the README', () => {
  const readme = textOf('README.md');

  it('names every command, and a test for every feature', () => {
    const tools = /^\| Tools \| (.*) \|$/m.exec(readme)?.[1]?.split(', ');
    expect(tools?.sort()).toEqual(commands.map(({ name }) => `\`${name}\``).sort());
    const features = readme.slice(readme.indexOf('## What the tool does'), readme.indexOf('\n## ', readme.indexOf('## What the tool does') + 1)).split('\n').filter((line) => line.startsWith('| ') && !/^\| (Feature|---)/.test(line));
    expect(features.length).toBeGreaterThan(25);
    expect(features.filter((line) => !/\(tests\/[\w/-]+\.test\.ts\) \|$/.test(line))).toEqual([]);
  });

  it('says commands with flags that they have', () => {
    for (const [, name, rest = ''] of [readme, textOf('docs/targets.md'), textOf('docs/editors.md')].join('\n').matchAll(/(?:npx|bin\/)\s?vgi-gen ([a-z]+)([^\n`#]*)/g)) {
      const command = commands.find((candidate) => candidate.name === name);
      expect([name, command?.name]).toEqual([name, name]);
      const known = [...(command?.options ?? []).map(([flag]) => flag.split(' ')[0]), '--config', '--format', '--stats', '--quiet', '--stdin-filename'];
      for (const [flag] of rest.matchAll(/--[a-z-]+/g)) expect([name, known]).toEqual([name, expect.arrayContaining([flag])]);
    }
  });
});

describe('docs/editors.md', () => {
  const blocks = [...textOf('docs/editors.md').matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language, text]) => [language, text] as const);

  it('has a task whose pattern reads every finding', async () => {
    const { tasks } = JSON.parse(blocks.find(([language]) => language === 'json')?.[1] ?? '') as { tasks: { problemMatcher: { pattern: { regexp: string } } }[] };
    const pattern = new RegExp(tasks[0]?.problemMatcher.pattern.regexp ?? '');
    const { err } = await runInFolder(projectFolder({ 'schema/types.yaml': shopTypes.replace('int64', 'int46') }), ['lint']);
    const found = err.split('\n').flatMap((line) => pattern.exec(line)?.slice(1) ?? []);
    expect(found).toEqual(['schema/types.yaml', '2', expect.stringMatching(/^\d+$/), 'error', 'VGI3002', expect.stringContaining('uses `int46`')]);
  });

  it('names a schema that the package has, as the definitions do', () => {
    const modeline = /\$schema=node_modules\/vgi-gen\/(\S+)/.exec(blocks.find(([language]) => language === 'yaml')?.[1] ?? '')?.[1] ?? '';
    expect(existsSync(join(root, modeline))).toBe(true);
    const files = readdirSync(join(root, 'schema'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    const named = files.map((name) => relative(root, join(root, 'schema', dirname(name), /^# yaml-language-server: \$schema=(\S+)\n/.exec(textOf(`schema/${name}`))?.[1] ?? 'nothing')));
    expect(named.filter((schema) => schema === modeline).length).toBeGreaterThan(20);
    const other = named.filter((schema) => !existsSync(join(root, schema)));
    expect(other).toEqual([]);
  });
});
