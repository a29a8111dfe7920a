import type { Declaration, Part } from './declaration.ts';
import type { LocatedText, TokenReader } from './token-reader.ts';

/** Reads a result reader, after its opening parenthesis. */
export function readResultReader(reader: TokenReader, name: LocatedText, type: LocatedText): Declaration {
  reader.expect('const arrow::RecordBatch &batch) {');
  const body = reader.skip('return') ? readBare(reader) : readRecord(reader);
  return { kind: 'result reader', name, facts: [{ about: 'type', ...type }, { about: 'code', ...body }], parts: [] };
}

/** The answer is the value in the envelope. */
function readBare(reader: TokenReader): LocatedText {
  const envelope = reader.word('the name of an envelope');
  reader.expect('::FromRecordBatch(batch).result; }');
  return { ...envelope, text: resultCode(envelope.text, undefined, false) };
}

/** The answer is the record in the envelope. */
function readRecord(reader: TokenReader): LocatedText {
  reader.expect('const auto answer =');
  const envelope = reader.word('the name of an envelope');
  reader.expect('::FromRecordBatch(batch);');
  const nullable = reader.skip('if (!answer.result) { return std::nullopt; }');
  reader.expect('return');
  const record = reader.word('the name of a struct');
  reader.expect(`::FromRecordBatch(*DecodeRecord(${nullable ? '*' : ''}answer.result)); }`);
  return { text: resultCode(envelope.text, record.text, nullable), start: envelope.start, end: record.end };
}

/** What a reader does, in words. */
export const resultCode = (envelope: string, record: string | undefined, nullable: boolean): string =>
  `takes ${record === undefined ? 'the value' : `${nullable ? 'perhaps ' : ''}a ${record}`} out of a ${envelope}`;

/** Reads the list of all layouts, after its opening parenthesis. */
export function readLayouts(reader: TokenReader, name: LocatedText): Declaration {
  reader.expect(') { static const std::vector<RecordLayout> layouts =');
  const parts = reader.list('{', '}', () => readLayout(reader));
  reader.expect('; return layouts; }');
  return { kind: 'list of layouts', name, facts: [], parts };
}

function readLayout(reader: TokenReader): Part {
  reader.expect('{');
  const record = reader.literal('the name of a record');
  reader.expect(',');
  const version = reader.literal('a version');
  reader.expect(', &');
  const schema = reader.word('the function of a schema');
  reader.expect(', [](const arrow::RecordBatch &batch) {');
  const body = reader.expressionUpTo('}');
  reader.expect('} }');
  return {
    what: 'layout',
    name: { text: `${record.text} ${version.text}`, start: record.start, end: version.end },
    facts: [{ about: 'code', ...schema }, { about: 'code', ...body }],
    parts: [],
  };
}
