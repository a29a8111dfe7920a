import { layoutSchema } from '../../layout/arrow-schema.ts';
import { fieldFactory } from './arrow-factory.ts';
import { cppComment } from './cpp-comment.ts';
import type { RecordForm, ResultForm } from './record-forms.ts';
import type { CppContext } from './value-type.ts';

/** The schemas header: a function for every layout, and one for what a method answers. */
export function schemasView({ layouts, names }: CppContext, forms: readonly RecordForm[], results: readonly ResultForm[]): object {
  const schemas = forms.map(({ layout, name, doc }) => ({
    doc: cppComment(`Schema of \`${layout.record.name}\` in ${versionsText(layout.versions)}.${layout.newest ? ` ${doc}` : ''}`),
    name: `${name}Schema`,
    fields: layoutSchema(layouts, layout).fields.map(fieldFactory),
  }));
  const taken = new Set(schemas.map(({ name }) => name));
  const answers = results.flatMap(({ method, record, suffix }) => {
    const name = `${names.method(method)}Result${suffix}Schema`;
    // A type that is called like the answer of the method is that answer.
    return record === undefined || taken.has(name) ? [] : [{ doc: cppComment(`Schema of the record that \`${method.name}\` answers.`), name, target: `${record}Schema` }];
  });
  return { schemas, answers };
}

export const versionsText = (versions: readonly string[]): string => (versions.length === 1 ? `${versions[0]}` : `${versions[0]} to ${versions.at(-1)}`);
