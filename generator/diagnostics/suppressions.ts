import { commentsIn } from '../load/comments.ts';
import type { SourceFile, SourceRange } from '../load/source.ts';
import type { Diagnostic } from './diagnostic.ts';

/** A comment `# vgi-gen-ignore <code or slug>: <reason>`. */
export interface Suppression {
  readonly file: string;
  /** Code or slug of what it suppresses. */
  readonly name: string;
  /** Empty if it gives none. */
  readonly reason: string;
  /** The comment from `vgi-gen-ignore` on. */
  readonly range: SourceRange;
  /** The line whose findings it suppresses: its own or, of a comment that stands alone, the next that is more than a comment. */
  readonly line: number;
}

const marker = 'vgi-gen-ignore';
const form = /^#+\s*(vgi-gen-ignore\b[ \t]*([^\s:]*)[ \t]*:?[ \t]*(.*?))[ \t]*$/;

/** The comments of a definition that suppress findings of family 5xxx; errors of the other families leave nothing to generate from. */
export class Suppressions {
  readonly all: readonly Suppression[];
  readonly #used = new Set<Suppression>();

  constructor(all: readonly Suppression[]) {
    this.all = all;
  }

  /** The diagnostics without those that are suppressed. */
  apply(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
    if (this.all.length === 0) return diagnostics;
    return diagnostics.filter((found) => {
      const by = this.all.filter((suppression) => suppresses(suppression, found));
      for (const suppression of by) this.#used.add(suppression);
      return by.length === 0;
    });
  }

  get unused(): readonly Suppression[] {
    return this.all.filter((suppression) => !this.#used.has(suppression));
  }
}

/** Codes that a comment may suppress: those of lint rules, ours (VGI5xxx) and a project's own. */
export const isSuppressible = (code: string): boolean => !/^VGI[^5]/.test(code);

const suppresses = ({ file, name, line }: Suppression, found: Diagnostic): boolean =>
  file === found.range.file && line === found.range.start.line && (name === found.slug || name === found.code) && isSuppressible(found.code);

export function suppressionsIn({ file, text }: SourceFile): readonly Suppression[] {
  if (!text.includes(marker)) return [];
  const lines = text.split('\n');
  const starts = lineStarts(lines);
  return commentsIn(text).flatMap((comment) => {
    const match = form.exec(comment.text);
    if (match === null) return [];
    const [, whole = '', name = '', reason = ''] = match;
    const start = comment.offset + comment.text.indexOf(whole);
    const line = starts.findLastIndex((begin) => begin <= start) + 1;
    const column = start - (starts[line - 1] as number) + 1;
    const range = { file, start: { offset: start, line, column }, end: { offset: start + whole.length, line, column: column + whole.length } };
    return [{ file, name, reason, range, line: comment.alone ? nextContent(lines, line) : line }];
  });
}

function lineStarts(lines: readonly string[]): readonly number[] {
  let at = 0;
  return lines.map((line) => {
    const start = at;
    at += line.length + 1;
    return start;
  });
}

/** Number of the first line after `line` that holds more than a comment. */
function nextContent(lines: readonly string[], line: number): number {
  const at = lines.findIndex((text, index) => index >= line && !/^\s*(#|$)/.test(text));
  return at < 0 ? line : at + 1;
}
