import { rule } from '../change.ts';

/** Peers of the earlier version send or expect a column that is gone. */
export const fieldRemoved = rule('field-removed', function* ({ records }) {
  for (const { fields, label, placeOfRemoved } of records) {
    for (const field of fields.removed) {
      yield { params: { field: label(field) }, before: field.range, after: placeOfRemoved(field), breaks: ['wire', 'worker', 'client'], bump: 'major' };
    }
  }
});
