import { rule } from '../change.ts';

/** Code that uses it takes another type. */
export const constantTypeChanged = rule('constant-type-changed', function* ({ constants }) {
  for (const { before, after } of constants.kept) {
    if (before.type === after.type) continue;
    yield { params: { name: after.name, before: before.type, after: after.type }, before: before.range, after: after.range, breaks: ['worker', 'client'], bump: 'major' };
  }
});
