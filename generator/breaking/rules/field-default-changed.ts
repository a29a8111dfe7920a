import type { FieldPart } from '../../history/snapshot.ts';
import { rule } from '../change.ts';

const defaultOf = ({ declared }: FieldPart): string => (declared !== undefined && 'default' in declared && declared.default !== undefined ? `the default \`${JSON.stringify(declared.default.value)}\`` : 'no default');

/** What a writer leaves out, or cannot know of, reads as something else; without a default it may not be left out any more. */
export const fieldDefaultChanged = rule('field-default-changed', function* ({ records }) {
  for (const { fields, label, sides } of records) {
    for (const { before, after } of fields.kept) {
      if (before.declared === undefined || after.declared === undefined || defaultOf(before) === defaultOf(after)) continue;
      const gone = defaultOf(after) === 'no default' && !after.nullable;
      const fresh = defaultOf(before) === 'no default';
      const params = { field: label(after), before: defaultOf(before), after: defaultOf(after) };
      yield { params, before: before.range, after: after.range, breaks: gone ? sides.writers : fresh ? [] : sides.readers, bump: 'minor' };
    }
  }
});
