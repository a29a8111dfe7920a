import { sections, type Section } from '../load/merge-files.ts';

const nouns: Readonly<Record<string, string>> = {
  'types/fields': 'field',
  'enums/members': 'member',
  'methods/params': 'parameter',
  'methods/input': 'input column',
  'methods/output': 'output column',
  'metadata/keys': 'metadata key',
  'batches/columns': 'column',
};

/** What a message calls the place a JSON pointer leads to: ``field `path` of `SchemaInfo` ``, ``` `output` of `protocols[0]` ```. */
export function describePointer(pointer: string): string {
  const parts = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (parts.length === 0) return 'the file';
  const [section = '', name, group, member, ...rest] = parts;
  if (!Object.hasOwn(sections, section) || name === undefined) return `\`${path(parts)}\``;
  const noun = group === undefined ? undefined : nouns[`${section}/${group}`];
  if (noun !== undefined && member !== undefined) return within(rest, `${noun} \`${member}\` of \`${name}\``);
  return within(parts.slice(2), `${sections[section as Section]} \`${name}\``);
}

const within = (parts: readonly string[], owner: string): string => (parts.length === 0 ? owner : `\`${path(parts)}\` of ${owner}`);

const path = (parts: readonly string[]): string => parts.map((part, index) => (/^[0-9]+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
