import type { Declaration, Part } from './declaration.ts';
import type { LocatedText, TokenReader } from './token-reader.ts';

const member = (name: LocatedText, fact?: LocatedText): Part => ({ what: 'member', name, facts: fact === undefined ? [] : [{ about: 'code', ...fact }], parts: [] });

/** Reads a struct, after `struct`: its members and the two functions that every record has. */
export function readStruct(reader: TokenReader): Declaration {
  const name = reader.word('the name of a struct');
  reader.expect('{');
  const parts: Part[] = [];
  while (!reader.isNext('std::shared_ptr<arrow::RecordBatch> ToRecordBatch(')) {
    const type = reader.type();
    const own = reader.word('the name of a member');
    reader.expect('{};');
    parts.push({ what: 'member', name: own, facts: [{ about: 'type', ...type }], parts: [] });
  }
  reader.expect(`std::shared_ptr<arrow::RecordBatch> ToRecordBatch() const; static ${name.text} FromRecordBatch(const arrow::RecordBatch &batch); };`);
  return { kind: 'struct', name, facts: [], parts };
}

/** Reads `X::ToRecordBatch`, after its opening parenthesis. */
export function readRecordWriter(reader: TokenReader, name: LocatedText): Declaration {
  reader.expect(') const { RecordWriter writer(');
  const schema = reader.word('the function of a schema');
  reader.expect('());');
  const parts: Part[] = [];
  while (reader.skip('writer.Add(')) {
    parts.push(member(reader.word('the name of a member')));
    reader.expect(');');
  }
  reader.expect('return writer.Finish(); }');
  return { kind: 'record writer', name, facts: [{ about: 'code', ...schema, text: `${schema.text}()` }], parts };
}

/** Reads `X::FromRecordBatch`, after its opening parenthesis. */
export function readRecordReader(reader: TokenReader, name: LocatedText): Declaration {
  reader.expect(`const arrow::RecordBatch &batch) { ${name.text} value; RecordReader reader(batch,`);
  const record = reader.literal('the name of the record');
  reader.expect(');');
  const parts: Part[] = [];
  while (reader.skip('reader.Get(')) {
    const column = reader.literal('the name of a column');
    reader.expect(', value.');
    parts.push(member(reader.word('the name of a member'), column));
    reader.expect(');');
  }
  reader.expect('return value; }');
  return { kind: 'record reader', name, facts: [{ about: 'value', ...record }], parts };
}

/** Reads what `void AppendValue(` goes on with: how an enum or a struct becomes a value of a column. */
export function readValueWriter(reader: TokenReader): Declaration {
  reader.expect('arrow::ArrayBuilder &builder,');
  const isStruct = reader.skip('const');
  const name = reader.word('a type');
  if (!isStruct) {
    reader.expect('value) { AppendValue(builder, ToString(value)); }');
    return { kind: 'enum writer', name, facts: [], parts: [] };
  }
  reader.expect('&value) { auto &children = AppendStruct(builder,');
  const size = reader.next;
  if (size.kind !== 'number') reader.fail('a number');
  reader.take();
  reader.expect(');');
  const parts: Part[] = [];
  while (reader.skip('AppendValue(*children.child(')) {
    const index = reader.take();
    reader.expect('), value.');
    parts.push(member(reader.word('the name of a member'), index));
    reader.expect(');');
  }
  reader.skip('static_cast<void>(children); static_cast<void>(value);');
  reader.expect('}');
  return { kind: 'struct writer', name, facts: [{ about: 'code', text: size.text, start: size.start, end: size.end }], parts };
}

/** Reads what `void ReadValue(` goes on with: how a value of a column becomes an enum or a struct. */
export function readValueReader(reader: TokenReader): Declaration {
  reader.expect('const arrow::Array &array, int64_t row,');
  const name = reader.word('a type');
  reader.expect('&value) {');
  if (reader.skip('std::string text; ReadValue(array, row, text); FromString(text, value); }')) return { kind: 'enum reader', name, facts: [], parts: [] };
  reader.expect('const auto &children = StructAt(array, row);');
  const parts: Part[] = [];
  while (reader.skip('ReadChild(children, row,')) {
    const column = reader.literal('the name of a field');
    reader.expect(', value.');
    parts.push(member(reader.word('the name of a member'), column));
    reader.expect(');');
  }
  reader.skip('static_cast<void>(children); static_cast<void>(value);');
  reader.expect('}');
  return { kind: 'struct reader', name, facts: [], parts };
}
