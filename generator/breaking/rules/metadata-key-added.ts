import { rule } from '../change.ts';

/** Metadata that a peer does not know is passed over. */
export const metadataKeyAdded = rule('metadata-key-added', function* ({ metadata }) {
  for (const { key, range } of metadata.added) yield { params: { key }, after: range, breaks: [], bump: 'minor' };
});
