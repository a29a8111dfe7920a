import { compile } from '../../generator/compile.ts';
import { diskFileSystem } from '../../generator/load/file-system.ts';
import { Layouts } from '../../generator/layout/layouts.ts';
import { wireRecords } from '../../generator/layout/wire-record.ts';
import type { Field, TypeRef } from '../../generator/model/model.ts';

/** What a schema language without versions says of a protocol: its current version, every record of a call by a name of its own. */
export interface PlainSchema {
  readonly name: string;
  readonly enums: readonly { readonly name: string; readonly doc: string; readonly members: readonly { readonly name: string; readonly doc: string }[] }[];
  readonly messages: readonly { readonly name: string; readonly doc: string; readonly fields: readonly PlainField[] }[];
  readonly methods: readonly { readonly name: string; readonly doc: string; readonly request: string; readonly response: string; readonly takesStream: boolean; readonly givesStream: boolean }[];
}

export interface PlainField {
  readonly name: string;
  readonly doc: string;
  readonly optional: boolean;
  readonly type: TypeRef;
}

/** Compiles a definition below `folder` and gives its current version as a plain schema. Throws if it has errors. */
export function plainSchema(folder: string, root: string): PlainSchema {
  const { model, diagnostics } = compile(diskFileSystem(folder), root);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const layouts = new Layouts(model);
  const current = wireRecords(model).flatMap((record) => layouts.of(record).filter((layout) => layout.current));
  const docs = new Map<string, string>([...model.types, ...model.methods].map(({ name, doc }) => [name, doc]));
  const plainField = ({ name, doc, type }: Field): PlainField => ({ name, doc, optional: type.nullable, type: type.type });
  const messages = current.map(({ record, columns }) => ({
    name: messageName(record.name),
    doc: docs.get(record.name) ?? docs.get(record.name.split('.', 1)[0] ?? '') ?? '',
    fields: columns.map(({ field }) => plainField(field)),
  }));
  const known = new Set(messages.map(({ name }) => name));
  const named = (...names: readonly string[]): string => names.map(messageName).find((name) => known.has(name)) ?? nothing;
  const methods = model.methods
    .filter(({ name }) => known.has(messageName(name)))
    .map(({ name, doc, kind }) => ({
      name: pascal(name),
      doc,
      request: named(...(kind === 'exchange' ? [`${name}.input`] : []), name),
      response: named(`${name}.output`, `${name}.result`),
      takesStream: kind === 'exchange',
      givesStream: kind !== 'unary',
    }));
  const enums = model.enums.map(({ name, doc, members }) => ({ name, doc, members: members.map((member) => ({ name: member.name, doc: member.doc })) }));
  return { name: model.protocol.name, enums, messages: [...messages, { name: nothing, doc: 'No answer.', fields: [] }], methods };
}

const nothing = 'Nothing';

const pascal = (name: string): string => name.replace(/(?:^|[_.])([a-z0-9])/g, (_, first: string) => first.toUpperCase());

/** Types keep their names; `catalog_table_get` becomes `CatalogTableGetRequest`. */
const messageName = (record: string): string => (/^[A-Z]/.test(record) ? record : `${pascal(record)}${record.includes('.') ? '' : 'Request'}`);
