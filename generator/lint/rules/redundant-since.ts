import { declarations } from '../declarations.ts';
import { removeEntry } from '../edit-mapping.ts';
import { defineRule } from '../rule.ts';

export const redundantSince = defineRule({
  code: 'VGI5024',
  slug: 'redundant-since',
  tier: 'docs',
  purpose: 'A `since` that only repeats the age of the owner looks like a change where there was none.',
  message: '{owner} is as old as what it belongs to without `since: {version}`.',
  hint: 'leave it out.',
  check(subject, report) {
    for (const { part, owner } of declarations(subject)) {
      const node = subject.origins.node(part);
      const since = node.get('since');
      if (since === undefined || part.since !== owner.since) continue;
      report(since.range, { owner: subject.origins.label(part), version: part.since }, { fix: removeEntry(node, 'since') });
    }
  },
});
