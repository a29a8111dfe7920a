import type { Constant } from '../../model/model.ts';
import { cppComment, declaredComment } from './cpp-comment.ts';
import { cppText } from './cpp-literal.ts';
import type { CppOptions } from './cpp-options.ts';
import type { CppContext } from './value-type.ts';

/** The constants header: constants and metadata keys. */
export function constantsView({ layouts, names }: CppContext): object {
  const { model } = layouts;
  const oldest = model.protocol.versions[0]?.version ?? '';
  return {
    constants: model.constants.map((constant) => ({ doc: declaredComment(constant, oldest), name: names.of(constant), ...constantForm(constant) })),
    groups: model.metadata.map((group) => ({
      doc: cppComment(`Metadata keys, ${group.name}: ${group.doc.trim()}`),
      keys: group.keys.map((key) => ({ doc: declaredComment(key, oldest, `On: ${key.on}.`), name: names.of(key), text: cppText(key.key) })),
    })),
  };
}

function constantForm({ type, value }: Constant): { type: string; value: string } {
  switch (type) {
    case 'list<utf8>': {
      const items = value as readonly string[];
      return { type: `std::array<std::string_view, ${items.length}>`, value: `{{${items.map((item) => `std::string_view(${cppText(item)})`).join(', ')}}}` };
    }
    case 'utf8':
      return { type: 'std::string_view', value: cppText(String(value)) };
    case 'bool':
      return { type: 'bool', value: String(value) };
    case 'float64':
      return { type: 'double', value: /^-?\d+$/.test(String(value)) ? `${String(value)}.0` : String(value) };
    default:
      // The smallest integer has no literal of its own: its minus sign is an operator.
      return { type: `${type}_t`, value: type === 'int64' ? `INT64_C(${String(value)})` : String(value) };
  }
}

/** The version header: what a client and a server say of the protocol as a whole. */
export function versionView({ layouts }: CppContext, { constantPrefix }: CppOptions): object {
  const { name, wireName, service, versions, current } = layouts.model.protocol;
  const served = versions.filter((version) => version.served).map(({ version }) => cppText(version));
  return {
    protocol: name,
    prefix: constantPrefix,
    current: cppText(current),
    wireName: cppText(wireName),
    service: cppText(service),
    count: served.length,
    served: served.map((version) => `std::string_view(${version})`).join(', '),
  };
}
