import { rule } from '../change.ts';

/** Batches may hold columns that are not described, or may not any more. */
export const batchOpennessChanged = rule('batch-openness-changed', function* ({ batches, sidesOf }) {
  for (const { before, after } of batches.kept) {
    if (before.open === after.open) continue;
    const { readers, writers } = sidesOf(after.name);
    yield {
      params: { name: after.name, before: before.open ? 'took' : 'did not take', after: after.open ? 'take' : 'do not take' },
      before: before.range,
      after: after.range,
      breaks: ['wire', ...(after.open ? readers : writers)],
      bump: after.open ? 'minor' : 'major',
    };
  }
});
