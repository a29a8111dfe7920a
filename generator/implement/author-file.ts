import type { SourceRange } from '../load/source.ts';
import { ts } from './typescript.ts';

/** One change of a text: what stands from `start` to `end` becomes `text`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all changes made; where two begin at one place, they are made in the order in which they are listed. */
export function splice(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: fresh } of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at) throw new Error(`two changes overlap at ${start}`);
    result += text.slice(at, start) + fresh;
    at = end;
  }
  return result + text.slice(at);
}

/** A TypeScript file of an author: its syntax tree, and how it is laid out. */
export class AuthorFile {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
  readonly text: string;
  readonly source: ts.SourceFile;

  constructor(path: string, name: string, text: string) {
    this.path = path;
    this.name = name;
    this.text = text;
    this.source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  }

  /** The line end that the file uses. */
  get lineEnd(): string {
    return /\r\n/.test(this.text) ? '\r\n' : '\n';
  }

  /** One step of indentation: that of the first indented line that is no comment's. */
  get indent(): string {
    return /^(\t| {2,8})(?![ *])/m.exec(this.text)?.[1] ?? '  ';
  }

  /** White space in front of the first token of the line in which `offset` lies. */
  indentAt(offset: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(offset)))?.[0] ?? '';
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  range(start: number, end: number): SourceRange {
    const position = (offset: number) => {
      const { line, character } = this.source.getLineAndCharacterOfPosition(offset);
      return { offset, line: line + 1, column: character + 1 };
    };
    return { file: this.name, start: position(start), end: position(end) };
  }

  rangeOf(node: ts.Node): SourceRange {
    return this.range(node.getStart(this.source), node.getEnd());
  }

  /** What keeps the file from being read: the first mistake of syntax. */
  get mistake(): { readonly problem: string; readonly range: SourceRange } | undefined {
    const { diagnostics = [] } = ts.transpileModule(this.text, { fileName: this.path, reportDiagnostics: true });
    const [first] = diagnostics.filter(({ category }) => category === ts.DiagnosticCategory.Error);
    if (first === undefined) return undefined;
    const start = first.start ?? 0;
    return { problem: ts.flattenDiagnosticMessageText(first.messageText, ' '), range: this.range(start, start + (first.length ?? 0)) };
  }
}

/** Every node below and including one that `select` picks. */
export function collect<T extends ts.Node>(root: ts.Node, select: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node): void => {
    if (select(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}
