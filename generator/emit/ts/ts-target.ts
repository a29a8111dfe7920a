import { Layouts } from '../../layout/layouts.ts';
import type { Version } from '../../model/model.ts';
import { defineTarget, type KeptFile, type TargetFile } from '../define-target.ts';
import type { ModelUse } from '../../model/same-model.ts';
import type { EarlierOutput } from '../targets.ts';
import { ownTemplates } from '../templates.ts';
import { clientView } from './client-module.ts';
import { callsView, codecsView, olderLayoutsView, olderLayoutVersions } from './codecs-module.ts';
import { constantsView } from './constants-module.ts';
import { defaultsView } from './defaults-module.ts';
import { enumsView } from './enums-module.ts';
import { handlersView } from './handlers-module.ts';
import { metadataView } from './metadata-module.ts';
import { methodsView } from './methods-module.ts';
import { paramsView } from './params-module.ts';
import { streamsView } from './streams-module.ts';
import { TsModule } from './ts-module.ts';
import { TsNames } from './ts-names.ts';
import { typesView } from './types-module.ts';

interface ModulePlan {
  readonly path: string;
  readonly template: string;
  readonly view: (module: TsModule) => object;
  /** Not part of what the index exports. */
  readonly internal?: boolean;
  /** What the module shows of the model. */
  readonly uses: ModelUse;
}

const withoutDocs: ModelUse = { docsOf: [] };

const modules: readonly ModulePlan[] = [
  { path: 'enums.ts', template: 'enums', view: enumsView, uses: { docsOf: ['enums'], defaults: false } },
  { path: 'types.ts', template: 'types', view: typesView, uses: { docsOf: ['types'], defaults: false } },
  { path: 'params.ts', template: 'params', view: paramsView, uses: { docsOf: ['methods'], defaults: false } },
  { path: 'defaults.ts', template: 'defaults', view: defaultsView, uses: withoutDocs },
  { path: 'codecs.ts', template: 'codecs', view: codecsView, uses: { docsOf: [], defaults: false } },
  { path: 'calls.ts', template: 'calls', view: callsView, internal: true, uses: { docsOf: [], defaults: false } },
  { path: 'streams.ts', template: 'streams', view: streamsView, uses: { docsOf: ['methods'], defaults: false } },
  { path: 'methods.ts', template: 'methods', view: methodsView, uses: withoutDocs },
  { path: 'handlers.ts', template: 'handlers', view: handlersView, uses: { docsOf: ['methods'] } },
  { path: 'client.ts', template: 'client', view: clientView, uses: { docsOf: ['methods'] } },
  { path: 'metadata.ts', template: 'metadata', view: metadataView, uses: { docsOf: ['metadata'] } },
  { path: 'constants.ts', template: 'constants', view: constantsView, uses: { docsOf: ['constants'] } },
];

/** TypeScript: types, codecs, handlers and client of a protocol, one module for each kind of thing. */
export const tsTarget = defineTarget({
  name: 'ts',
  templates: ownTemplates('ts'),
  view(model, options) {
    const layouts = new Layouts(model);
    const context = { layouts, names: new TsNames(model), runtimeImport: options.runtimeImport, adaptersImport: options.adaptersImport };
    const fileOf = ({ path, template, view, uses }: ModulePlan): TargetFile | KeptFile | undefined => {
      if (options.earlier?.sameFor(uses)) {
        const text = options.earlier.texts.get(path);
        return text === undefined ? undefined : { path, text };
      }
      const module = new TsModule(context, `./${path}`);
      const content = view(module);
      return isEmpty(content) ? undefined : { path, template, view: { ...content, imports: module.imports.lines() } };
    };
    const plans = [...modules, ...olderVersions(options.earlier, () => olderLayoutVersions(new TsModule(context, ''))).map(olderLayouts)];
    const files = plans.flatMap((plan) => {
      const file = fileOf(plan);
      return file === undefined ? [] : [{ ...file, internal: plan.internal === true }];
    });
    const exported = files.filter(({ internal }) => !internal).map(({ path }) => `'./${path}'`);
    return [...files, { path: 'index.ts', template: 'index', view: { modules: exported } }];
  },
});

const olderLayouts = (version: Version): ModulePlan => ({
  path: `layouts-${version}.ts`,
  template: 'older-layouts',
  view: (module) => olderLayoutsView(module, version),
  internal: true,
  uses: withoutDocs,
});

/** Which versions have layouts of their own: those of before while no layout can have changed. */
function olderVersions(earlier: EarlierOutput | undefined, find: () => readonly Version[]): readonly Version[] {
  if (!earlier?.sameFor({ docsOf: [], names: false, defaults: false })) return find();
  return [...earlier.texts.keys()].flatMap((path) => /^layouts-(.*)\.ts$/.exec(path)?.[1] ?? []);
}

/** A module whose lists are all empty has nothing to say. */
const isEmpty = (view: object): boolean => Object.values(view).every((part) => Array.isArray(part) && part.length === 0);
