import { rule } from '../change.ts';

/** Calls run in another way: one answer, or batches in one or both directions. */
export const methodKindChanged = rule('method-kind-changed', function* ({ methods }) {
  for (const { before, after } of methods.kept) {
    if (before.kind === after.kind) continue;
    yield { params: { method: after.name, before: before.kind, after: after.kind }, before: before.range, after: after.range, breaks: ['wire', 'worker', 'client'], bump: 'major' };
  }
});
