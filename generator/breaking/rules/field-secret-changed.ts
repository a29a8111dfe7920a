import type { FieldPart } from '../../history/snapshot.ts';
import { rule } from '../change.ts';

const secrecy = ({ declared }: FieldPart): string => (declared !== undefined && 'secret' in declared && declared.secret ? 'secret' : 'not secret');

/** Logs show a value or hide it; nothing else knows. */
export const fieldSecretChanged = rule('field-secret-changed', function* ({ records }) {
  for (const { fields, label } of records) {
    for (const { before, after } of fields.kept) {
      if (before.declared === undefined || after.declared === undefined || secrecy(before) === secrecy(after)) continue;
      yield { params: { field: label(after), before: secrecy(before), after: secrecy(after) }, before: before.range, after: after.range, breaks: ['docs'], bump: 'patch' };
    }
  }
});
