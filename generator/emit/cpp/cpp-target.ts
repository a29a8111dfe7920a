import { Layouts } from '../../layout/layouts.ts';
import { defineTarget, type TargetFile } from '../define-target.ts';
import { ownTemplates } from '../templates.ts';
import { buildersView, layoutsView, readersView } from './calls-view.ts';
import { constantsView, versionView } from './constants-view.ts';
import { CppNames } from './cpp-names.ts';
import { cppOptions } from './cpp-options.ts';
import { enumsView } from './enums-view.ts';
import { recordForms, resultForms } from './record-forms.ts';
import { recordsView } from './records-view.ts';
import { schemasView } from './schemas-view.ts';
import type { CppContext } from './value-type.ts';

/** C++17 headers on top of Arrow C++: schemas, structs, request builders, result readers, enums, constants. */
export const cppTarget = defineTarget({
  name: 'cpp',
  templates: ownTemplates('cpp'),
  view(model, settings) {
    const options = cppOptions(model.protocol.name, settings.cpp);
    const context: CppContext = { layouts: new Layouts(model), names: new CppNames(model, options) };
    const forms = recordForms(context);
    const results = resultForms(context, forms);
    const frame = { ...options, guard: `${options.namespace.replaceAll('::', '_').toUpperCase()}_ARROW_SUPPORT_HPP` };
    const header = (name: string, template: string, view: object): TargetFile => ({ path: `${options.filePrefix}${name}.hpp`, template, view: { ...frame, ...view } });
    return [
      header('arrow_support', 'arrow-support', {}),
      header('protocol_version', 'version', versionView(context, options)),
      header('protocol_constants', 'constants', constantsView(context)),
      header('protocol_enums', 'enums', enumsView(context)),
      header('protocol_schemas', 'schemas', schemasView(context, forms, results)),
      header('records', 'records', recordsView(context, forms)),
      header('request_builders', 'request-builders', buildersView(context, forms)),
      header('result_readers', 'result-readers', readersView(context, results)),
      header('record_layouts', 'record-layouts', layoutsView(context, forms, results)),
    ];
  },
});
