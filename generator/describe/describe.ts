import { columnsIn } from '../layout/columns.ts';
import type { Declared, Field, Method, Model, Operation } from '../model/model.ts';
import { placeText } from '../model/type-text.ts';
import { usesOf } from '../model/uses.ts';
import { livesIn } from '../model/versions.ts';

export type Kind = 'method' | 'type' | 'enum' | 'batch' | 'constant' | 'metadata';

/** What there is to say of one declaration; also the JSON form of `describe`. */
export interface Description {
  readonly kind: Kind;
  readonly name: string;
  readonly protocol: string;
  /** `file:line:column` of the name. */
  readonly declared: string;
  readonly doc: string;
  /** What it is, in a few words: ``unary, optional: answers `read_only` ``. */
  readonly facts: readonly string[];
  /** Versions that have it. */
  readonly versions: readonly { readonly version: string; readonly served: boolean }[];
  readonly deprecated?: Declared['deprecated'];
  readonly tables: readonly ColumnTable[];
  /** Members, keys or known columns. */
  readonly entries: readonly { readonly name: string; readonly type?: string; readonly doc: string; readonly since?: string; readonly removed?: string }[];
  readonly usedBy: readonly string[];
}

/** Columns by version; versions with the same columns stand together. */
export interface ColumnTable {
  readonly title: string;
  readonly versions: readonly (readonly string[])[];
  readonly columns: readonly { readonly name: string; readonly doc: string; /** What each group of versions has; null = not there. */ readonly forms: readonly (string | null)[] }[];
}

/** Everything of that name in a model: as a rule one thing, but names are shared between, say, methods and constants only by accident. */
export function describe(model: Model, name: string): readonly Description[] {
  const found: Description[] = [];
  const add = (kind: Kind, part: Declared, rest: Partial<Description>): void => {
    const { file, start } = part.range;
    found.push({
      kind,
      name: part.name,
      protocol: model.protocol.name,
      declared: `${file}:${start.line}:${start.column}`,
      doc: part.doc,
      facts: [],
      versions: model.protocol.versions.filter(({ version }) => livesIn(part, version)).map(({ version, served }) => ({ version, served })),
      ...(part.deprecated === undefined ? {} : { deprecated: part.deprecated }),
      tables: [],
      entries: [],
      usedBy: kind === 'method' ? [] : usesOf(model).filter((use) => use.name === name).map(({ by, part: place }) => `${by.kind} ${by.name}: ${place}`),
      ...rest,
    });
  };
  const oldest = model.protocol.versions[0]?.version ?? model.protocol.current;
  for (const type of model.types) if (type.name === name) add('type', type, { facts: type.adapt === undefined ? [] : [`adapter ${type.adapt}`], tables: tables(model, type, [['fields', type.fields]]) });
  for (const type of model.enums) if (type.name === name) add('enum', type, { facts: [`travels as ${type.encoding === 'utf8' ? 'utf8' : 'dictionary<int16, utf8>'}`], entries: type.members.map((member) => ({ ...lifetime(member, type.since), name: member.name, ...(member.value === undefined ? {} : { type: `or ${member.value}` }), doc: member.doc })) });
  for (const method of model.methods) if (method.name === name) add('method', method, { facts: methodFacts(method), tables: tables(model, method, methodGroups(method)) });
  for (const batch of model.batches) if (batch.name === name) add('batch', batch, { facts: [`rows: ${batch.rows}`, ...(batch.open ? ['further columns follow'] : [])], entries: batch.columns.map((column) => ({ ...lifetime(column, batch.since), name: column.name, type: column.type, doc: column.doc })) });
  for (const constant of model.constants) if (constant.name === name) add('constant', constant, { facts: [`${constant.type} = ${JSON.stringify(constant.value)}`] });
  for (const group of model.metadata) if (group.name === name) add('metadata', { ...group, since: oldest }, { entries: group.keys.map((key) => ({ ...lifetime(key, oldest), name: key.name, type: `${key.key} on ${key.on}`, doc: key.doc })) });
  return found;
}

/** Every name that can be described. */
export const describable = ({ types, enums, methods, batches, constants, metadata }: Model): readonly string[] => [types, enums, methods, batches, constants, metadata].flatMap((section) => section.map(({ name }) => name));

const lifetime = ({ since, removed }: { readonly since?: string; readonly removed?: string }, owner: string) => ({ ...(since === undefined || since === owner ? {} : { since }), ...(removed === undefined ? {} : { removed }) });

function methodFacts(method: Method): readonly string[] {
  const { kind, operation, result, header } = method;
  return [
    kind,
    ...(kind !== 'unary' ? [] : [`answers ${result === undefined ? 'nothing' : placeText(result.type)}${result?.doc === undefined ? '' : `: ${result.doc}`}`]),
    ...(header === undefined ? [] : [`header ${header}`]),
    ...(method.input?.dynamic === true ? ['input chosen per call'] : []),
    ...(method.output?.dynamic === true ? ['output chosen per call'] : []),
    ...(operation === undefined ? [] : [operationFact(operation)]),
  ];
}

function operationFact({ object, action, required, default: fallback }: Operation): string {
  const otherwise = required ? 'a worker must implement it' : fallback === undefined ? 'optional' : `optional, otherwise ${fallback.kind === 'constant' ? JSON.stringify(fallback.value) : fallback.kind}`;
  return `operation ${action} of ${object}; ${otherwise}`;
}

const methodGroups = ({ params, input, output }: Method): readonly (readonly [string, readonly Field[]])[] => [
  ['parameters', params],
  ...(input?.dynamic === false ? [['input', input.fields] as const] : []),
  ...(output?.dynamic === false ? [['output', output.fields] as const] : []),
];

function tables(model: Model, owner: Declared, groups: readonly (readonly [string, readonly Field[]])[]): readonly ColumnTable[] {
  const versions = model.protocol.versions.map(({ version }) => version).filter((version) => livesIn(owner, version));
  return groups.map(([title, fields]) => {
    const grouped: { readonly versions: string[]; readonly forms: ReadonlyMap<Field, string>; readonly key: string }[] = [];
    for (const version of versions) {
      const forms = new Map(columnsIn(fields, version).map((column) => [column.field, `${column.name === column.field.name ? '' : `${column.name}: `}${placeText(column.place)}`]));
      const key = JSON.stringify([...forms].map(([field, form]) => [field.name, form]));
      const last = grouped.at(-1);
      if (last?.key === key) last.versions.push(version);
      else grouped.push({ versions: [version], forms, key });
    }
    return { title, versions: grouped.map((group) => group.versions), columns: fields.map((field) => ({ name: field.name, doc: field.doc, forms: grouped.map(({ forms }) => forms.get(field) ?? null) })) };
  });
}
