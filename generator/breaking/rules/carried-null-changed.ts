import { rule } from '../change.ts';

/** The declaration is the same, but null comes where none did, or is not taken any more where it was. */
export const carriedNullChanged = rule('carried-null-changed', function* ({ records }) {
  for (const { fields, label, sides } of records) {
    for (const { before, after } of fields.kept) {
      if (before.nullable !== after.nullable || before.carriesNull === after.carriesNull) continue;
      const params = { field: label(after), before: before.carriesNull ? 'carried' : 'did not carry', after: after.carriesNull ? 'carries' : 'does not carry' };
      yield { params, before: before.range, after: after.range, breaks: ['wire', ...(after.carriesNull ? sides.readers : sides.writers)], bump: 'major' };
    }
  }
});
