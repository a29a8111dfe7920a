import { rule } from '../change.ts';

/** Requests name the protocol by another text, so that a worker takes them for those of another one. */
export const wireNameChanged = rule('wire-name-changed', function* ({ before, after }) {
  if (before.wireName === after.wireName) return;
  yield { params: { before: before.wireName, after: after.wireName }, before: before.range, after: after.range, breaks: ['wire'], bump: 'major' };
});
