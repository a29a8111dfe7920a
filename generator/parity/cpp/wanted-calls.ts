import { buildersView, layoutsView, readersView } from '../../emit/cpp/calls-view.ts';
import type { Column } from '../../layout/columns.ts';
import type { Version } from '../../model/model.ts';
import type { WantedDeclaration, WantedPart } from './declaration.ts';
import { resultCode } from './read-results.ts';
import { TokenReader } from './token-reader.ts';
import { literalText } from './tokenize.ts';
import type { WantedContext } from './wanted-context.ts';
import { columnRange, formRange } from './wanted-schemas.ts';

interface BuilderView {
  readonly name: string;
  readonly schema: string;
  readonly arguments: readonly { readonly name: string; readonly type: string; readonly written: string }[];
}

/** A function for the parameters of every method. */
export function wantedBuilders(context: WantedContext): readonly WantedDeclaration[] {
  const forms = context.forms.filter(({ layout }) => layout.record.kind === 'params');
  const { builders } = buildersView(context, forms) as { readonly builders: readonly BuilderView[] };
  return forms.map((form, at): WantedDeclaration => {
    const { name, schema, arguments: args } = builders[at] as BuilderView;
    const { columns, last } = form.layout;
    const parts = args.flatMap((argument, index): WantedPart[] => {
      const column = columns[index] as Column;
      const range = columnRange(column, last);
      const type = valueType(argument.type);
      return [
        { what: 'parameter', name: argument.name, facts: [{ about: 'type', texts: [type] }], parts: [], range },
        { what: 'column', name: argument.name, facts: [{ about: 'code', texts: [conversion(argument.written), ...arrayBuilders(context, column, type, last)] }], parts: [], range },
      ];
    });
    return { kind: 'request builder', name, facts: [{ about: 'code', texts: [`${schema}()`] }], parts, range: formRange(context, form), version: context.version ?? last };
  });
}

/** The type of a parameter as values have it. */
function valueType(type: string): string {
  const reader = new TokenReader(type);
  reader.skip('const');
  return reader.type().text.replaceAll('std::string_view', 'std::string');
}

/** `Member<FunctionType>` of `Member<FunctionType>(type)`. */
const conversion = (written: string): string => (written.includes('(') ? written.slice(0, written.indexOf('(')) : '');

/** Functions by which the headers of the DuckDB extension make an array of one value, by the type of the parameter. */
const upstreamBuilders: Readonly<Record<string, string>> = {
  'std::string': 'BuildStringScalar',
  'std::optional<std::string>': 'BuildOptionalStringScalar',
  'std::vector<uint8_t>': 'BuildBinaryScalarRequired',
  'std::optional<std::vector<uint8_t>>': 'BuildOptionalBinaryScalar',
  bool: 'BuildBoolScalar',
  'std::optional<std::vector<std::pair<std::string, std::string>>>': 'BuildOptionalStringMapScalar',
};

function arrayBuilders({ layouts }: WantedContext, { place }: Column, type: string, version: Version): readonly string[] {
  if (place.type.kind === 'enum') return [`BuildEnumArray of ${layouts.members(place.type.name, version).join(', ')}`];
  const builder = upstreamBuilders[type];
  return builder === undefined ? [] : [builder];
}

interface ReaderView {
  readonly name: string;
  readonly type: string;
  readonly envelope: string;
  readonly record: string | null;
  readonly nullable: boolean;
}

/** A function for the answer of every method. */
export function wantedReaders(context: WantedContext): readonly WantedDeclaration[] {
  const { readers } = readersView(context, context.results) as { readonly readers: readonly ReaderView[] };
  return readers.map(({ name, type, envelope, record, nullable }, index): WantedDeclaration => {
    const result = context.results[index];
    return {
      kind: 'result reader',
      name,
      facts: [
        { about: 'type', texts: [type] },
        { about: 'code', texts: [resultCode(envelope, record ?? undefined, nullable)] },
      ],
      parts: [],
      range: result?.method.range ?? context.layouts.model.protocol.range,
      version: context.version ?? result?.envelope.layout.last ?? context.layouts.model.protocol.current,
    };
  });
}

interface LayoutView {
  readonly record: string;
  readonly version: string;
  readonly name: string;
  readonly passed: string | null;
  readonly reader: string | null;
  readonly nullable: boolean;
}

/** The list of all layouts. */
export function wantedLayouts(context: WantedContext): readonly WantedDeclaration[] {
  const view = layoutsView(context, context.forms, context.results) as { readonly function: string; readonly layouts: readonly LayoutView[] };
  const { protocol } = context.layouts.model;
  const parts = view.layouts.map((layout, index): WantedPart => {
    const form = context.forms[index];
    return {
      what: 'layout',
      name: `${literalText(layout.record)} ${literalText(layout.version)}`,
      facts: [
        { about: 'code', texts: [`${layout.name}Schema`] },
        { about: 'code', texts: [statements(layout)] },
      ],
      parts: [],
      range: form === undefined ? protocol.range : formRange(context, form),
    };
  });
  return [{ kind: 'list of layouts', name: view.function, facts: [], parts, range: protocol.range, version: context.version ?? protocol.current }];
}

/** What reads a record batch and writes it again, as tokens. */
function statements({ name, passed, reader, nullable }: LayoutView): string {
  const code =
    reader === null
      ? `const auto value = ${name}::FromRecordBatch(batch); return ${passed === null || passed === '' ? 'value.ToRecordBatch()' : `Build${name}(${passed})`};`
      : `${name} answer; ${nullable ? `if (const auto value = ${reader}(batch)) { answer.result = EncodeRecord(*value->ToRecordBatch()); }` : `answer.result = EncodeRecord(*${reader}(batch).ToRecordBatch());`} return answer.ToRecordBatch();`;
  return new TokenReader(`${code} }`).expressionUpTo('}').text;
}
