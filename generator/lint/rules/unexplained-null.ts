import type { Place, TypeRef } from '../../model/model.ts';
import { fieldGroups } from '../../passes/field-groups.ts';
import { isRequest } from '../declarations.ts';
import { defineRule } from '../rule.ts';

export const unexplainedNull = defineRule({
  code: 'VGI5017',
  slug: 'unexplained-null',
  tier: 'docs',
  purpose: 'Null can mean unknown, none, not asked for or the default. Whoever reads or writes the field needs to know which.',
  message: '{owner} may be null, or has items that may, but its doc does not say what null means.',
  hint: 'say it in the doc: `Null if ...`.',
  check(subject, report) {
    const { model, origins } = subject;
    for (const { fields, kind } of fieldGroups(model)) {
      // Columns of streams are nullable by convention.
      if (kind === 'input' || kind === 'output') continue;
      for (const field of fields) {
        const mayBeNull = field.type.nullable || field.carriesNull || hasNullItems(field.type.type);
        if (mayBeNull && !isRequest(field, subject) && !/\bnulls?\b/i.test(field.doc)) report(origins.range(field, 'doc'), { owner: origins.label(field) });
      }
    }
  },
});

function hasNullItems(type: TypeRef): boolean {
  const inner = (place: Place): boolean => place.nullable || hasNullItems(place.type);
  if (type.kind === 'list' || type.kind === 'large_list' || type.kind === 'fixed_list') return inner(type.item);
  return type.kind === 'map' && inner(type.value);
}
