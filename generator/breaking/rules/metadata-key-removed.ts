import { rule } from '../change.ts';

/** What peers say under the key is not heard any more. */
export const metadataKeyRemoved = rule('metadata-key-removed', function* (comparison) {
  for (const { name, key, range } of comparison.metadata.removed) {
    yield { params: { key }, before: range, after: comparison.placeOfRemoved(name), breaks: ['wire', 'worker', 'client'], bump: 'major' };
  }
});
