import type { SourceFile, SourceRange } from '../load/source.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Colours of the text form; each takes text and gives text. */
export interface Palette {
  bold(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  dim(text: string): string;
}

const plain = (text: string): string => text;
export const plainPalette: Palette = { bold: plain, red: plain, yellow: plain, cyan: plain, dim: plain };

const longestLine = 160;

/** Makes control characters visible, so that a definition cannot drive the reader's terminal. */
const printable = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);

const isWholeFile = (range: SourceRange): boolean => range.start.offset === 0 && range.end.offset === 0;

const place = (range: SourceRange): string => (isWholeFile(range) ? range.file : `${range.file}:${range.start.line}:${range.start.column}`);

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '');
}

/** The line of the range with the range underlined; a long line is cut to the part around it. */
function codeFrame(range: SourceRange, text: string, palette: Palette): string[] {
  const line = lineAt(text, range.start.offset);
  const from = range.start.column - 1;
  const to = range.end.line === range.start.line ? Math.max(range.end.column - 1, from + 1) : Math.max(line.length, from + 1);
  const cut = line.length > longestLine ? Math.max(0, Math.min(from - 40, line.length - longestLine)) : 0;
  const shown = line.slice(cut, cut + longestLine);
  const number = `  ${range.start.line} | `;
  const pad = line.slice(cut, from).replace(/[^\t]/g, ' ');
  const marks = '^'.repeat(Math.max(1, Math.min(to, cut + longestLine) - from));
  return [palette.dim(number) + printable(shown), palette.dim(`${' '.repeat(number.length - 2)}| `) + pad + palette.red(marks)];
}

function renderOne(found: Diagnostic, texts: ReadonlyMap<string, string>, palette: Palette): string {
  const paint = { error: palette.red, warning: palette.yellow, note: palette.cyan }[found.severity];
  const lines = [`${palette.bold(place(found.range))} - ${paint(found.severity)} ${palette.dim(`${found.code} ${found.slug}:`)} ${printable(found.message)}`];
  const text = texts.get(found.range.file);
  if (text !== undefined && !isWholeFile(found.range)) lines.push(...codeFrame(found.range, text, palette));
  for (const related of found.related) lines.push(`  ${palette.dim('see:')} ${place(related.range)} - ${printable(related.label)}`);
  if (found.hint !== undefined) lines.push(`  ${palette.cyan('hint:')} ${printable(found.hint)}`);
  return `${lines.join('\n')}\n`;
}

/** `1 file`, `2 files`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `2 errors, 1 warning in 3 files`; empty when there is nothing to count. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return '';
  const parts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = diagnostics.filter((found) => found.severity === severity).length;
    return count > 0 ? [counted(count, severity)] : [];
  });
  return `${parts.join(', ')} in ${counted(new Set(diagnostics.map((found) => found.range.file)).size, 'file')}`;
}

/** Diagnostics for a person: place, message, the line with the place underlined, related places, hint. */
export function renderText(diagnostics: readonly Diagnostic[], sources: readonly SourceFile[], palette: Palette = plainPalette): string {
  const texts = new Map(sources.map((source) => [source.file, source.text]));
  return diagnostics.map((found) => renderOne(found, texts, palette)).join('\n');
}
