import { rule } from '../change.ts';
import { pair } from '../pairing.ts';

/** Readers of the earlier version refuse the value, and a reader that tells all members apart lacks a case. */
export const memberAdded = rule('member-added', function* ({ enums, sidesOf }) {
  for (const { before, after } of enums.kept) {
    for (const { name, range } of pair(before.members, after.members).added) {
      yield { params: { member: name, name: after.name }, after: range, breaks: ['wire', ...sidesOf(after.name).readers], bump: 'minor' };
    }
  }
});
