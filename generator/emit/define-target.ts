import type { Model } from '../model/model.ts';
import type { Target, TargetOptions } from './targets.ts';
import { loadTemplates, type TemplateSource } from './templates.ts';

/** One file of a target: where it goes, which template lays it out, and what the template shows. */
export interface TargetFile {
  /** Relative to the target's own folder, `<output>/<target name>`, with forward slashes. */
  readonly path: string;
  readonly template: string;
  /** Plain data. A template that asks for more than it has fails. */
  readonly view: object;
}

/** A file that is as it was (`options.earlier`). */
export interface KeptFile {
  readonly path: string;
  readonly text: string;
}

/** What a target consists of: the decisions in `view`, the layout in `templates`. */
export interface TargetDefinition {
  /** Lower case; the folder of its files is called like it. */
  readonly name: string;
  /** A folder of Handlebars templates, `*.hbs`, with partials in `partials/`; or the templates' texts by name. */
  readonly templates: TemplateSource;
  /** Maps the model of a definition to files. Throws `EmitError` for what the target has no form for. */
  view(model: Model, options: TargetOptions): readonly (TargetFile | KeptFile)[];
}

/** A target of the compiler. A project replaces its templates by files of the same name in `<templates of the project>/<target name>`. */
export const defineTarget = ({ name, templates, view }: TargetDefinition): Target => ({
  name,
  emit(model, options) {
    const render = loadTemplates(name, templates, options.templates);
    return view(model, options).map((file) => ({ path: file.path, text: 'text' in file ? file.text : render(file.template, file.view) }));
  },
});
