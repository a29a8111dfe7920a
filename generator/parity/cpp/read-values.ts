import type { Declaration, Fact } from './declaration.ts';
import { TokenReader, UnreadableCpp, type LocatedText } from './token-reader.ts';

/** Reads `TYPE NAME = VALUE;`, after `inline constexpr`. */
export function readConstant(reader: TokenReader): Declaration {
  const type = reader.type();
  const name = reader.word('the name of a constant');
  reader.expect('=');
  const value = readValue(reader);
  reader.expect(';');
  const facts: readonly Fact[] = [{ about: 'type', ...type }, { about: 'value', ...value }];
  return { kind: 'constant', name, facts, parts: [] };
}

/** A value as JSON, integers in decimal digits. */
export function canonicalValue(literal: string): string {
  return readValue(new TokenReader(literal)).text;
}

function readValue(reader: TokenReader): LocatedText {
  const { kind, text, start } = reader.next;
  if (text === '{') return readArray(reader);
  if (text.startsWith('"')) {
    const literal = reader.literal('a text');
    return { ...literal, text: JSON.stringify(literal.text) };
  }
  if (reader.skip('std::string_view(')) {
    const literal = reader.literal('a text');
    const { end } = reader.next;
    reader.expect(')');
    return { text: JSON.stringify(literal.text), start, end };
  }
  if (text === 'INT64_C' || text === 'UINT64_C') {
    reader.take();
    reader.expect('(');
    const number = readNumber(reader);
    const { end } = reader.next;
    reader.expect(')');
    return { text: number.text, start, end };
  }
  if (kind === 'word' && (text === 'true' || text === 'false')) return reader.take();
  return readNumber(reader);
}

function readArray(reader: TokenReader): LocatedText {
  const { start } = reader.next;
  // `std::array` is an array in a class: both may have braces.
  const double = reader.peek(1).text === '{';
  if (double) reader.expect('{');
  const items = reader.list('{', '}', () => readValue(reader));
  if (double) reader.expect('}');
  return { text: `[${items.map(({ text }) => text).join(',')}]`, start, end: reader.previousEnd };
}

function readNumber(reader: TokenReader): LocatedText {
  const { start } = reader.next;
  const sign = reader.skip('-') ? '-' : '';
  const token = reader.next;
  if (token.kind !== 'number') reader.fail('a value');
  reader.take();
  const plain = token.text.replaceAll("'", '').replace(/(?<=\d)[uUlL]+$/, '');
  if (/^(0[xX][0-9a-fA-F]+|0[bB][01]+|0|[1-9]\d*)$/.test(plain)) return { text: `${sign}${BigInt(plain)}`, start, end: token.end };
  if (/^(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?$/.test(plain) && /[.eE]/.test(plain)) return { text: String(Number(sign + plain)), start, end: token.end };
  throw new UnreadableCpp(token, `\`${token.text}\` is no number that is known here`);
}
