/** What a token of C++ is. `end` closes the list, so that readers need not ask whether there is a next one. */
export type TokenKind = 'word' | 'number' | 'text' | 'sign' | 'directive' | 'unknown' | 'end';

/** One token of C++. */
export interface Token {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * White space and comments; then a preprocessor line with its continuations, a name, a number, a string or character literal, a sign. `::`, `->`
 * and comparisons are one sign each; `>>` is two, since it closes templates.
 */
const tokenPattern =
  /(?:\s+|\/\/(?:[^\n\\]|\\(?:\r\n|[\s\S]))*|\/\*[\s\S]*?\*\/)|(#(?:[^\n\\]|\\(?:\r\n|[\s\S]))*)|([A-Za-z_$][\w$]*)|(\.?\d(?:[eEpP][+-]|[\w.']|\.)*)|("(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|(::|->|[=!<>]=|&&|\|\||[^\s\w"'#$\\])|([\s\S])/y;

/** Cuts a text into tokens; whatever C++ does not have becomes `unknown`. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < source.length) {
    const match = tokenPattern.exec(source) as RegExpExecArray;
    const [text, directive, word, number, literal, sign, unknown] = match;
    const kind = word !== undefined ? 'word' : sign !== undefined ? 'sign' : literal !== undefined ? 'text' : number !== undefined ? 'number' : directive !== undefined ? 'directive' : unknown !== undefined ? 'unknown' : undefined;
    if (kind !== undefined) tokens.push({ kind, text, start: match.index, end: match.index + text.length });
  }
  tokens.push({ kind: 'end', text: '', start: source.length, end: source.length });
  return tokens;
}

const simpleEscapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, '0': 0, '"': 34, "'": 39, '\\': 92, '?': 63 };

/** The text of a string literal; `undefined` for escapes that mean nothing in UTF-8. */
export function literalText(literal: string): string | undefined {
  const inner = literal.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  const bytes: number[] = [];
  for (const [part, octal, hex, short, long, simple] of inner.matchAll(/\\([0-7]{1,3})|\\x([0-9a-fA-F]+)|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\([\s\S])|[^\\]+/g)) {
    if (octal !== undefined || hex !== undefined) {
      const byte = octal !== undefined ? parseInt(octal, 8) : parseInt(hex as string, 16);
      if (byte > 255) return undefined;
      bytes.push(byte);
    } else if (short !== undefined || long !== undefined) {
      const point = parseInt(short ?? (long as string), 16);
      if (point > 0x10ffff) return undefined;
      bytes.push(...Buffer.from(String.fromCodePoint(point)));
    } else if (simple !== undefined) {
      const byte = simpleEscapes[simple];
      if (byte === undefined) return undefined;
      bytes.push(byte);
    } else bytes.push(...Buffer.from(part));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}
