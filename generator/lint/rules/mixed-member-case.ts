import { defineRule } from '../rule.ts';

export const mixedMemberCase = defineRule({
  code: 'VGI5029',
  slug: 'mixed-member-case',
  tier: 'api',
  purpose: 'Members travel as they are written. Whoever types one by hand has to be able to guess its case from the others.',
  message: '{owner} is not written like the other members of its enum, which are {style}.',
  check({ model, origins }, report) {
    for (const type of model.enums) {
      const upper = type.members.filter(({ name }) => name === name.toUpperCase()).length;
      const lower = type.members.filter(({ name }) => name === name.toLowerCase()).length;
      if (Math.max(upper, lower) <= type.members.length / 2) continue;
      const [style, convert] = upper > lower ? (['in upper case', (name: string) => name.toUpperCase()] as const) : (['in lower case', (name: string) => name.toLowerCase()] as const);
      for (const member of type.members) {
        if (member.name === convert(member.name)) continue;
        report(member.range, { owner: origins.label(member), style }, { hint: `write \`${convert(member.name)}\` if no peer sends the old spelling; it is what travels.` });
      }
    }
  },
});
