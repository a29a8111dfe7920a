import { declaredComment } from './doc-comment.ts';
import { knownMembers } from '../enum-layout.ts';
import { oldestVersion } from './interface-view.ts';
import type { TsModule } from './ts-module.ts';

/** `enums.ts`: every enum as an object of its members and the union of their texts. */
export function enumsView(module: TsModule): object {
  const oldest = oldestVersion(module);
  const enums = module.layouts.model.enums.map((type) => ({
    doc: declaredComment(type, oldest),
    name: module.names.of(type),
    members: knownMembers(module.layouts, type.name).map((member) => ({
      doc: declaredComment(member, oldest),
      name: member.name,
    })),
  }));
  return { enums };
}
