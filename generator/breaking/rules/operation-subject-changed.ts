import type { Operation } from '../../model/model.ts';
import { rule } from '../change.ts';

const subject = (operation: Operation | undefined): string => (operation === undefined ? 'not said' : `${operation.action} ${operation.object}`);

/** What a method does to the object model is said in other words; it shows in documentation and messages. */
export const operationSubjectChanged = rule('operation-subject-changed', function* ({ methods }) {
  for (const { before, after } of methods.kept) {
    if (before.declared === undefined || after.declared === undefined) continue;
    const params = { method: after.name, before: subject(before.declared.operation), after: subject(after.declared.operation) };
    if (params.before !== params.after) yield { params, before: before.range, after: after.range, breaks: ['docs'], bump: 'patch' };
  }
});
