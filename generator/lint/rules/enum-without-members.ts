import { livesIn } from '../../model/versions.ts';
import { defineRule } from '../rule.ts';

export const enumWithoutMembers = defineRule({
  code: 'VGI5026',
  slug: 'enum-without-members',
  tier: 'wire',
  purpose: 'In a version in which an enum has no members, a column of it can carry nothing, and its dictionary is empty.',
  message: '{owner} has no member in version {version}.',
  hint: 'let one member be as old as the enum, or give the enum the `since` of its first member.',
  check({ model, origins }, report) {
    for (const type of model.enums) {
      const empty = model.protocol.versions.find(({ version }) => livesIn(type, version) && !type.members.some((member) => livesIn(member, version)));
      if (empty !== undefined) report(type.range, { owner: origins.label(type), version: empty.version });
    }
  },
});
