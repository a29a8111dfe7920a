import { removeEntry } from '../edit-mapping.ts';
import { defineRule } from '../rule.ts';

export const idleSpelling = defineRule({
  code: 'VGI5030',
  slug: 'idle-spelling',
  tier: 'api',
  purpose: '`value` is a second, lower-case spelling that readers accept. One that repeats the name accepts nothing more, one with capitals is never met.',
  message: 'the spelling `{value}` of {owner} {problem}.',
  check({ model, origins }, report) {
    for (const type of model.enums) {
      for (const member of type.members) {
        const { name, value } = member;
        if (value === undefined) continue;
        const range = origins.range(member, 'value');
        if (value === name) report(range, { owner: origins.label(member), value, problem: 'is its name' }, { hint: 'leave it out.', fix: removeEntry(origins.node(member), 'value') });
        else if (value !== value.toLowerCase()) report(range, { owner: origins.label(member), value, problem: 'has capitals' }, { hint: `write \`${value.toLowerCase()}\`.`, fix: { range, text: value.toLowerCase() } });
      }
    }
  },
});
