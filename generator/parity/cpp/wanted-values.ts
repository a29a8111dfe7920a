import { livesIn } from '../../model/versions.ts';
import { constantsView, versionView } from '../../emit/cpp/constants-view.ts';
import { enumsView } from '../../emit/cpp/enums-view.ts';
import type { SourceRange } from '../../load/source.ts';
import type { WantedDeclaration, WantedPart } from './declaration.ts';
import { canonicalValue } from './read-values.ts';
import { literalText } from './tokenize.ts';
import type { WantedContext } from './wanted-context.ts';

interface ConstantView {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

const constant = ({ name, type, value }: ConstantView, range: SourceRange, version: string): WantedDeclaration => ({
  kind: 'constant',
  name,
  facts: [
    { about: 'type', texts: [type] },
    { about: 'value', texts: [canonicalValue(value)] },
  ],
  parts: [],
  range,
  version,
});

/** Constants and metadata keys. */
export function wantedConstants(context: WantedContext): readonly WantedDeclaration[] {
  const { layouts, version } = context;
  const { model } = layouts;
  const view = constantsView(context) as { readonly constants: readonly ConstantView[]; readonly groups: readonly { readonly keys: readonly { readonly name: string; readonly text: string }[] }[] };
  const keys = model.metadata.flatMap((group, index) => group.keys.map((key, at) => ({ declared: key, view: { ...(view.groups[index]?.keys[at] as { readonly name: string; readonly text: string }), type: 'std::string_view' } })));
  const all = [...model.constants.map((declared, index) => ({ declared, view: view.constants[index] as ConstantView })), ...keys.map(({ declared, view: key }) => ({ declared, view: { ...key, value: key.text } }))];
  return all.flatMap(({ declared, view: own }) => (version === undefined || livesIn(declared, version) ? [constant(own, declared.range, version ?? model.protocol.current)] : []));
}

/** What headers say of the protocol as a whole. Which versions they have is said by those that have several. */
export function wantedVersion(context: WantedContext): readonly WantedDeclaration[] {
  const { layouts, options, version } = context;
  const { protocol } = layouts.model;
  const view = versionView(context, options) as { readonly current: string; readonly wireName: string; readonly service: string; readonly served: string; readonly count: number };
  const current = version ?? protocol.current;
  const range = protocol.versions.find((declared) => declared.version === current)?.range ?? protocol.range;
  const text = (name: string, value: string, place: SourceRange): WantedDeclaration => constant({ name: options.constantPrefix + name, type: 'std::string_view', value }, place, current);
  return [
    text('PROTOCOL_VERSION', JSON.stringify(current), range),
    ...(version === undefined ? [constant({ name: `${options.constantPrefix}SERVED_VERSIONS`, type: `std::array<std::string_view, ${view.count}>`, value: `{${view.served}}` }, protocol.range, current)] : []),
    text('PROTOCOL_WIRE_NAME', view.wireName, protocol.range),
    text('PROTOCOL_SERVICE', view.service, protocol.range),
  ];
}

interface EnumView {
  readonly name: string;
  readonly members: readonly { readonly name: string; readonly text: string; readonly spellings: readonly string[] }[];
}

/** Enums with the functions that turn members into text and back. */
export function wantedEnums(context: WantedContext): readonly WantedDeclaration[] {
  const { layouts, names, version } = context;
  const { model } = layouts;
  const { enums } = enumsView(context) as { readonly enums: readonly EnumView[] };
  return model.enums.flatMap((type, index): WantedDeclaration[] => {
    const view = enums[index] as EnumView;
    if (version !== undefined && !livesIn(type, version)) return [];
    const places = new Map(type.members.filter((member) => version === undefined || livesIn(member, version)).map((member) => [names.enumerator(member), member.range]));
    const members = view.members.flatMap((member) => {
      const range = places.get(member.name);
      return range === undefined ? [] : [{ ...member, range }];
    });
    const declare = (kind: WantedDeclaration['kind'], parts: readonly WantedPart[]): WantedDeclaration => ({ kind, name: view.name, facts: [], parts, range: type.range, version: version ?? model.protocol.current });
    return [
      declare('enum', members.map(({ name, range }) => ({ what: 'member', name, facts: [], parts: [], range }))),
      declare('enum text', members.map(({ name, text, range }) => ({ what: 'member', name, facts: [{ about: 'value', texts: [literalText(text) ?? text] }], parts: [], range }))),
      declare('enum spellings', members.flatMap(({ name, spellings, range }) => spellings.map((spelling): WantedPart => ({ what: 'spelling', name: literalText(spelling) ?? spelling, facts: [{ about: 'value', texts: [name] }], parts: [], range })))),
      declare('enum writer', []),
      declare('enum reader', []),
    ];
  });
}
