import type { Position, SourceRange } from './source.ts';

/** Turns offsets of one file into ranges. */
export class SourceLocator {
  readonly file: string;
  readonly text: string;
  /** Offsets at which lines begin; found when first asked for. */
  #lines: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  range(start: number, end: number): SourceRange {
    const last = this.text.length;
    return { file: this.file, start: this.#position(Math.min(start, last)), end: this.#position(Math.min(Math.max(start, end), last)) };
  }

  #position(offset: number): Position {
    const lines = (this.#lines ??= lineStarts(this.text));
    let line = 0;
    for (let above = lines.length; line + 1 < above; ) {
      const middle = (line + above) >> 1;
      if ((lines[middle] as number) <= offset) line = middle;
      else above = middle;
    }
    return { offset, line: line + 1, column: offset - (lines[line] as number) + 1 };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

export type Span = readonly [start: number, end: number];

/** One value of a YAML file: what it says, and where it and its key stand. */
export class SourceNode {
  /** The value as plain data; object members in the order of the file. */
  readonly value: unknown;
  readonly #locator: SourceLocator;
  readonly #span: Span;
  readonly #key: Span | undefined;
  readonly #children: ReadonlyMap<string, SourceNode>;

  constructor(locator: SourceLocator, value: unknown, span: Span, key: Span | undefined, children: ReadonlyMap<string, SourceNode>) {
    this.value = value;
    this.#locator = locator;
    this.#span = span;
    this.#key = key;
    this.#children = children;
  }

  get file(): string {
    return this.#locator.file;
  }

  /** Text of the whole file that the value stands in; offsets of ranges count in it. */
  get fileText(): string {
    return this.#locator.text;
  }

  /** Any part of that file, for edits. */
  rangeBetween(start: number, end: number): SourceRange {
    return this.#locator.range(start, end);
  }

  /** Where the value stands; for text without the quotes' meaning, so with them. */
  get range(): SourceRange {
    return this.#locator.range(...this.#span);
  }

  /** Where the key stands; the value for list items and the document itself. */
  get keyRange(): SourceRange {
    return this.#locator.range(...(this.#key ?? this.#span));
  }

  /** A part of a one-line text value, `from` and `to` counted in the text; the whole value if it is folded or has escapes. */
  textRange(from: number, to: number): SourceRange {
    const written = this.#locator.text.slice(...this.#span);
    const text = String(this.value);
    const quoted = written.length === text.length + 2 && /^(["'])/.test(written);
    if (written !== text && written.slice(1, -1) !== text) return this.range;
    const start = this.#span[0] + (quoted ? 1 : 0);
    return this.#locator.range(start + from, start + to);
  }

  get(key: string): SourceNode | undefined {
    return this.#children.get(key);
  }

  /** Members of a mapping or items of a list (by index), in the order of the file. */
  entries(): IterableIterator<[string, SourceNode]> {
    return this.#children.entries();
  }

  /** The node a JSON pointer leads to, or the last one on the way that exists. */
  at(pointer: string): SourceNode {
    let node: SourceNode = this;
    for (const part of pointer.split('/').slice(1)) {
      const next = node.get(part.replaceAll('~1', '/').replaceAll('~0', '~'));
      if (next === undefined) return node;
      node = next;
    }
    return node;
  }

  /** The text under `key`, if there is one. */
  text(key: string): string | undefined {
    const value = this.get(key)?.value;
    return typeof value === 'string' ? value : undefined;
  }
}
