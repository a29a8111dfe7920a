import { rule } from '../change.ts';

/** Columns are found by name, and a record's property is called after its column. */
export const fieldRenamed = rule('field-renamed', function* ({ records }) {
  for (const { fields, label } of records) {
    for (const { before, after } of fields.kept) {
      if (before.name === after.name) continue;
      yield { params: { field: label(after), before: before.name }, before: before.range, after: after.range, breaks: ['wire', 'worker', 'client'], bump: 'major' };
    }
  }
});
