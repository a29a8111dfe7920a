import type { TextEdit } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../load/source-node.ts';

const isFlow = (mapping: SourceNode): boolean => mapping.fileText[mapping.range.start.offset] === '{';

/** Puts `text`, such as `secret: true`, behind the entry `after` of a mapping. */
export function insertEntry(mapping: SourceNode, after: string, text: string): TextEdit | undefined {
  const entry = mapping.get(after);
  if (entry === undefined) return undefined;
  const end = entry.range.end.offset;
  const separator = isFlow(mapping) ? ', ' : `${lineEnd(mapping)}${' '.repeat(entry.keyRange.start.column - 1)}`;
  return { range: mapping.rangeBetween(end, end), text: separator + text };
}

/** Removes an entry whose value stands on one line; nothing if that would take a comment with it. */
export function removeEntry(mapping: SourceNode, key: string): TextEdit | undefined {
  const entry = mapping.get(key);
  if (entry === undefined) return undefined;
  const text = mapping.fileText;
  let start = entry.keyRange.start.offset;
  let end = entry.range.end.offset;
  if (isFlow(mapping)) {
    const behind = /^[ ]*,[ ]*/.exec(text.slice(end));
    const before = /,\s*$/.exec(text.slice(0, start));
    if (behind !== null) end += behind[0].length;
    else if (before !== null) start -= before[0].length;
    return { range: mapping.rangeBetween(start, end), text: '' };
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[ \t]*\r?(\n|$)/.exec(text.slice(end));
  if (text.slice(lineStart, start).trim() !== '' || rest === null || text.slice(start, end).includes('\n')) return undefined;
  return { range: mapping.rangeBetween(lineStart, end + rest[0].length), text: '' };
}

const lineEnd = (node: SourceNode): string => (/\r?\n/.exec(node.fileText)?.[0] ?? '\n');
