import { rule } from '../change.ts';
import { movedParts, pair } from '../pairing.ts';

/** The constant dictionary that every record carries lists members in order; as text they have none. */
export const memberOrderChanged = rule('member-order-changed', function* ({ enums }) {
  for (const { before, after } of enums.kept) {
    const travels = before.encoding === 'dictionary' || after.encoding === 'dictionary';
    for (const moved of movedParts(before.members, pair(before.members, after.members))) {
      yield {
        params: { member: moved.after.name, name: after.name, before: moved.from, after: moved.to },
        before: moved.before.range,
        after: moved.after.range,
        breaks: travels ? ['wire'] : ['docs'],
        bump: travels ? 'major' : 'patch',
      };
    }
  }
});
