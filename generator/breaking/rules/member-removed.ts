import { rule } from '../change.ts';
import { pair } from '../pairing.ts';

/** A value that peers may send is not read any more, and code that names it does not compile. */
export const memberRemoved = rule('member-removed', function* (comparison) {
  for (const { before, after } of comparison.enums.kept) {
    for (const { name, range } of pair(before.members, after.members).removed) {
      const place = comparison.placeOfRemoved(`${after.name}.${name}`, after.range);
      yield { params: { member: name, name: after.name }, before: range, after: place, breaks: ['wire', 'worker', 'client'], bump: 'major' };
    }
  }
});
