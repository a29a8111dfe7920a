import { compareVersions } from '../../model/versions.ts';
import { declarations } from '../declarations.ts';
import { defineRule } from '../rule.ts';

export const deprecationOrder = defineRule({
  code: 'VGI5022',
  slug: 'deprecation-order',
  tier: 'docs',
  purpose: 'Something can be deprecated only while it is there: after `since` and before `removed`.',
  message: '{owner} is deprecated since {version}, but {problem}.',
  hint: 'correct `deprecated.since`, or leave it out.',
  check(subject, report) {
    for (const { part } of declarations(subject)) {
      const version = part.deprecated?.since;
      if (version === undefined) continue;
      const early = compareVersions(version, part.since) < 0;
      const late = part.removed !== undefined && compareVersions(version, part.removed) >= 0;
      if (!early && !late) continue;
      const problem = early ? `is only there since ${part.since}` : `is removed in ${part.removed}`;
      report(subject.origins.range(part, 'deprecated', 'since'), { owner: subject.origins.label(part), version, problem });
    }
  },
});
