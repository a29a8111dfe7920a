import type { Layout } from '../../layout/layouts.ts';
import { docComment } from './doc-comment.ts';
import { type RecordCodecView, recordCodecView, type SingleCodecView, singleCodecView } from './codec-view.ts';
import { type EnumLayout, enumLayouts } from '../enum-layout.ts';
import { servedMethods, type ServedMethod, servedTypes, structsInOrder, typeUses } from '../served-records.ts';
import { codecName, layoutSuffix, valueName } from './ts-names.ts';
import { notExpressible, propertyKey, quote, type TsModule } from './ts-module.ts';
import { columnExpression } from './value-expressions.ts';

interface EnumValueView {
  readonly doc: readonly string[];
  readonly name: string;
  readonly valueType: string;
  readonly type: string;
  readonly make: string;
  readonly members: string;
  /** Spellings beside the names that readers accept; null if there are none. */
  readonly aliases: string | null;
}

interface StructValueView {
  readonly doc: readonly string[];
  readonly name: string;
  readonly valueType: string;
  readonly type: string;
  readonly make: string;
  readonly columns: readonly { readonly property: string; readonly codec: string }[];
}

/** Which layouts a module holds the codecs of. */
type Chosen = (layout: LayoutVersions) => boolean;

type LayoutVersions = Pick<Layout, 'newest' | 'current' | 'last'>;

const currentOnly: Chosen = ({ current }) => current;

/** `codecs.ts`: the values and records of today. */
export const codecsView = (module: TsModule): object => typeCodecs(module, currentOnly);

/** `calls.ts`: the parameters and answers of today. */
export const callsView = (module: TsModule): object => methodCodecs(module, currentOnly);

/** `layouts-<version>.ts`: all that has its form for the last time in that version. */
export function olderLayoutsView(module: TsModule, version: string): object {
  const chosen: Chosen = ({ last }) => last === version;
  return { ...typeCodecs(module, chosen), ...methodCodecs(module, chosen) };
}

/** Versions that some record or enum has a form of for the last time. */
export function olderLayoutVersions({ layouts }: TsModule): string[] {
  const found = new Set<string>();
  const note = ({ current, last }: LayoutVersions): unknown => !current && found.add(last);
  for (const { name } of layouts.model.enums) enumLayouts(layouts, name).forEach(note);
  for (const served of servedTypes(layouts)) served.layouts.forEach(note);
  for (const { params, result } of servedMethods(layouts)) [...params, ...(result?.layouts ?? [])].forEach(note);
  return layouts.model.protocol.versions.map(({ version }) => version).filter((version) => found.has(version));
}

const formOf = (name: string, { newest, last }: LayoutVersions): string[] => (newest ? [] : docComment(`\`${name}\` in the form that it had up to ${last}.`));

function typeCodecs(module: TsModule, chosen: Chosen): { enums: EnumValueView[]; structs: StructValueView[]; records: RecordCodecView[] } {
  const { layouts, names } = module;
  const types = servedTypes(layouts);
  const uses = typeUses(layouts.model);
  const enums = layouts.model.enums.flatMap((type) => enumLayouts(layouts, type.name).filter(chosen).map((layout) => enumValue(module, type.name, layout)));
  const structs = structsInOrder(types, uses.structs).flatMap(({ type, layouts: own, newest }) =>
    own.filter(chosen).map((layout) => structValue(module, names.of(type), layout, newest)),
  );
  const records = types
    .filter(({ type }) => uses.records.has(type.name))
    .flatMap(({ type, layouts: own, newest }) =>
      own.filter(chosen).map((layout) => {
        const naming = { name: codecName(names.of(type), layoutSuffix(layout)), type: module.recordType(type.name), record: type.name, doc: formOf(type.name, layout) };
        return recordCodecView(module, layout, newest, naming, type);
      }),
    );
  return { enums, structs, records };
}

function enumValue(module: TsModule, name: string, layout: EnumLayout): EnumValueView {
  const type = module.layouts.enum(name);
  const aliases = type.members.filter(({ value, name: member }) => value !== undefined && value !== member && layout.members.includes(member));
  const own = module.names.of(type);
  return {
    doc: formOf(name, layout),
    name: valueName(own, layoutSuffix(layout)),
    valueType: module.runtimeType('ValueCodec'),
    type: module.localType(own, './enums.ts'),
    make: module.runtimeValue(type.encoding === 'utf8' ? 'enumTextValue' : 'enumValue'),
    members: `[${layout.members.map(quote).join(', ')}]`,
    aliases: aliases.length === 0 ? null : `{ ${aliases.map(({ value = '', name: member }) => `${propertyKey(value)}: ${quote(member)}`).join(', ')} }`,
  };
}

function structValue(module: TsModule, name: string, layout: Layout, newest: Layout): StructValueView {
  const properties = ({ columns }: Layout): string[] => columns.map(({ field, name: wireName }) => module.names.property(field, wireName));
  const changed = properties(layout).join() !== properties(newest).join() ? layout.columns[0]?.field : layout.columns.find(({ convert }) => convert !== undefined)?.field;
  if (changed !== undefined) {
    throw notExpressible(changed.range, `\`${layout.record.name}\``, 'struct columns whose fields change between versions', `carry the record as \`ipc<${layout.record.name}>\`.`);
  }
  return {
    doc: formOf(layout.record.name, layout),
    name: valueName(name, layoutSuffix(layout)),
    valueType: module.runtimeType('ValueCodec'),
    type: module.recordType(layout.record.name),
    make: module.runtimeValue('structValue'),
    columns: layout.columns.map((column) => ({ property: module.names.property(column.field), codec: columnExpression(module, column, layout.last) })),
  };
}

type CallCodecView = RecordCodecView | SingleCodecView;

interface PrefixView {
  readonly name: string;
  readonly text: string;
}

function methodCodecs(module: TsModule, chosen: Chosen): { calls: CallCodecView[]; prefixes: PrefixView[] } {
  const codecs = servedMethods(module.layouts).flatMap((served) => [...paramsCodecs(module, served, chosen), ...resultCodecs(module, served, chosen)]);
  // Methods that answer the same record share a codec.
  return sharePrefixes([...new Map(codecs.map((codec) => [codec.name, codec])).values()]);
}

/** Most requests and answers are one column of the same type: a prefix that occurs more than once becomes a constant. */
function sharePrefixes(codecs: readonly CallCodecView[]): { calls: CallCodecView[]; prefixes: PrefixView[] } {
  const uses = new Map<string, SingleCodecView[]>();
  for (const codec of codecs) if (codec.single) uses.set(codec.prefix, [...(uses.get(codec.prefix) ?? []), codec]);
  const names = new Map<string, string>();
  for (const [text, [first, second]] of uses) {
    if (first === undefined || second === undefined) continue;
    const others = [...names.values()].filter((name) => name.startsWith(`${first.property}Prefix`)).length;
    names.set(text, `${first.property}Prefix${others === 0 ? '' : others + 1}`);
  }
  const calls = codecs.map((codec) => ({ ...codec, prefix: (codec.single && names.get(codec.prefix)) || codec.prefix }));
  return { calls, prefixes: [...names].map(([text, name]) => ({ name, text })) };
}

function paramsCodecs(module: TsModule, { method, params, newestParams }: ServedMethod, chosen: Chosen): CallCodecView[] {
  const { params: stem } = module.names.method(method);
  return params.filter(chosen).map((layout) => {
    const name = codecName(stem, layoutSuffix(layout));
    const doc = formOf(method.name, layout);
    if (method.request !== undefined) return singleCodecView(module, layout, { name, record: method.name, doc, type: module.recordType(method.request) });
    return recordCodecView(module, layout, newestParams, { name, record: method.name, doc, type: module.localType(stem, './params.ts') });
  });
}

function resultCodecs(module: TsModule, { method, result }: ServedMethod, chosen: Chosen): SingleCodecView[] {
  if (result === undefined) return [];
  const stem = module.names.method(method).result;
  const answer = result.type.type;
  return result.layouts.filter(chosen).map((layout) => {
    const record = answer.type.kind === 'ipc' ? answer.type.name : layout.record.name;
    const view = singleCodecView(module, layout, { name: codecName(stem, layoutSuffix(layout)), record, doc: formOf(record, layout), type: module.placeType(answer) });
    // The contract is about requests: answers are only read by clients, and implementations differ in what they declare nullable.
    return { ...view, contract: quote('by_name') };
  });
}
