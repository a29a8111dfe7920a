import { rule } from '../change.ts';

/** The answer is another type. What changes inside a type is found where the type is. */
export const resultChanged = rule('result-changed', function* ({ methods }) {
  for (const { before, after } of methods.kept) {
    if (before.result === after.result || before.kind !== after.kind) continue;
    const params = { method: after.name, before: before.result ?? 'void', after: after.result ?? 'void' };
    yield { params, before: before.range, after: after.range, breaks: ['wire', 'worker', 'client'], bump: 'major' };
  }
});
