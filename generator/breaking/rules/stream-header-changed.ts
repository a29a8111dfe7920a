import { rule } from '../change.ts';

/** A stream begins with another record, or with one where there was none. */
export const streamHeaderChanged = rule('stream-header-changed', function* ({ methods }) {
  for (const { before, after } of methods.kept) {
    if (before.header === after.header) continue;
    const params = { method: after.name, before: before.header ?? 'none', after: after.header ?? 'none' };
    yield { params, before: before.range, after: after.range, breaks: ['wire', 'worker', 'client'], bump: 'major' };
  }
});
