import { rule } from '../change.ts';
import { namedTypes } from './type-removed.ts';

/** Nobody uses it yet; the columns that carry it are changes of their own. */
export const typeAdded = rule('type-added', function* (comparison) {
  for (const [kind, { added }] of namedTypes(comparison)) {
    for (const { name, range } of added) yield { params: { kind, name }, after: range, breaks: [], bump: 'minor' };
  }
});
