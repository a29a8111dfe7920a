import { reachable } from '../reachable.ts';
import { defineRule } from '../rule.ts';

export const unusedType = defineRule({
  code: 'VGI5010',
  slug: 'unused-type',
  tier: 'api',
  purpose: 'A type that no method needs, directly or through other types, gets a codec that nothing calls and a page that leads nowhere.',
  message: '{owner} is used by no method.',
  hint: 'remove it, or name it where it travels.',
  check({ model, origins, uses }, report) {
    const used = reachable(model, uses);
    for (const type of model.types) if (!used.has(type.name)) report(type.range, { owner: origins.label(type) });
  },
});
