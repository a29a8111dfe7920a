import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Handlebars from 'handlebars';
import { createDiagnostic, wholeFile } from '../diagnostics/diagnostic.ts';
import { closest } from '../diagnostics/suggest.ts';
import { packageFolder } from '../package-folder.ts';
import { EmitError } from './emit-error.ts';

/** Renders a template of a target with plain data. Throws if the template asks for something that the data lacks. */
export type RenderTemplate = (name: string, view: object) => string;

/** A folder of templates, or their texts by name. */
export type TemplateSource = string | URL | Readonly<Record<string, string>>;

/** Where a project keeps templates that replace those of targets: `<path>/<target>/<name>.hbs`. */
export interface TemplateOverrides {
  /** Absolute. */
  readonly folder: string;
  /** As messages name it. */
  readonly path: string;
}

/** The folder of a target of our own. */
export const ownTemplates = (target: string): string => join(packageFolder(), 'templates', target);

const require = createRequire(import.meta.url);
const handlebars = (): typeof Handlebars => require('handlebars') as typeof Handlebars;
/** The part that runs compiled templates. */
const handlebarsRuntime = (): typeof Handlebars => require('handlebars/runtime') as typeof Handlebars;

const loaded = new Map<TemplateSource, RenderTemplate>();

/** The templates of a target. Those in `partials/` can be used by the others. Read once unless a project replaces some of them. */
export function loadTemplates(target: string, source: TemplateSource, overrides?: TemplateOverrides): RenderTemplate {
  if (overrides !== undefined && existsSync(join(overrides.folder, target))) return readTemplates(templateTexts(source), target, overrides);
  let render = loaded.get(source);
  if (render === undefined) {
    render = readTemplates(templateTexts(source), target);
    loaded.set(source, render);
  }
  return render;
}

/** Texts by path without extension: `handlers`, `partials/lines`. */
type TemplateTexts = Map<string, string>;

function readTemplates(texts: TemplateTexts, target: string, overrides?: TemplateOverrides): RenderTemplate {
  const replaced = overrides === undefined ? new Map<string, string>() : replaceTemplates(texts, target, overrides);
  const templates = preparedTemplates(texts, target) ?? compileTemplates(texts);
  return (name, view) => {
    const template = templates.get(name);
    if (template === undefined) throw new Error(`there is no template ${name}.hbs`);
    try {
      return template(view);
    } catch (error) {
      const [file = replaced.values().next().value] = [replaced.get(name)];
      if (file === undefined) throw error;
      throw templateFailed(file, `while \`${name}\` was laid out: ${problemOf(error)}`);
    }
  };
}

type Templates = ReadonlyMap<string, Handlebars.TemplateDelegate>;

/** What tools/compile-templates.mjs made of the templates when the compiler was built; `undefined` if there is a text among them that it did not have. */
function preparedTemplates(texts: TemplateTexts, target: string): Templates | undefined {
  const file = join(packageFolder(), 'dist/templates', `${target}.cjs`);
  if (!existsSync(file)) return undefined;
  const prepared = require(file) as { readonly handlebars: string; readonly templates: ReadonlyMap<string, TemplateSpecification> };
  const specifications = [...texts].map(([name, text]) => [name, prepared.templates.get(text)] as const);
  const runtime = handlebarsRuntime();
  if (prepared.handlebars !== runtime.VERSION || specifications.some(([, specification]) => specification === undefined)) return undefined;
  const engine = runtime.create();
  return withPartials(engine, new Map(specifications.map(([name, specification]) => [name, engine.template(specification as TemplateSpecification)])));
}

/** Compiling takes 40 ms for the templates of a target, and the compiler 15 ms to load. */
function compileTemplates(texts: TemplateTexts): Templates {
  const engine = handlebars().create();
  return withPartials(engine, new Map([...texts].map(([name, text]) => [name, engine.compile(text, { noEscape: true, strict: true, knownHelpersOnly: true })])));
}

function withPartials(engine: Pick<typeof Handlebars, 'registerPartial'>, templates: Templates): Templates {
  for (const [name, template] of templates) if (name.startsWith('partials/')) engine.registerPartial(name.slice('partials/'.length), template);
  return templates;
}

/** Puts the texts of the project in place; gives the files of those, by name. */
function replaceTemplates(texts: TemplateTexts, target: string, { folder, path }: TemplateOverrides): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, text] of folderTexts(join(folder, target))) {
    const file = `${path}/${target}/${name}.hbs`;
    if (!texts.has(name)) {
      const meant = closest(name, texts.keys());
      const hint = meant === undefined ? `it has ${[...texts.keys()].join(', ')}.` : `did you mean \`${meant}.hbs\`?`;
      throw new EmitError([createDiagnostic('unknown-template', wholeFile(file), { name, target }, { hint })]);
    }
    try {
      handlebars().parse(text);
    } catch (error) {
      throw templateFailed(file, problemOf(error));
    }
    files.set(name, file);
    texts.set(name, text);
  }
  return files;
}

const templateFailed = (file: string, problem: string): EmitError => new EmitError([createDiagnostic('template-failed', wholeFile(file), { problem })]);

/** The message of a Handlebars error on one line, without the drawing of the place. */
const problemOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n').filter((line) => !/^[\s.-]*\^?$/.test(line)).join(' ').replace(/ in \[object Object\]/, '');

function templateTexts(source: TemplateSource): TemplateTexts {
  if (typeof source === 'string') return folderTexts(source);
  if (source instanceof URL) return folderTexts(fileURLToPath(source));
  return new Map(Object.entries(source));
}

function folderTexts(folder: string): TemplateTexts {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.hbs'));
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(folder, path).split(sep).join('/').slice(0, -'.hbs'.length), readFileSync(path, 'utf8')]));
}
