import type { Column } from '../../layout/columns.ts';
import type { Layout } from '../../layout/layouts.ts';
import { nestedLayout } from '../../layout/layouts.ts';
import { paramsRecord, resultRecord, streamRecord, type WireRecord } from '../../layout/wire-record.ts';
import type { Method } from '../../model/model.ts';
import { servedTypes, structsInOrder, typeUses } from '../served-records.ts';
import { layoutSuffix } from './cpp-names.ts';
import { type CppContext, valueType } from './value-type.ts';

/** One layout of a record in C++. */
export interface RecordForm {
  readonly layout: Layout;
  /** Struct; the schema function is called `<name>Schema`. */
  readonly name: string;
  /** What the record is, as a sentence. */
  readonly doc: string;
  readonly method?: Method;
}

export interface ColumnForm {
  readonly column: Column;
  readonly member: string;
  /** C++ type without `std::optional`. */
  readonly value: string;
  /** Null travels, whatever the schema declares. */
  readonly optional: boolean;
}

/** Every layout of every record; each struct comes after those that its columns hold. */
export function recordForms(context: CppContext): RecordForm[] {
  const { layouts, names } = context;
  const types = servedTypes(layouts);
  const { structs } = typeUses(layouts.model);
  const nested = structsInOrder(types, structs);
  const inOrder = [...nested, ...types.filter((served) => !nested.includes(served))];
  const forms = inOrder.flatMap(({ type, layouts: own }) => own.map((layout): RecordForm => ({ layout, name: names.of(type) + layoutSuffix(layout), doc: type.doc.trim() })));
  for (const method of layouts.model.methods) {
    const add = (record: WireRecord | undefined, part: string, doc: string): void => {
      for (const layout of record === undefined ? [] : layouts.of(record)) forms.push({ layout, name: `${names.method(method)}${part}${layoutSuffix(layout)}`, doc, method });
    };
    add(paramsRecord(method), 'Params', `Parameters of \`${method.name}\`: ${method.doc.trim()}`);
    add(resultRecord(method), 'ResultEnvelope', `The one-column record in which \`${method.name}\` answers.`);
    add(streamRecord(method, 'input'), 'Input', `Input columns of \`${method.name}\`.`);
    add(streamRecord(method, 'output'), 'Output', `Output columns of \`${method.name}\`.`);
  }
  return forms;
}

export const columnForms = (context: CppContext, { columns, last }: Layout): ColumnForm[] =>
  columns.map((column) => ({
    column,
    member: context.names.member(column.field, column.name),
    value: valueType(context, column.place.type, last),
    optional: column.place.nullable || column.carriesNull,
  }));

/** The answer of a method in one layout, taken out of its envelope. */
export interface ResultForm {
  readonly method: Method;
  readonly envelope: RecordForm;
  readonly suffix: string;
  /** Struct of the record that is answered; `undefined` if the answer is a bare value. */
  readonly record?: string;
  readonly nullable: boolean;
}

export function resultForms(context: CppContext, forms: readonly RecordForm[]): ResultForm[] {
  return forms.flatMap((envelope): ResultForm[] => {
    const { layout, method } = envelope;
    if (layout.record.kind !== 'result' || method === undefined) return [];
    const [{ place }] = layout.columns as [Column];
    const record = place.type.kind === 'ipc' ? context.names.of(context.layouts.type(place.type.name)) + layoutSuffix(nestedLayout(context.layouts, place.type.name, layout.last)) : undefined;
    return [{ method, envelope, suffix: layoutSuffix(layout), record, nullable: place.nullable }];
  });
}

