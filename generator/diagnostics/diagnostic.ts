import type { SourceRange } from '../load/source.ts';
import { codes, type CodeDefinition, type MessageParams, type Severity, type Slug } from './codes.ts';

/** One finding: where, what, and what to do about it. */
export interface Diagnostic {
  readonly code: string;
  /** A `Slug` of the registry, or that of a lint rule. */
  readonly slug: string;
  readonly severity: Severity;
  readonly message: string;
  /** A range of length zero at the start of a file means the file as a whole. */
  readonly range: SourceRange;
  readonly related: readonly RelatedPlace[];
  readonly hint?: string;
  readonly fix?: TextEdit;
}

export interface RelatedPlace {
  readonly label: string;
  readonly range: SourceRange;
}

/** Replaces `range` by `text`. */
export interface TextEdit {
  readonly range: SourceRange;
  readonly text: string;
}

export interface DiagnosticExtras {
  readonly related?: readonly RelatedPlace[];
  /** Wins over the hint of the code. */
  readonly hint?: string;
  readonly fix?: TextEdit;
  /** Wins over the severity of the code. */
  readonly severity?: Severity;
}

const fill = (template: string, params: Readonly<Record<string, string | number>>): string =>
  template.replace(/\{([a-z]\w*)\}/gi, (whole, name: string) => (name in params ? String(params[name]) : whole));

/** Makes the diagnostic `slug` at `range`; the code's message decides which parameters it takes. */
export const createDiagnostic = <S extends Slug>(slug: S, range: SourceRange, params: MessageParams<S>, extras?: DiagnosticExtras): Diagnostic =>
  instantiate(slug, codes[slug], range, params, extras);

/** Makes a diagnostic of a definition that need not be in the registry, such as a lint rule's. */
export function instantiate(slug: string, definition: Omit<CodeDefinition, 'code'> & { readonly code: string }, range: SourceRange, params: Readonly<Record<string, string | number>>, extras: DiagnosticExtras = {}): Diagnostic {
  const hint = extras.hint ?? (definition.hint === undefined ? undefined : fill(definition.hint, params));
  return {
    code: definition.code,
    slug,
    severity: extras.severity ?? definition.severity,
    message: fill(definition.message, params),
    range,
    related: extras.related ?? [],
    ...(hint === undefined ? {} : { hint }),
    ...(extras.fix === undefined ? {} : { fix: extras.fix }),
  };
}

/** Collects what the stages find. */
export class DiagnosticCollector {
  readonly #found: Diagnostic[] = [];

  add(diagnostics: readonly Diagnostic[]): void {
    this.#found.push(...diagnostics);
  }

  report<S extends Slug>(slug: S, range: SourceRange, params: MessageParams<S>, extras?: DiagnosticExtras): void {
    this.#found.push(createDiagnostic(slug, range, params, extras));
  }

  get hasErrors(): boolean {
    return hasErrors(this.#found);
  }

  /** Everything found so far, by file and position; one entry where the same was found twice. */
  sorted(): readonly Diagnostic[] {
    return sortDiagnostics(this.#found);
  }
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((found) => found.severity === 'error');

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compare = (a: Diagnostic, b: Diagnostic): number =>
  compareText(a.range.file, b.range.file) ||
  a.range.start.offset - b.range.start.offset ||
  a.range.end.offset - b.range.end.offset ||
  compareText(a.code, b.code) ||
  compareText(a.message, b.message);

/** By file, position and code; exact repetitions are dropped. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(compare).filter((found, index, all) => index === 0 || compare(all[index - 1] as Diagnostic, found) !== 0);
}

/** The range that stands for a whole file. */
export function wholeFile(file: string): SourceRange {
  const start = { offset: 0, line: 1, column: 1 };
  return { file, start, end: start };
}
