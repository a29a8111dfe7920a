import type { StreamPart } from '../../history/snapshot.ts';
import { rule } from '../change.ts';

const form = (part: StreamPart | undefined): string => (part === undefined ? 'absent' : part === 'dynamic' ? 'chosen by each call' : 'declared');

/** The columns of a stream are declared where each call chose them, or the other way round. Between two kinds of method that follows from the kind. */
export const streamColumnsChanged = rule('stream-columns-changed', function* ({ methods }) {
  for (const { before, after } of methods.kept) {
    if (before.kind !== after.kind) continue;
    for (const direction of ['input', 'output'] as const) {
      const params = { method: after.name, direction, before: form(before[direction]), after: form(after[direction]) };
      if (params.before !== params.after) yield { params, before: before.range, after: after.range, breaks: ['wire', 'worker', 'client'], bump: 'major' };
    }
  }
});
