import { cppComment } from './cpp-comment.ts';
import { cppText } from './cpp-literal.ts';
import { type ColumnForm, columnForms, type RecordForm, type ResultForm } from './record-forms.ts';
import { versionsText } from './schemas-view.ts';
import { type CppContext, valueType } from './value-type.ts';

interface Argument {
  readonly name: string;
  readonly type: string;
  /** Expression of the value as the column takes it. */
  readonly written: string;
  /** Expression of the argument from a struct `value`. */
  readonly passed: string;
}

/** The builders header: a function for the parameters of every method, one argument for each column. */
export function buildersView(context: CppContext, forms: readonly RecordForm[]): object {
  const builders = forms.flatMap(({ layout, name, method }) => {
    if (layout.record.kind !== 'params' || method === undefined) return [];
    const args = columnForms(context, layout).map(argument);
    return [{ doc: cppComment(`Parameters of \`${method.name}\` in ${versionsText(layout.versions)}: a record batch of one row.`), name: `Build${name}`, schema: `${name}Schema`, arguments: args, list: argumentList(args) }];
  });
  return { builders };
}

const argumentList = (args: readonly Argument[]): string => (args.length === 0 ? '' : `\n${args.map(({ type, name }) => `    ${type}${name}`).join(',\n')}`);

/** Enums are taken as text, which is what callers have that read it from SQL; a text that is no member is refused. */
function argument({ member, value, optional, column }: ColumnForm): Argument {
  const { kind } = column.place.type;
  const passed = `value.${member}`;
  if (kind === 'enum') {
    return optional
      ? { name: member, type: 'const std::optional<std::string> &', written: `OptionalMember<${value}>(${member})`, passed: `OptionalText(${passed})` }
      : { name: member, type: 'std::string_view ', written: `Member<${value}>(${member})`, passed: `ToString(${passed})` };
  }
  const byValue = !optional && (kind === 'bool' || kind === 'int' || kind === 'float' || kind === 'date' || kind === 'time' || kind === 'timestamp' || kind === 'duration');
  const type = optional ? `std::optional<${value}>` : value;
  return { name: member, type: byValue ? `${type} ` : `const ${type} &`, written: member, passed };
}

/** The readers header: a function for the answer of every method. */
export function readersView(context: CppContext, results: readonly ResultForm[]): object {
  const readers = results.map(({ method, envelope, suffix, record, nullable }) => {
    const [column] = envelope.layout.columns;
    if (column === undefined) throw new Error('an envelope has one column');
    const value = record ?? valueType(context, column.place.type, envelope.layout.last);
    return {
      doc: cppComment(`What \`${method.name}\` answers in ${versionsText(envelope.layout.versions)}: ${(method.result?.doc ?? method.doc).trim()}`),
      name: `Read${context.names.method(method)}Result${suffix}`,
      type: nullable ? `std::optional<${value}>` : value,
      envelope: envelope.name,
      record: record ?? null,
      nullable,
    };
  });
  return { readers };
}

/** The layouts header: every layout by name, to be read and written without knowing it beforehand. */
export function layoutsView(context: CppContext, forms: readonly RecordForm[], results: readonly ResultForm[]): object {
  const byEnvelope = new Map(results.map((result) => [result.envelope, result]));
  const layouts = forms.map((form) => {
    const { layout, name, method } = form;
    const result = byEnvelope.get(form);
    return {
      record: cppText(layout.record.name),
      version: cppText(layout.last),
      name,
      passed: layout.record.kind === 'params' ? columnForms(context, layout).map((column) => argument(column).passed).join(', ') : null,
      reader: result?.record === undefined || method === undefined ? null : `Read${context.names.method(method)}Result${result.suffix}`,
      nullable: result?.nullable ?? false,
    };
  });
  return { protocol: context.layouts.model.protocol.name, function: `${context.names.stem}RecordLayouts`, layouts };
}
