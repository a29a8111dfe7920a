import { rule } from '../change.ts';
import { movedParts } from '../pairing.ts';

/** Schemas compare the order of columns. */
export const fieldOrderChanged = rule('field-order-changed', function* ({ records }) {
  for (const record of records) {
    for (const { before, after, from, to } of movedParts(record.before, record.fields)) {
      yield { params: { field: record.label(after), before: from, after: to }, before: before.range, after: after.range, breaks: ['wire'], bump: 'major' };
    }
  }
});
