import type { Layout } from '../../layout/layouts.ts';
import { Layouts } from '../../layout/layouts.ts';
import type { Version } from '../../model/model.ts';
import { CppNames, layoutSuffix } from '../../emit/cpp/cpp-names.ts';
import { type CppOptions, cppOptions } from '../../emit/cpp/cpp-options.ts';
import { type RecordForm, recordForms, type ResultForm, resultForms } from '../../emit/cpp/record-forms.ts';
import type { CppContext } from '../../emit/cpp/value-type.ts';
import type { ParityProtocol } from '../oracle.ts';

/** What headers should declare is made from: names, layouts, and which of them are meant. */
export interface WantedContext extends CppContext {
  readonly options: CppOptions;
  readonly forms: readonly RecordForm[];
  readonly results: readonly ResultForm[];
  /** The one version that the headers have, under plain names; `undefined` if they have all versions. */
  readonly version: Version | undefined;
}

/** All versions, with the names that the target `cpp` gives them. */
export function wantedContext({ build: { model }, config }: Pick<ParityProtocol, 'build' | 'config'>): WantedContext {
  const options = cppOptions(model.protocol.name, config.cpp);
  const context = { layouts: new Layouts(model), names: new CppNames(model, options) };
  const forms = recordForms(context);
  return { ...context, options, forms, results: resultForms(context, forms), version: undefined };
}

/** The same for headers that have one version, as upstream generates them: every layout has the plain name. */
export function ofVersion(context: WantedContext, version: Version): WantedContext {
  const plain = (name: string, layout: Pick<Layout, 'newest' | 'last'>): string => (layout.newest ? name : name.slice(0, -layoutSuffix(layout).length));
  const byForm = new Map(context.forms.filter(({ layout }) => layout.versions.includes(version)).map((form) => [form, { ...form, name: plain(form.name, form.layout) }]));
  const results = context.results.flatMap((result): ResultForm[] => {
    const envelope = byForm.get(result.envelope);
    if (envelope === undefined) return [];
    const { type } = envelope.layout.columns[0]?.place ?? {};
    const record = type?.kind === 'ipc' ? context.names.of(context.layouts.type(type.name)) : undefined;
    return [{ method: result.method, envelope, suffix: '', nullable: result.nullable, ...(record === undefined ? {} : { record }) }];
  });
  return { ...context, forms: [...byForm.values()], results, version };
}
