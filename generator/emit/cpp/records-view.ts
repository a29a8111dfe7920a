import { placeText } from '../../model/type-text.ts';
import { declaredComment, cppComment } from './cpp-comment.ts';
import { cppText } from './cpp-literal.ts';
import { columnForms, type RecordForm } from './record-forms.ts';
import { versionsText } from './schemas-view.ts';
import { typeUses } from '../served-records.ts';
import type { CppContext } from './value-type.ts';

/** The records header: a struct for every layout, written to and read from record batches of one row. */
export function recordsView(context: CppContext, forms: readonly RecordForm[]): object {
  const { model } = context.layouts;
  const oldest = model.protocol.versions[0]?.version ?? '';
  const { structs } = typeUses(model);
  const records = forms.map(({ layout, name, doc }) => ({
    doc: layout.newest ? cppComment(`${doc} Layout of ${versionsText(layout.versions)}.`) : cppComment(`\`${layout.record.name}\` as it was in ${versionsText(layout.versions)}.`),
    name,
    record: cppText(layout.record.name),
    // Only these are values of columns.
    nested: layout.record.kind === 'type' && structs.has(layout.record.name),
    columns: columnForms(context, layout).map(({ column, member, value, optional }, index) => ({
      // What a column means is said once, in the newest layout.
      doc: layout.newest ? declaredComment(column.field, oldest, `Column type: ${placeText(column.place)}.`) : cppComment(`${placeText(column.place)}.`),
      index,
      column: cppText(column.name),
      member,
      type: optional ? `std::optional<${value}>` : value,
    })),
  }));
  return { records };
}
