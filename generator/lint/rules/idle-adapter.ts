import { removeEntry } from '../edit-mapping.ts';
import { defineRule } from '../rule.ts';

export const idleAdapter = defineRule({
  code: 'VGI5036',
  slug: 'idle-adapter',
  tier: 'api',
  purpose: 'An adapter supplies and reads the fields that only earlier versions have. Without such fields it is never called.',
  message: '{owner} names an adapter, but every field of it is in the current version.',
  hint: 'leave `adapt` out.',
  check({ model, origins }, report) {
    for (const type of model.types) {
      if (type.adapt === undefined || type.fields.some(({ removed }) => removed !== undefined)) continue;
      report(origins.range(type, 'adapt'), { owner: origins.label(type) }, { fix: removeEntry(origins.node(type), 'adapt') });
    }
  },
});
