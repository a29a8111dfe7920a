import type { Field } from '../../../runtime/arrow/schema.ts';
import { typeName } from '../../../runtime/arrow/type.ts';
import { layoutSchema } from '../../layout/arrow-schema.ts';
import { columnsIn, type Column } from '../../layout/columns.ts';
import type { Layout, Layouts } from '../../layout/layouts.ts';
import type { SourceRange } from '../../load/source.ts';
import type { TypeRef, Version } from '../../model/model.ts';
import { compareVersions } from '../../model/versions.ts';
import type { RecordForm } from '../../emit/cpp/record-forms.ts';
import type { WantedDeclaration, WantedPart } from './declaration.ts';
import { nullability, ownType } from './read-arrow-type.ts';
import type { WantedContext } from './wanted-context.ts';

/** Where the definition has a record. */
export const formRange = ({ layouts }: WantedContext, { layout, method }: RecordForm): SourceRange => method?.range ?? layouts.type(layout.record.name).range;

/** Where the definition has a column in the form of a version. */
export const columnRange = ({ field }: Column, version: Version): SourceRange => field.was.find(({ before }) => compareVersions(version, before) < 0)?.range ?? field.range;

/** A function for every layout, and one for the record that a method answers. */
export function wantedSchemas(context: WantedContext): readonly WantedDeclaration[] {
  const { layouts, names, forms, results } = context;
  const fields = new Map<string, readonly WantedPart[]>();
  const schemas = forms.map((form): WantedDeclaration => {
    const parts = wantedFields(layouts, form.layout);
    fields.set(form.name, parts);
    return { kind: 'schema', name: `${form.name}Schema`, facts: [], parts, range: formRange(context, form), version: context.version ?? form.layout.last };
  });
  const taken = new Set(schemas.map(({ name }) => name));
  const answers = results.flatMap(({ method, record, suffix, envelope }): WantedDeclaration[] => {
    const name = `${names.method(method)}Result${suffix}Schema`;
    if (record === undefined || taken.has(name)) return [];
    return [{ kind: 'schema', name, facts: [{ about: 'code', texts: [`${record}Schema`] }], parts: fields.get(record) ?? [], range: method.range, version: context.version ?? envelope.layout.last }];
  });
  return [...schemas, ...answers];
}

function wantedFields(layouts: Layouts, layout: Layout): readonly WantedPart[] {
  const { fields } = layoutSchema(layouts, layout);
  return layout.columns.map((column, index) => wantedField(layouts, fields[index] as Field, column.place.type, layout.last, columnRange(column, layout.last)));
}

function wantedField(layouts: Layouts, { name, type, nullable }: Field, ref: TypeRef, version: Version, range: SourceRange): WantedPart {
  return {
    what: 'field',
    name,
    facts: [
      { about: 'type', texts: [ownType(type)], shown: typeName(type) },
      { about: 'nullability', texts: [nullability(nullable)] },
    ],
    parts: innerFields(layouts, type, ref, version, range),
    range,
  };
}

/** Fields of structs are declared by themselves, items and keys with the field that they are in. */
function innerFields(layouts: Layouts, type: Field['type'], ref: TypeRef, version: Version, range: SourceRange): readonly WantedPart[] {
  if (ref.kind === 'record' && type.kind === 'struct') {
    const columns = columnsIn(layouts.type(ref.name).fields, version);
    return columns.map((column, index) => wantedField(layouts, type.fields[index] as Field, column.place.type, version, columnRange(column, version)));
  }
  if ((ref.kind === 'list' || ref.kind === 'large_list' || ref.kind === 'fixed_list') && 'item' in type) return [wantedField(layouts, type.item, ref.item.type, version, range)];
  if (ref.kind === 'map' && type.kind === 'map') return [wantedField(layouts, type.key, ref.key.type, version, range), wantedField(layouts, type.value, ref.value.type, version, range)];
  return [];
}
