import type { FieldPart } from '../../history/snapshot.ts';
import { rule } from '../change.ts';

const opaqueOf = ({ declared }: FieldPart): string | undefined => (declared !== undefined && 'opaque' in declared ? declared.opaque : undefined);

const sealed: ReadonlySet<string | undefined> = new Set(['attach', 'transaction']);

const described = (kind: string | undefined): string => (kind === undefined ? 'bytes that both sides read' : `opaque bytes of kind ${kind}`);

/** Bytes that one side only keeps are sealed on shared transports or not, which the worker that sends both kinds notices. */
export const fieldOpaqueChanged = rule('field-opaque-changed', function* ({ records }) {
  for (const { fields, label } of records) {
    for (const { before, after } of fields.kept) {
      const [old, fresh] = [opaqueOf(before), opaqueOf(after)];
      if (before.declared === undefined || after.declared === undefined || old === fresh) continue;
      const matters = sealed.has(old) || sealed.has(fresh);
      yield { params: { field: label(after), before: described(old), after: described(fresh) }, before: before.range, after: after.range, breaks: matters ? ['worker'] : ['docs'], bump: matters ? 'minor' : 'patch' };
    }
  }
});
