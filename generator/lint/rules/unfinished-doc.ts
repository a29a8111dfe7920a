import { documented } from '../declarations.ts';
import { defineRule } from '../rule.ts';

export const unfinishedDoc = defineRule({
  code: 'VGI5032',
  slug: 'unfinished-doc',
  tier: 'docs',
  purpose: 'Docs are published as they are, into every target and the reference.',
  message: 'the doc of {owner} is not finished: it says `{word}`.',
  hint: 'say what is known, or nothing of it.',
  check(subject, report) {
    for (const { part, doc } of documented(subject)) {
      const word = /\b(TODO|FIXME|TBD|XXX)\b|\?\?\?|lorem ipsum/i.exec(doc)?.[0];
      if (word !== undefined) report(subject.origins.range(part, 'doc'), { owner: subject.origins.label(part), word });
    }
  },
});
