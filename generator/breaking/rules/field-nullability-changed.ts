import { rule } from '../change.ts';

const nullability = (nullable: boolean): string => (nullable ? 'nullable' : 'not null');

/** Schemas compare nullability. Readers have to expect null that did not come, or writers may not send it any more. */
export const fieldNullabilityChanged = rule('field-nullability-changed', function* ({ records }) {
  for (const { fields, label, sides } of records) {
    for (const { before, after } of fields.kept) {
      if (before.nullable === after.nullable) continue;
      const params = { field: label(after), before: nullability(before.nullable), after: nullability(after.nullable) };
      // Where null travelled before it was declared, readers and writers deal with it already.
      const concerned = before.carriesNull || after.carriesNull ? [] : after.nullable ? sides.readers : sides.writers;
      yield { params, before: before.range, after: after.range, breaks: ['wire', ...concerned], bump: 'major' };
    }
  }
});
