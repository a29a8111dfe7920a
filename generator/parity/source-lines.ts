import type { Position, SourceRange } from '../load/source.ts';

/** Where something stands in a text, as offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Turns offsets of a text into ranges. The lines are counted when the first range is wanted. */
export class SourceLines {
  readonly file: string;
  readonly text: string;
  #starts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  range({ start, end }: Span): SourceRange {
    return { file: this.file, start: this.#position(start), end: this.#position(end) };
  }

  #position(offset: number): Position {
    this.#starts ??= [0, ...Array.from(this.text.matchAll(/\n/g), ({ index }) => index + 1)];
    let low = 0;
    for (let high = this.#starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { offset, line: low + 1, column: offset - (this.#starts[low] as number) + 1 };
  }
}
