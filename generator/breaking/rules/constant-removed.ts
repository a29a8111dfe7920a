import { rule } from '../change.ts';

/** Code that names it does not compile. */
export const constantRemoved = rule('constant-removed', function* (comparison) {
  for (const { name, range } of comparison.constants.removed) {
    yield { params: { name }, before: range, after: comparison.placeOfRemoved(name), breaks: ['worker', 'client'], bump: 'major' };
  }
});
