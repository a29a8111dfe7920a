import { knownMembers } from '../enum-layout.ts';
import { cppComment, declaredComment } from './cpp-comment.ts';
import { cppText } from './cpp-literal.ts';
import type { CppContext } from './value-type.ts';

/** The enums header: an `enum class` for each enum with all members that any version has, and its spellings. */
export function enumsView({ layouts, names }: CppContext): object {
  const { model } = layouts;
  const oldest = model.protocol.versions[0]?.version ?? '';
  const enums = model.enums.map((type) => ({
    doc: declaredComment(type, oldest),
    name: names.of(type),
    members: knownMembers(layouts, type.name).map((member) => ({
      doc: declaredComment(member, oldest),
      name: names.enumerator(member),
      text: cppText(member.name),
      spellings: [member.name, ...(member.value === undefined ? [] : [member.value])].map(cppText),
    })),
  }));
  return { protocolDoc: cppComment(`Enums of the protocol ${model.protocol.name}.`), enums };
}
