import { rule } from '../change.ts';

/** Schemas are compared as a whole, so one more column differs on the wire; who writes it may leave out what is nullable or has a default. */
export const fieldAdded = rule('field-added', function* ({ records }) {
  for (const { fields, label, sides } of records) {
    for (const field of fields.added) {
      const mayBeLeftOut = field.nullable || (field.declared !== undefined && 'default' in field.declared);
      const type = field.nullable ? `${field.type}?` : field.type;
      yield { params: { field: label(field), type }, after: field.range, breaks: mayBeLeftOut ? ['wire'] : ['wire', ...sides.writers], bump: 'minor' };
    }
  }
});
