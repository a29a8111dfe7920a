import type { Declared } from '../../model/model.ts';
import { wrapText } from '../wrap-text.ts';

const WIDTH = 116;

/** A TSDoc comment as lines without indentation. */
export function docComment(text: string, deprecated?: string): string[] {
  const lines = wrapText(text.replaceAll('*/', '*\\/'), WIDTH);
  if (deprecated !== undefined) lines.push(...wrapText(`@deprecated ${deprecated.replaceAll('*/', '*\\/')}`, WIDTH));
  if (lines.length === 1) return [`/** ${lines[0]} */`];
  return ['/**', ...lines.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'];
}

/** The comment of a declaration; `oldest` is the first version, of which nothing is said. */
export function declaredComment({ doc, since, removed, deprecated }: Declared, oldest: string, note = ''): string[] {
  const sentences = [doc.trim(), since === oldest ? '' : `Since ${since}.`, removed === undefined ? '' : `Only before ${removed}.`, note];
  return docComment(sentences.filter((sentence) => sentence !== '').join(' '), deprecated && deprecationText(deprecated));
}

function deprecationText({ since, use, reason }: NonNullable<Declared['deprecated']>): string {
  const parts = [since === undefined ? '' : `since ${since}`, use === undefined ? '' : `use ${use}`, reason ?? ''];
  return parts.filter((part) => part !== '').join(': ');
}
