import { Layouts } from '../../layout/layouts.ts';
import { typeRecord } from '../../layout/wire-record.ts';
import type { Model, RecordType } from '../../model/model.ts';
import { fieldGroups } from '../../passes/field-groups.ts';
import { columnRows, typeLink } from './column-rows.ts';
import { code, deprecation, lifetime, paragraph } from './markdown.ts';
import { methodLink } from './methods-page.ts';

/** `types.md`: every type with its columns by version, and what carries it. */
export function typesView(model: Model): object {
  const layouts = new Layouts(model);
  const oldest = model.protocol.versions[0]?.version ?? '';
  const carriers = typeCarriers(model);
  const types = model.types.map((type) => ({
    name: type.name,
    doc: paragraph(type.doc),
    facts: typeFacts(type, layouts, oldest, carriers.get(type.name) ?? []),
    rows: columnRows(type.fields, oldest),
  }));
  return { protocol: model.protocol.name, types };
}

function typeFacts(type: RecordType, layouts: Layouts, oldest: string, carriers: readonly string[]): string[] {
  const versions = lifetime(type, oldest);
  const forms = layouts.of(typeRecord(type)).map((layout) => range(layout.versions));
  return [
    ...(versions === '' ? [] : [`Versions: ${versions}`]),
    ...(forms.length > 1 ? [`Layouts: ${forms.join('; ')}`] : []),
    ...(carriers.length === 0 ? [] : [`Carried by ${carriers.join(', ')}`]),
    ...(type.adapt === undefined ? [] : [`Adapter between versions: ${code(type.adapt)}`]),
    ...(type.deprecated === undefined ? [] : [deprecation(type)]),
  ];
}

const range = (versions: readonly string[]): string => (versions.length === 1 ? `${versions[0]}` : `${versions[0]} to ${versions.at(-1)}`);

/** Links to the types and methods that carry a type, by its name. */
function typeCarriers(model: Model): Map<string, string[]> {
  const carriers = new Map<string, string[]>();
  const add = (name: string, carrier: string): void => {
    const known = carriers.get(name) ?? [];
    if (!known.includes(carrier)) carriers.set(name, [...known, carrier]);
  };
  for (const { kind, name, fields } of fieldGroups(model)) {
    for (const carried of fields.flatMap((field) => namesIn(field.type))) add(carried, kind === 'record' ? typeLink(name) : methodLink(name));
  }
  for (const { name, header, result } of model.methods) {
    if (header !== undefined) add(header, methodLink(name));
    for (const carried of namesIn(result)) add(carried, methodLink(name));
  }
  return carriers;
}

/** Names of the types inside a part of the model. */
function namesIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { kind, name } = part as { readonly kind?: unknown; readonly name?: unknown };
  if ((kind === 'ipc' || kind === 'record') && typeof name === 'string') return [name];
  return Object.entries(part).flatMap(([key, value]) => (key === 'range' ? [] : namesIn(value)));
}
