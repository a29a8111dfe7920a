import { recordsView } from '../../emit/cpp/records-view.ts';
import type { WantedDeclaration, WantedPart } from './declaration.ts';
import { literalText } from './tokenize.ts';
import { columnRange, formRange } from './wanted-schemas.ts';
import type { WantedContext } from './wanted-context.ts';

interface RecordView {
  readonly name: string;
  readonly record: string;
  readonly nested: boolean;
  readonly columns: readonly { readonly column: string; readonly member: string; readonly type: string }[];
}

/** A struct for every layout with the functions that write and read it. */
export function wantedRecords(context: WantedContext): readonly WantedDeclaration[] {
  const { records } = recordsView(context, context.forms) as { readonly records: readonly RecordView[] };
  return context.forms.flatMap((form, at) => {
    const { name, record, nested, columns } = records[at] as RecordView;
    const { layout } = form;
    const ranges = layout.columns.map((column) => columnRange(column, layout.last));
    const range = formRange(context, form);
    const version = context.version ?? layout.last;
    const declare = (kind: WantedDeclaration['kind'], facts: WantedDeclaration['facts'], fact: (column: RecordView['columns'][number], index: number) => WantedPart['facts']): WantedDeclaration => ({
      kind,
      name,
      facts,
      parts: columns.map((column, index) => ({ what: 'member', name: column.member, facts: fact(column, index), parts: [], range: ranges[index] ?? range })),
      range,
      version,
    });
    const columnName: Parameters<typeof declare>[2] = ({ column }) => [{ about: 'code', texts: [literalText(column) ?? column] }];
    return [
      declare('struct', [], ({ type }) => [{ about: 'type', texts: [type] }]),
      ...(nested
        ? [declare('struct writer', [{ about: 'code', texts: [String(columns.length)] }], (_, index) => [{ about: 'code', texts: [String(index)] }]), declare('struct reader', [], columnName)]
        : []),
      declare('record writer', [{ about: 'code', texts: [`${name}Schema()`] }], () => []),
      declare('record reader', [{ about: 'value', texts: [literalText(record) ?? record] }], columnName),
    ];
  });
}
