import type { Operation } from '../../model/model.ts';
import { rule } from '../change.ts';

const answer = (operation: Operation | undefined): string => {
  const given = operation?.default;
  return given === undefined ? 'nothing' : given.kind === 'constant' ? JSON.stringify(given.value) : given.kind;
};

/** Callers of workers that leave the method out get another answer. */
export const operationDefaultChanged = rule('operation-default-changed', function* ({ methods }) {
  for (const { before, after } of methods.kept) {
    const [old, fresh] = [before.declared?.operation, after.declared?.operation];
    if (old === fresh || old?.required === true || fresh?.required === true || before.declared === undefined || after.declared === undefined) continue;
    const params = { method: after.name, before: answer(old), after: answer(fresh) };
    if (params.before !== params.after) yield { params, before: before.range, after: after.range, breaks: ['client'], bump: 'minor' };
  }
});
