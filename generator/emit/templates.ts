import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { packageFolder } from '../package-folder.ts';

/** Renders a template of a target with plain data. Throws if the template asks for something that the data lacks. */
export type RenderTemplate = (name: string, view: object) => string;

const loaded = new Map<string, RenderTemplate>();

/** The templates of a target, `templates/<target>/*.hbs`; those in `partials/` can be used by the others. Read once. */
export function loadTemplates(target: string): RenderTemplate {
  let render = loaded.get(target);
  if (render === undefined) {
    render = readTemplates(join(packageFolder(), 'templates', target));
    loaded.set(target, render);
  }
  return render;
}

function readTemplates(folder: string): RenderTemplate {
  const engine = Handlebars.create();
  const options = { noEscape: true, strict: true, knownHelpersOnly: true };
  const compile = (file: string): HandlebarsTemplateDelegate => engine.compile(readFileSync(file, 'utf8'), options);
  for (const [name, file] of templateFiles(join(folder, 'partials'))) engine.registerPartial(name, compile(file));
  const templates = new Map([...templateFiles(folder)].map(([name, file]) => [name, compile(file)]));
  return (name, view) => {
    const template = templates.get(name);
    if (template === undefined) throw new Error(`there is no template ${join(folder, name)}.hbs`);
    return template(view);
  };
}

function* templateFiles(folder: string): Generator<[name: string, file: string]> {
  for (const entry of readdirSync(folder).sort()) {
    if (entry.endsWith('.hbs')) yield [entry.slice(0, -'.hbs'.length), join(folder, entry)];
  }
}
