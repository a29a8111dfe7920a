import { fieldGroups } from '../../passes/field-groups.ts';
import { defineRule } from '../rule.ts';

export const impossibleNull = defineRule({
  code: 'VGI5018',
  slug: 'impossible-null',
  tier: 'docs',
  purpose: 'A doc that explains null on a field that is never null means that the type or the doc is wrong.',
  message: 'the doc of {owner} says what null means, but the field is never null.',
  hint: 'add `?` to the type (and to earlier versions an entry in `was`), or correct the doc.',
  check({ model, origins }, report) {
    for (const { fields } of fieldGroups(model)) {
      for (const field of fields) {
        const everNull = field.carriesNull || [field.type, ...field.was.map(({ type }) => type)].some(({ nullable }) => nullable);
        const holdsOthers = ['list', 'large_list', 'fixed_list', 'map', 'batch', 'record', 'ipc'].includes(field.type.type.kind);
        if (!everNull && !holdsOthers && /(^|[.;] )Null (if|when|for|without|means|unless|leaves)\b/.test(field.doc)) report(origins.range(field, 'doc'), { owner: origins.label(field) });
      }
    }
  },
});
