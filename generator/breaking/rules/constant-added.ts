import { rule } from '../change.ts';

/** Nobody uses it yet. */
export const constantAdded = rule('constant-added', function* ({ constants }) {
  for (const { name, range } of constants.added) yield { params: { name }, after: range, breaks: [], bump: 'minor' };
});
