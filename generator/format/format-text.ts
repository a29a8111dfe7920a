import { isDeepStrictEqual } from 'node:util';
import { parseDocument, visit } from 'yaml';
import { DiagnosticCollector, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { commentsIn } from '../load/comments.ts';
import { parseYaml } from '../load/parse-yaml.ts';
import type { SourceFile } from '../load/source.ts';
import { buildTree } from './build-tree.ts';
import { printCollection, pushComments } from './print-tree.ts';
import { fileShape } from './shapes.ts';

export interface Formatted {
  /** The text in canonical layout; left out if the file cannot be read as YAML. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * One file of a definition in canonical order and layout, with its comments and its line ends. What it says stays the same, which is
 * checked: throws if it did not.
 */
export function formatText({ file, text }: SourceFile): Formatted {
  const diagnostics = new DiagnosticCollector();
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? '\n';
  const before = text.replaceAll('\r\n', '\n');
  const node = parseYaml(file, before, diagnostics);
  if (node === undefined || diagnostics.hasErrors || typeof node.value !== 'object') return { diagnostics: diagnostics.sorted() };
  const after = layOut(before);
  const again = parseYaml(file, after, new DiagnosticCollector());
  if (!isDeepStrictEqual(again?.value, node.value) || !isDeepStrictEqual(commentTexts(after), commentTexts(before))) throw new Error(`formatting ${file} would change what it says`);
  return { text: after.replaceAll('\n', lineEnd), diagnostics: diagnostics.sorted() };
}

function layOut(text: string): string {
  const document = parseDocument(text, { uniqueKeys: false, schema: 'core', logLevel: 'error' });
  let hasAliases = false;
  visit(document, {
    Alias: () => {
      hasAliases = true;
      return visit.BREAK;
    },
  });
  const { header, root } = buildTree(text, document);
  const lines: string[] = [];
  pushComments(lines, header, '', false);
  if (header.length > 0 && root.kind !== 'leaf' && root.entries[0]?.blank === true) lines.push('');
  if (root.kind === 'leaf') throw new Error('a definition that is neither a mapping nor a list was not refused');
  const body = root.entries.length === 0 ? ['{}'] : printCollection(root, fileShape, 0, { reorder: !hasAliases });
  return `${[...lines, ...body].join('\n')}\n`;
}

const commentTexts = (text: string): readonly string[] =>
  commentsIn(text)
    .map((comment) => comment.text)
    .sort();
