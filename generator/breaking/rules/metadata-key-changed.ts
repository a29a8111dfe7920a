import { rule } from '../change.ts';

/** The same thing is said under another key; code names it as before. */
export const metadataKeyChanged = rule('metadata-key-changed', function* ({ metadata }) {
  for (const { before, after } of metadata.kept) {
    if (before.key === after.key) continue;
    yield { params: { name: after.name, before: before.key, after: after.key }, before: before.range, after: after.range, breaks: ['wire'], bump: 'major' };
  }
});
