import { Layouts } from '../../layout/layouts.ts';
import { defineTarget, type TargetFile } from '../define-target.ts';
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
}

const modules: readonly ModulePlan[] = [
  { path: 'enums.ts', template: 'enums', view: enumsView },
  { path: 'types.ts', template: 'types', view: typesView },
  { path: 'params.ts', template: 'params', view: paramsView },
  { path: 'defaults.ts', template: 'defaults', view: defaultsView },
  { path: 'codecs.ts', template: 'codecs', view: codecsView },
  { path: 'calls.ts', template: 'calls', view: callsView, internal: true },
  { path: 'streams.ts', template: 'streams', view: streamsView },
  { path: 'methods.ts', template: 'methods', view: methodsView },
  { path: 'handlers.ts', template: 'handlers', view: handlersView },
  { path: 'client.ts', template: 'client', view: clientView },
  { path: 'metadata.ts', template: 'metadata', view: metadataView },
  { path: 'constants.ts', template: 'constants', view: constantsView },
];

/** TypeScript: types, codecs, handlers and client of a protocol, one module for each kind of thing. */
export const tsTarget = defineTarget({
  name: 'ts',
  templates: ownTemplates('ts'),
  view(model, options) {
    const layouts = new Layouts(model);
    const context = { layouts, names: new TsNames(model), runtimeImport: options.runtimeImport, adaptersImport: options.adaptersImport };
    const fileOf = ({ path, template, view }: ModulePlan): TargetFile | undefined => {
      const module = new TsModule(context, `./${path}`);
      const content = view(module);
      return isEmpty(content) ? undefined : { path, template, view: { ...content, imports: module.imports.lines() } };
    };
    const older = olderLayoutVersions(new TsModule(context, ''));
    const plans = [
      ...modules,
      ...older.map((version): ModulePlan => ({ path: `layouts-${version}.ts`, template: 'older-layouts', view: (module) => olderLayoutsView(module, version), internal: true })),
    ];
    const files = plans.flatMap((plan) => {
      const file = fileOf(plan);
      return file === undefined ? [] : [{ ...file, internal: plan.internal === true }];
    });
    const exported = files.filter(({ internal }) => !internal).map(({ path }) => `'./${path}'`);
    return [...files, { path: 'index.ts', template: 'index', view: { modules: exported } }];
  },
});

/** A module whose lists are all empty has nothing to say. */
const isEmpty = (view: object): boolean => Object.values(view).every((part) => Array.isArray(part) && part.length === 0);
