import { declarations } from '../declarations.ts';
import { removeEntry } from '../edit-mapping.ts';
import { defineRule } from '../rule.ts';

export const redundantRemoved = defineRule({
  code: 'VGI5025',
  slug: 'redundant-removed',
  tier: 'docs',
  purpose: 'What belongs to something goes with it; saying so twice means two places to change.',
  message: '{owner} goes with what it belongs to without `removed: {version}`.',
  hint: 'leave it out.',
  check(subject, report) {
    for (const { part, owner } of declarations(subject)) {
      const node = subject.origins.node(part);
      const removed = node.get('removed');
      if (removed === undefined || owner.removed === undefined || part.removed !== owner.removed) continue;
      report(removed.range, { owner: subject.origins.label(part), version: owner.removed }, { fix: removeEntry(node, 'removed') });
    }
  },
});
