import type { Declared } from '../../model/model.ts';
import { wrapText } from '../wrap-text.ts';

const WIDTH = 116;

/** Text as `///` lines. A backslash at the end of a line would carry the comment on to the next one. */
export const cppComment = (text: string): string[] => wrapText(text, WIDTH).map((line) => `/// ${line}`.trimEnd().replace(/\\$/, '(backslash)'));

/** The comment of a declaration; `oldest` is the first version, of which nothing is said. */
export function declaredComment({ doc, since, removed, deprecated }: Declared, oldest: string, note = ''): string[] {
  const sentences = [doc.trim(), since === oldest ? '' : `Since ${since}.`, removed === undefined ? '' : `Only before ${removed}.`, note];
  const text = sentences.filter((sentence) => sentence !== '').join(' ');
  return [...cppComment(text), ...(deprecated === undefined ? [] : cppComment(`@deprecated ${deprecationText(deprecated)}`))];
}

function deprecationText({ since, use, reason }: NonNullable<Declared['deprecated']>): string {
  return [since === undefined ? '' : `since ${since}`, use === undefined ? '' : `use ${use}`, reason ?? ''].filter((part) => part !== '').join(': ');
}
