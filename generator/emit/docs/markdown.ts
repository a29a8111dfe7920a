import type { Declared, Version } from '../../model/model.ts';
import { wrapText } from '../wrap-text.ts';

const WIDTH = 120;

/** A paragraph of text in lines. */
export const paragraph = (text: string): string[] => wrapText(text, WIDTH);

/** Text in one cell of a table. */
export const cell = (text: string): string => text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');

export const code = (text: string): string => `\`${text}\``;

/** A link to a section; sections are named by their heading alone. */
export const link = (text: string, page: string, heading: string): string => `[${code(text)}](${page}.md#${anchor(heading)})`;

/** The anchor that Markdown viewers give a heading. */
export const anchor = (heading: string): string => heading.toLowerCase().replace(/[^a-z0-9_ -]/g, '').replaceAll(' ', '-');

/** In which versions something is there; empty for what always was and still is. */
export function lifetime({ since, removed }: { readonly since: Version; readonly removed?: Version }, oldest: Version): string {
  const parts = [since === oldest ? '' : `since ${since}`, removed === undefined ? '' : `before ${removed}`];
  return parts.filter((part) => part !== '').join(', ');
}

/** The sentence about an outdated declaration; empty for others. */
export function deprecation({ deprecated }: Declared): string {
  if (deprecated === undefined) return '';
  const { since, use, reason } = deprecated;
  const parts = [`Deprecated${since === undefined ? '' : ` since ${since}`}.`, use === undefined ? '' : `Use ${code(use)}.`, reason ?? ''];
  return parts.filter((part) => part !== '').join(' ');
}
