import { rule } from '../change.ts';
import { withoutShapes } from './batch-shape-changed.ts';

/** A column is another type. Whether null may be in it, and what a batch in it holds, are rules of their own. */
export const fieldTypeChanged = rule('field-type-changed', function* ({ records }) {
  for (const { fields, label } of records) {
    for (const { before, after } of fields.kept) {
      if (withoutShapes(before.type) === withoutShapes(after.type)) continue;
      const params = { field: label(after), before: before.type, after: after.type };
      yield { params, before: before.range, after: after.range, breaks: ['wire', 'worker', 'client'], bump: 'major' };
    }
  }
});
