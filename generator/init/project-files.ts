import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { loadTemplates, ownTemplates } from '../emit/templates.ts';
import { camelCase, kebabCase, pascalCase } from '../names/case.ts';
import { packageFolder } from '../package-folder.ts';

interface ProjectKind {
  readonly summary: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly rootDir: string;
  readonly include: readonly string[];
}

/** The kinds of projects that can be begun. Tests run on what tsc wrote, with the test runner of Node. */
export const projectKinds = {
  protocol: {
    summary: 'a protocol of your own, with handlers and a client',
    scripts: {
      generate: 'vgi-gen generate',
      build: 'vgi-gen generate && tsc',
      check: 'vgi-gen check && vgi-gen implement --check src/handlers.ts',
      test: 'node --test dist/src/handlers.test.js',
    },
    rootDir: '.',
    include: ['src', 'generated/ts'],
  },
  worker: {
    summary: 'a worker that DuckDB attaches',
    scripts: { build: 'tsc', start: 'node dist/worker.js', test: 'node --test dist/worker.test.js' },
    rootDir: 'src',
    include: ['src'],
  },
  client: {
    summary: 'a program that calls workers without DuckDB',
    scripts: { build: 'tsc', start: 'node dist/main.js', test: 'node --test dist/describe-worker.test.js' },
    rootDir: 'src',
    include: ['src'],
  },
} as const satisfies Readonly<Record<string, ProjectKind>>;

export type ProjectKindName = keyof typeof projectKinds;

/** Templates whose name differs from the file's: npm leaves `.gitignore` out of packages, and a definition is called like its protocol. */
const fileNames = (name: string): Readonly<Record<string, string>> => ({ gitignore: '.gitignore', 'definition.yaml': `${name}.yaml` });

/** The files of a new project in a folder; `vgiGen` is the version of this package that it depends on, or another npm specifier. */
export function projectFiles(kind: ProjectKindName, folder: string, vgiGen: string): { readonly path: string; readonly text: string }[] {
  const { scripts, rootDir, include } = projectKinds[kind];
  const name = projectName(folder);
  const { devDependencies } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
  const view = {
    name,
    pascal: pascalCase(name),
    camel: camelCase(name),
    catalog: name.replaceAll('-', '_'),
    vgiGen,
    typescript: devDependencies['typescript'],
    nodeTypes: devDependencies['@types/node'],
    scripts: Object.entries(scripts).map(([script, command]) => ({ name: script, command })),
    rootDir,
    include: `[${include.map((path) => `"${path}"`).join(', ')}]`,
  };
  const renamed = fileNames(name);
  return ['shared', kind].flatMap((part) => {
    const source = join(ownTemplates('init'), part);
    const render = loadTemplates('init', source);
    return templateNames(source).map((template) => ({ path: renamed[template] ?? template, text: render(template, view) }));
  });
}

/** Name of the project after its folder: kebab-case, and a name for npm, the definition and SQL. */
function projectName(folder: string): string {
  const name = kebabCase(basename(folder).replace(/[^A-Za-z0-9]+/g, '-').replace(/^[-0-9]+|-+$/g, ''));
  return name === '' ? 'my-project' : name;
}

const templateNames = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/').replace(/\.hbs$/, ''))
    .sort();
