import type { Diagnostic } from './diagnostic.ts';

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Diagnostics as workflow commands of GitHub Actions, which shows them beside the lines they are about; one a line. */
export const renderGithub = (diagnostics: readonly Diagnostic[]): string => diagnostics.map(renderOne).join('');

function renderOne({ severity, code, slug, message, hint, range, related }: Diagnostic): string {
  const { file, start, end } = range;
  const whole = start.offset === 0 && end.offset === 0;
  const place = whole ? {} : { line: start.line, endLine: end.line, col: start.column, ...(end.line === start.line ? { endColumn: end.column } : {}) };
  const properties = Object.entries({ file, ...place, title: `${code} ${slug}` }).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const lines = [message, ...related.map(({ label, range: other }) => `see: ${other.file}:${other.start.line}:${other.start.column} - ${label}`), ...(hint === undefined ? [] : [`hint: ${hint}`])];
  return `::${severity === 'note' ? 'notice' : severity} ${properties.join(',')}::${escapeData(lines.join('\n'))}\n`;
}
