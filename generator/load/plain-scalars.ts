/** Thrown where a text has something that the plain reader does not read. One object: its stack would cost more than all the rest. */
export const giveUp = new Error('not plain YAML');

const [newline, space, hash, comma, dash, colon, openList, closeList, openMap, closeMap, literal, folded, double, single, backslash] = Array.from('\n #,-:[]{}|>"\'\\', (character) => character.charCodeAt(0));

/** What plain text may not start with. */
const indicators: ReadonlySet<number> = new Set(Array.from('-?:,[]{}#&*!|>\'"%@`+ \n', (character) => character.charCodeAt(0)));

const blockHeader = /[|>](-?) *(?= #|\n)(?: #[^\n]*)?\n/y;

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t' };

/** Reads the scalars of a YAML text, from the place where it stands; `textEnd` is where the last one ended. */
export class PlainScalars {
  readonly text: string;
  at = 0;
  textEnd = 0;
  /** Where the current line begins. */
  lineStart = 0;
  /** Column of the next content that was found; -1 at the end of the text. */
  column = 0;
  /** Where the comments that have been passed begin. */
  readonly comments: number[] = [];

  constructor(text: string) {
    this.text = text;
  }

  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  isQuote(): boolean {
    return this.code === double || this.code === single;
  }

  isBlockText(): boolean {
    return this.code === literal || this.code === folded;
  }

  /** At the hyphen of a list item that has something on its line. */
  isItem(): boolean {
    return this.code === dash && this.text.charCodeAt(this.at + 1) === space;
  }

  /** Goes to the next line that is more than a comment, from inside white space or a comment, and gives the column where it starts. */
  nextContent(): number {
    for (;;) {
      while (this.code === space) this.at++;
      if (this.code === hash) this.#skipComment();
      if (this.at >= this.text.length) return (this.column = -1);
      if (this.code !== newline) return (this.column = this.at - this.lineStart);
      this.lineStart = ++this.at;
    }
  }

  /** What follows a value on its line may be white space and a comment. */
  endLine(): void {
    const from = this.at;
    while (this.code === space) this.at++;
    if (this.code === hash && this.at > from) this.#skipComment();
    if (this.at < this.text.length && this.code !== newline) throw giveUp;
  }

  /** Skips white space and line ends between brackets. */
  skipInFlow(indent: number): void {
    for (;;) {
      while (this.code === space) this.at++;
      if (this.code !== newline) break;
      this.lineStart = ++this.at;
      while (this.code === space) this.at++;
      if (this.at - this.lineStart <= indent && this.code !== newline) throw giveUp;
    }
    if (this.code === hash || this.at >= this.text.length) throw giveUp;
  }

  quoted(): string {
    const quote = this.code;
    const start = ++this.at;
    let escaped = false;
    for (; ; this.at++) {
      const { code } = this;
      if (code === newline || this.at >= this.text.length) throw giveUp;
      if (code === backslash && quote === double) {
        escaped = true;
        this.at++;
      } else if (code === quote) {
        if (quote === double || this.text.charCodeAt(this.at + 1) !== single) break;
        escaped = true;
        this.at++;
      }
    }
    const written = this.text.slice(start, this.at);
    this.textEnd = ++this.at;
    if (!escaped) return written;
    if (quote === single) return written.replaceAll("''", "'");
    return written.replace(/\\(.)/g, (_, character: string) => {
      const meant = escapes[character];
      if (meant === undefined) throw giveUp;
      return meant;
    });
  }

  /** Plain text between brackets, on one line. */
  plainInFlow(): unknown {
    return plainValue(this.#plain(true));
  }

  /** Plain text, with the lines that follow it if they are indented further than `indent`. */
  plainLines(indent: number): unknown {
    const first = this.#plain(false);
    let text = first;
    while (this.code === newline && this.#continues(indent)) text += ` ${this.#plainPart(false)}`;
    return text === first ? plainValue(text) : text;
  }

  /** Whether the next line goes on with a plain text; goes there if it does. */
  #continues(indent: number): boolean {
    const lineStart = this.at + 1;
    let next = lineStart;
    while (this.text.charCodeAt(next) === space) next++;
    const code = this.text.charCodeAt(next);
    // After an empty line the text may go on all the same; if it does, whoever looks for the next key gives up.
    if (next - lineStart <= indent || code === newline || code === hash || next >= this.text.length) return false;
    this.lineStart = lineStart;
    this.at = next;
    return true;
  }

  #plain(inFlow: boolean): string {
    const { code } = this;
    const digit = this.text.charCodeAt(this.at + 1) - 48;
    if (this.at >= this.text.length || (indicators.has(code) && !(code === dash && digit >= 0 && digit <= 9))) throw giveUp;
    return this.#plainPart(inFlow);
  }

  /** One line of plain text without the white space at its end. */
  #plainPart(inFlow: boolean): string {
    const start = this.at;
    let end = start;
    for (; this.at < this.text.length; this.at++) {
      const { code } = this;
      if (code === newline || (code === hash && end < this.at)) break;
      if (inFlow && (code === comma || code === closeMap || code === closeList || code === openMap || code === openList)) break;
      if (code === space) continue;
      if (code === colon && this.#endsKey(inFlow)) throw giveUp;
      end = this.at + 1;
    }
    this.at = this.textEnd = end;
    return this.text.slice(start, end);
  }

  #endsKey(inFlow: boolean): boolean {
    const next = this.text.charCodeAt(this.at + 1);
    return next === space || next === newline || this.at + 1 >= this.text.length || (inFlow && (next === comma || next === openList || next === closeList || next === openMap || next === closeMap));
  }

  /** Folded or literal text without lines that are indented by themselves. */
  blockText(indent: number): string {
    const start = this.at;
    const isFolded = this.code === folded;
    blockHeader.lastIndex = start;
    const header = blockHeader.exec(this.text);
    if (header === null) throw giveUp;
    const comment = header[0].indexOf('#');
    if (comment >= 0) this.comments.push(start + comment);
    this.lineStart = this.at = blockHeader.lastIndex;
    while (this.code === space) this.at++;
    const column = this.at - this.lineStart;
    if (column <= indent || this.code === newline || this.at >= this.text.length) throw giveUp;
    let text = '';
    let emptyLines = 0;
    let end = start;
    for (;;) {
      // At the first character of a line of the text.
      const from = this.at;
      this.#toLineEnd();
      if (this.at >= this.text.length || this.text.charCodeAt(from) === space || this.text.charCodeAt(this.at - 1) === space) throw giveUp;
      if (text !== '') text += isFolded ? (emptyLines === 0 ? ' ' : '\n'.repeat(emptyLines)) : '\n'.repeat(emptyLines + 1);
      text += this.text.slice(from, this.at);
      end = this.at;
      emptyLines = 0;
      for (;;) {
        this.lineStart = ++this.at;
        while (this.code === space && this.at - this.lineStart < column) this.at++;
        if (this.code !== newline) break;
        emptyLines++;
      }
      if (this.at >= this.text.length || this.at - this.lineStart < column) break;
    }
    // Back to where the last line ended, so that what follows is looked for like after any value.
    this.at = end;
    this.textEnd = start + this.text.slice(start, end).trimEnd().length;
    return header[1] === '-' ? text : `${text}\n`;
  }

  #skipComment(): void {
    this.comments.push(this.at);
    this.#toLineEnd();
  }

  #toLineEnd(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }
}

function plainValue(text: string): unknown {
  const first = text.charCodeAt(0);
  const isNumeric = (first >= 48 && first <= 57) || first === 45 || first === 46;
  if (!isNumeric) return constants.has(text) ? constants.get(text) : text;
  if (/^(?:0|-?[1-9][0-9]{0,14})$/.test(text)) return Number(text);
  if (/^[0-9]+\.[0-9]+\.[0-9]+$|^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return text;
  // Other numbers, in the forms of YAML's core schema, and what might be meant as one.
  if (/^[-.0-9][-+.0-9a-zA-Z]*$/.test(text)) throw giveUp;
  return text;
}
