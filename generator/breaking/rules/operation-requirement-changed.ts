import type { Operation } from '../../model/model.ts';
import { rule } from '../change.ts';

const requirement = (operation: Operation | undefined): string => (operation?.required === true ? 'required' : 'optional');

/** A handler must be written that could be left out, or need not be any more. */
export const operationRequirementChanged = rule('operation-requirement-changed', function* ({ methods }) {
  for (const { before, after } of methods.kept) {
    if (before.declared === undefined || after.declared === undefined) continue;
    const params = { method: after.name, before: requirement(before.declared.operation), after: requirement(after.declared.operation) };
    if (params.before === params.after) continue;
    yield { params, before: before.range, after: after.range, breaks: params.after === 'required' ? ['worker'] : [], bump: 'minor' };
  }
});
