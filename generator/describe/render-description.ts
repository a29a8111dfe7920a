import { wrapText } from '../emit/wrap-text.ts';
import type { ColumnTable, Description } from './describe.ts';

/** A description for a person, in lines of at most `width` characters where the content allows it. */
export function renderDescription(description: Description, width: number): string {
  const { kind, name, protocol, declared, doc, facts, versions, deprecated, entries, usedBy } = description;
  const lines = [`${kind} ${name} (${protocol}) - ${declared}`, ...indented(wrapText(doc, width - 2), '  '), ''];
  for (const fact of facts) lines.push(...hanging(fact, width));
  lines.push(...hanging(`versions ${versions.map(({ version, served }) => (served ? version : `(${version})`)).join(' ')}${versions.some(({ served }) => !served) ? '; those in parentheses are not served' : ''}`, width));
  if (deprecated !== undefined) lines.push(...hanging(['deprecated', deprecated.since === undefined ? '' : `since ${deprecated.since}`, deprecated.use === undefined ? '' : `use ${deprecated.use}`, deprecated.reason ?? ''].filter((word) => word !== '').join(', '), width));
  for (const table of description.tables) lines.push('', ...renderTable(table, width));
  for (const entry of entries) {
    const about = [entry.type, entry.since === undefined ? undefined : `since ${entry.since}`, entry.removed === undefined ? undefined : `until ${entry.removed}`].filter((word) => word !== undefined);
    lines.push('', `  ${entry.name}${about.length === 0 ? '' : ` (${about.join(', ')})`}`, ...indented(wrapText(entry.doc, width - 4), '    '));
  }
  if (usedBy.length > 0) lines.push('', '  used by', ...usedBy.map((use) => `    ${use}`));
  return `${lines.join('\n')}\n`;
}

const indented = (lines: readonly string[], margin: string): string[] => lines.map((line) => (line === '' ? '' : margin + line));

const hanging = (text: string, width: number): string[] => wrapText(text, width - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);

/** A column for every group of versions that have the same layout, a row for every field; its doc below. */
function renderTable({ title, versions, columns }: ColumnTable, width: number): string[] {
  if (columns.length === 0) return [`  ${title}: none`];
  const head = [title, ...versions.map((group) => (group.length > 1 ? `${group[0]} - ${group.at(-1)}` : String(group[0])))];
  const rows = columns.map(({ name, forms }) => [name, ...forms.map((form) => form ?? '-')]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [line(head), line(widths.map((count) => '-'.repeat(count))), ...columns.flatMap(({ doc }, index) => [line(rows[index] ?? []), ...indented(wrapText(doc, width - 6), '      ')])];
}
