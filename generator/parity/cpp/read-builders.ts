import type { Declaration, Part } from './declaration.ts';
import type { LocatedText, TokenReader } from './token-reader.ts';

/** Reads a request builder, after the parenthesis that opens its parameters: in what follows, an argument for each column of the schema, in order. */
export function readBuilder(reader: TokenReader, name: LocatedText): Declaration {
  const parameters = readParameters(reader);
  reader.expect('{');
  const { schema, columns } = reader.skip('const auto &schema =') ? readArrays(reader) : readWriter(reader);
  return { kind: 'request builder', name, facts: [{ about: 'code', ...schema, text: `${schema.text}()` }], parts: [...parameters, ...columns] };
}

function readParameters(reader: TokenReader): readonly Part[] {
  const parts: Part[] = [];
  while (!reader.skip(')')) {
    reader.skip('const');
    const type = reader.type();
    reader.skip('&');
    const name = reader.word('the name of a parameter');
    // Who takes a view of a text takes a text.
    const text = type.text.replaceAll('std::string_view', 'std::string');
    parts.push({ what: 'parameter', name, facts: [{ about: 'type', text, start: type.start, end: type.end }], parts: [] });
    if (!reader.skip(',') && reader.next.text !== ')') reader.fail('`,` or `)`');
  }
  return parts;
}

interface Body {
  readonly schema: LocatedText;
  readonly columns: readonly Part[];
}

/** A body on top of `RecordWriter`. */
function readWriter(reader: TokenReader): Body {
  reader.expect('RecordWriter writer(');
  const schema = reader.word('the function of a schema');
  reader.expect('());');
  const columns: Part[] = [];
  while (reader.skip('writer.Add(')) columns.push(readColumn(reader));
  reader.expect('return writer.Finish(); }');
  return { schema, columns };
}

/** A body that collects arrays, as the headers of the DuckDB extension do. */
function readArrays(reader: TokenReader): Body {
  const schema = reader.word('the function of a schema');
  reader.expect('();');
  if (reader.skip('static_assert(true,')) {
    reader.literal('a message');
    reader.expect(');');
  }
  reader.expect('std::vector<std::shared_ptr<arrow::Array>> arrays;');
  if (reader.skip('arrays.reserve(')) {
    if (reader.take().kind !== 'number') reader.fail('a number');
    reader.expect(');');
  }
  const columns: Part[] = [];
  while (reader.skip('arrays.push_back(')) columns.push(readColumn(reader));
  if (reader.skip('if (arrays.size() != static_cast<size_t>(schema->num_fields())) { throw')) {
    reader.qualifiedName('an exception');
    reader.expect('(');
    reader.expressionUpTo(')');
    reader.expect('); }');
  }
  reader.expect('return arrow::RecordBatch::Make(schema, 1, arrays); }');
  return { schema, columns };
}

/** What is written into a column: `name`, or a call whose first argument is the parameter. The name of the part is the parameter. */
function readColumn(reader: TokenReader): Part {
  const { start } = reader.next;
  let name: LocatedText = reader.qualifiedName('a parameter');
  let how = '';
  if (reader.skip('<')) {
    const { text } = reader.type();
    reader.expect('>');
    how = `${name.text}<${text}>`;
  }
  if (reader.skip('(')) {
    how ||= name.text;
    name = reader.word('a parameter');
    if (reader.skip(',')) how += ` of ${reader.list('{', '}', () => reader.literal('a member')).map(({ text }) => text).join(', ')}`;
    reader.expect(')');
  }
  const end = reader.previousEnd;
  reader.expect(');');
  return { what: 'column', name, facts: [{ about: 'code', text: how, start, end }], parts: [] };
}
