import { fieldGroups } from '../../passes/field-groups.ts';
import { isRequest } from '../declarations.ts';
import { defineRule } from '../rule.ts';

export const repeatedDoc = defineRule({
  code: 'VGI5031',
  slug: 'repeated-doc',
  tier: 'docs',
  purpose: 'Two columns side by side that say the same of themselves are a doc that was copied and not changed.',
  message: '{owner} has the same doc as `{other}` beside it.',
  hint: 'say what tells the two apart.',
  check(subject, report) {
    for (const { fields } of fieldGroups(subject.model)) {
      const seen = new Map<string, (typeof fields)[number]>();
      for (const field of fields) {
        const other = seen.get(field.doc);
        seen.set(field.doc, field);
        if (other === undefined || isRequest(field, subject)) continue;
        report(subject.origins.range(field, 'doc'), { owner: subject.origins.label(field), other: other.name }, { related: [{ label: 'the other one', range: subject.origins.range(other, 'doc') }] });
      }
    }
  },
});
