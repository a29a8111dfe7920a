import type { Span } from '../source-lines.ts';
import { literalText, tokenize, type Token } from './tokenize.ts';

/** Thrown where a header goes on in a way that is not understood. */
export class UnreadableCpp extends Error {
  readonly span: Span;

  constructor(span: Span, problem: string) {
    super(problem);
    this.span = span;
  }
}

/** A text and where its literal stands. */
export interface LocatedText extends Span {
  readonly text: string;
}

const patterns = new Map<string, readonly string[]>();

/** The tokens of a pattern; patterns are written as C++. */
function tokensOf(pattern: string): readonly string[] {
  let tokens = patterns.get(pattern);
  if (tokens === undefined) {
    tokens = tokenize(pattern).slice(0, -1).map(({ text }) => text);
    patterns.set(pattern, tokens);
  }
  return tokens;
}

/** Reads the tokens of a header one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(source: string) {
    this.#tokens = tokenize(source);
  }

  get next(): Token {
    return this.#tokens[this.#at] as Token;
  }

  get atEnd(): boolean {
    return this.next.kind === 'end';
  }

  /** Where the token that was taken last ends. */
  get previousEnd(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  /** The token `offset` further on. */
  peek(offset: number): Token {
    return this.#tokens[Math.min(this.#at + offset, this.#tokens.length - 1)] as Token;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  /** Whether the next tokens are those of a pattern. */
  isNext(pattern: string): boolean {
    const wanted = tokensOf(pattern);
    for (let index = 0; index < wanted.length; index++) if (this.#tokens[this.#at + index]?.text !== wanted[index]) return false;
    return true;
  }

  /** Takes the tokens of a pattern if they are next. */
  skip(pattern: string): boolean {
    const wanted = tokensOf(pattern);
    for (let index = 0; index < wanted.length; index++) if (this.#tokens[this.#at + index]?.text !== wanted[index]) return false;
    this.#at += wanted.length;
    return true;
  }

  /** Takes the tokens of a pattern, which must be next. */
  expect(pattern: string): void {
    for (const wanted of tokensOf(pattern)) {
      if (this.next.text !== wanted) this.fail(`\`${wanted}\``);
      this.#at++;
    }
  }

  word(what: string): Token {
    if (this.next.kind !== 'word') this.fail(what);
    return this.take();
  }

  /** A name with its qualifiers: `std::string_view`. */
  qualifiedName(what: string): LocatedText {
    const first = this.word(what);
    let text = first.text;
    let { end } = first;
    while (this.next.text === '::') {
      this.take();
      const part = this.word(what);
      text += `::${part.text}`;
      end = part.end;
    }
    return { text, start: first.start, end };
  }

  /** One string literal, or several in a row, which C++ joins. */
  literal(what: string): LocatedText {
    const first = this.next;
    let text = '';
    let { end } = first;
    if (!first.text.startsWith('"')) this.fail(what);
    while (this.next.text.startsWith('"')) {
      const part = literalText(this.next.text);
      if (part === undefined) this.fail('a string literal with plain escapes');
      text += part;
      end = this.take().end;
    }
    return { text, start: first.start, end };
  }

  /** A type in canonical spelling, `std::optional<std::vector<uint8_t>>`, without `const` and `&`. */
  type(): LocatedText {
    const { start } = this.next;
    const name = this.qualifiedName('a type');
    if (!this.skip('<')) return name;
    const parts: string[] = [];
    do parts.push(this.next.kind === 'number' ? this.take().text : this.type().text);
    while (this.skip(','));
    const { end } = this.next;
    this.expect('>');
    return { text: `${name.text}<${parts.join(', ')}>`, start, end };
  }

  /** Takes items in braces or parentheses, with commas between them and perhaps one at the end. */
  list<T>(open: string, close: string, item: () => T): readonly T[] {
    const items: T[] = [];
    this.expect(open);
    while (!this.skip(close)) {
      items.push(item());
      if (!this.skip(',') && this.next.text !== close) this.fail(`\`,\` or \`${close}\``);
    }
    return items;
  }

  /** The tokens up to a sign outside of brackets, which is not taken, without white space that means nothing. */
  expressionUpTo(close: string): LocatedText {
    const first = this.next;
    let text = '';
    let { end } = first;
    let depth = 0;
    while (!this.atEnd && !(depth === 0 && this.next.text === close)) {
      const token = this.take();
      depth += token.text === '(' || token.text === '{' || token.text === '[' ? 1 : token.text === ')' || token.text === '}' || token.text === ']' ? -1 : 0;
      text += /\w$/.test(text) && token.kind === 'word' ? ` ${token.text}` : token.text;
      ({ end } = token);
    }
    if (this.atEnd) this.fail(`\`${close}\``);
    return { text, start: first.start, end };
  }

  /** After something that is not understood: goes to where the next declaration may begin. The whole of what stands between is left out. */
  recover(from: number): void {
    this.#at = this.#tokens.findIndex(({ start }) => start >= from);
    for (let depth = 0; !this.atEnd; ) {
      if (depth === 0 && this.next.text === '}' ) return;
      const { kind, text } = this.take();
      if (kind === 'directive' && depth === 0) return;
      if (text === '{' || text === '(') depth++;
      else if (text === '}' || text === ')') depth--;
      if (depth === 0 && (text === ';' || (text === '}' && this.next.text !== ';'))) return;
    }
  }

  /** Says what was expected instead of the next token. */
  fail(expected: string): never {
    const { text, start, end, kind } = this.next;
    throw new UnreadableCpp({ start, end }, `${expected} is expected, not ${kind === 'end' ? 'the end of the file' : `\`${text.split('\n', 1)[0] ?? ''}\``}`);
  }
}
