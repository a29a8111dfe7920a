import { rule } from '../change.ts';

/** The two sides take different values for the one that both know; code compiles as before. */
export const constantValueChanged = rule('constant-value-changed', function* ({ constants }) {
  for (const { before, after } of constants.kept) {
    const params = { name: after.name, before: JSON.stringify(before.value), after: JSON.stringify(after.value) };
    if (params.before !== params.after) yield { params, before: before.range, after: after.range, breaks: ['wire'], bump: 'major' };
  }
});
