import { rule } from '../change.ts';

/** The columns of an enum are dictionaries instead of text, or the other way round; values are the same in code. */
export const enumEncodingChanged = rule('enum-encoding-changed', function* ({ enums }) {
  for (const { before, after } of enums.kept) {
    if (before.encoding === after.encoding) continue;
    yield { params: { name: after.name, before: before.encoding, after: after.encoding }, before: before.range, after: after.range, breaks: ['wire'], bump: 'major' };
  }
});
