import type { Declaration, Part } from './declaration.ts';
import type { LocatedText, TokenReader } from './token-reader.ts';

/** Reads an enum, after `enum class`. Members have no numbers of their own: they travel as text. */
export function readEnum(reader: TokenReader): Declaration {
  const name = reader.word('the name of an enum');
  const members = reader.list('{', '}', () => reader.word('the name of a member'));
  reader.expect(';');
  return { kind: 'enum', name, facts: [], parts: members.map((member): Part => ({ what: 'member', name: member, facts: [], parts: [] })) };
}

/** Reads what `std::string_view ToString(` goes on with: which text each member travels as. */
export function readEnumText(reader: TokenReader): Declaration {
  const name = reader.word('the name of an enum');
  reader.expect('value) { switch (value) {');
  const parts: Part[] = [];
  while (reader.skip('case')) {
    const member = memberOf(reader, name);
    reader.expect(': return');
    const text = reader.literal('the text of the member');
    reader.expect(';');
    parts.push({ what: 'member', name: member, facts: [{ about: 'value', ...text }], parts: [] });
  }
  reader.expect('} ThrowError(');
  reader.literal('a message');
  reader.expect('+ std::to_string(static_cast<int>(value))); }');
  return { kind: 'enum text', name, facts: [], parts };
}

/** Reads what `void FromString(` goes on with: which texts are taken for which member. */
export function readEnumSpellings(reader: TokenReader): Declaration {
  reader.expect('std::string_view text,');
  const name = reader.word('the name of an enum');
  reader.expect('&value) {');
  const parts: Part[] = [];
  while (reader.skip('if (text ==')) {
    const spelling = reader.literal('a spelling');
    reader.expect(') { value =');
    const member = memberOf(reader, name);
    reader.expect('; return; }');
    parts.push({ what: 'spelling', name: spelling, facts: [{ about: 'value', ...member }], parts: [] });
  }
  reader.expect('ThrowError(');
  reader.literal('a message');
  reader.expect('+ std::string(text) +');
  reader.literal('a message');
  reader.expect('); }');
  return { kind: 'enum spellings', name, facts: [], parts };
}

function memberOf(reader: TokenReader, { text }: LocatedText): LocatedText {
  reader.expect(`${text}::`);
  return reader.word('the name of a member');
}
