import { reachable } from '../reachable.ts';
import { defineRule } from '../rule.ts';

export const unusedEnum = defineRule({
  code: 'VGI5011',
  slug: 'unused-enum',
  tier: 'api',
  purpose: 'An enum that travels as a dictionary column needs a column. Words that stand in JSON documents, messages or metadata only say `encoding: utf8`.',
  message: '{owner} is in no column that a method sends.',
  hint: 'remove it, name it as the type of a field, or say `encoding: utf8` if its members travel as text elsewhere.',
  check({ model, origins, uses }, report) {
    const used = reachable(model, uses);
    for (const type of model.enums) {
      if (type.encoding === 'dictionary' && !used.has(type.name)) report(type.range, { owner: origins.label(type) });
    }
  },
});
