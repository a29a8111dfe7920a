import type { Declaration } from './declaration.ts';
import { readSchemaFields } from './read-arrow-type.ts';
import type { LocatedText, TokenReader } from './token-reader.ts';

/** Reads the body of a function that gives a schema: one that it makes, or that of another function. */
export function readSchema(reader: TokenReader, name: LocatedText): Declaration {
  reader.expect(') {');
  if (reader.skip('return')) {
    const target = reader.word('the function of another schema');
    reader.expect('(); }');
    return { kind: 'schema', name, facts: [{ about: 'code', ...target }], parts: [] };
  }
  reader.expect('static const auto schema = arrow::schema(');
  const parts = readSchemaFields(reader);
  reader.expect('); return schema; }');
  return { kind: 'schema', name, facts: [], parts };
}
