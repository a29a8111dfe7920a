import { rule } from '../change.ts';
import { pair } from '../pairing.ts';

const spelling = (value: string | undefined): string => (value === undefined ? 'no other spelling' : `the spelling \`${value}\``);

/** Readers take another text for a member; one that they took before may still come. */
export const memberSpellingChanged = rule('member-spelling-changed', function* ({ enums, sidesOf }) {
  for (const { before, after } of enums.kept) {
    for (const member of pair(before.members, after.members).kept) {
      const [old, fresh] = [member.before.value, member.after.value];
      if (old === fresh) continue;
      yield {
        params: { member: member.after.name, name: after.name, before: spelling(old), after: spelling(fresh) },
        before: member.before.range,
        after: member.after.range,
        breaks: old === undefined ? [] : ['wire', ...sidesOf(after.name).writers],
        bump: old === undefined ? 'minor' : 'major',
      };
    }
  }
});
