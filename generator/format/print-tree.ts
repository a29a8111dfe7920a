import { blockText, quoted } from './print-text.ts';
import { dataShape, type Shape } from './shapes.ts';
import { hasComments, type Collection, type CommentLine, type Entry, type Leaf, type Tree } from './tree.ts';

/** Longest line, where it can be helped. */
export const width = 120;
const step = 2;

export interface PrintOptions {
  /** Keys are put in canonical order; not where an alias could come before its anchor. */
  readonly reorder: boolean;
}

/** Writes a collection as lines without ends. */
export function printCollection(collection: Collection, shape: Shape, indent: number, options: PrintOptions): string[] {
  const lines: string[] = [];
  const margin = ' '.repeat(indent);
  const entries = options.reorder && shape.order !== undefined ? inOrder(collection.entries, shape.order) : collection.entries;
  for (const [index, entry] of entries.entries()) {
    const separated = shape.separated === true && index > 0;
    const keepsBlanks = shape.separated === true || shape.order === undefined;
    pushComments(lines, entry.before, margin, index > 0 && (separated || (keepsBlanks && entry.before[0]?.blank === true)));
    const blank = entry.before.length === 0 ? separated || (keepsBlanks && entry.blank && index > 0) : entry.blank && keepsBlanks;
    if (blank) lines.push('');
    lines.push(...printEntry(entry, shapeOf(shape, entry), indent, collection.kind === 'list', options));
  }
  pushComments(lines, collection.after, margin, collection.after[0]?.blank === true && lines.length > 0);
  return lines;
}

/** Comments one below the other; `blank` says whether an empty line comes before the first. */
export function pushComments(lines: string[], comments: readonly CommentLine[], margin: string, blank: boolean): void {
  for (const [index, comment] of comments.entries()) {
    if (index === 0 ? blank : comment.blank) lines.push('');
    lines.push(margin + comment.text);
  }
}

const shapeOf = (shape: Shape, entry: Entry): Shape => (entry.key === undefined ? undefined : shape.keys?.[entry.key]) ?? shape.each ?? dataShape;

/** Listed keys first, in the order of the list. */
function inOrder(entries: readonly Entry[], order: readonly string[]): readonly Entry[] {
  const place = ({ key }: Entry): number => {
    const at = order.indexOf(key ?? '');
    return at < 0 ? order.length : at;
  };
  return [...entries].sort((a, b) => place(a) - place(b));
}

function printEntry(entry: Entry, shape: Shape, indent: number, inList: boolean, options: PrintOptions): string[] {
  const { value, behind } = entry;
  const margin = ' '.repeat(indent);
  const anchor = value.anchor === undefined ? '' : ` &${value.anchor}`;
  const head = margin + (inList ? '-' : `${entry.key}:`) + anchor;
  const tail = behind === undefined ? '' : ` ${behind}`;
  if (value.kind === 'leaf') return printLeaf(value, head, tail, indent);

  const flow = value.entries.length === 0 && !hasComments(value) ? emptyOf(value) : shape.inline === true ? flowText(value, shape, options) : undefined;
  if (flow !== undefined && (head.length + 1 + flow.length <= width || value.entries.length === 0)) return [`${head} ${flow}${tail}`];
  const inner = printCollection(value, shape, indent + step, options);
  const [first = ''] = inner;
  // `- key: ...` saves a line; a comment in front keeps it from being one.
  if (inList && anchor === '' && tail === '' && value.kind === 'mapping' && !first.trimStart().startsWith('#')) return [`${margin}- ${first.trimStart()}`, ...inner.slice(1)];
  if (value.entries.length === 0) return [`${head}${tail}`, ...inner.map((line) => line), `${margin}${' '.repeat(step)}${emptyOf(value)}`];
  return [head + tail, ...inner];
}

const emptyOf = ({ kind }: Collection): string => (kind === 'mapping' ? '{}' : '[]');

function printLeaf({ source, text }: Leaf, head: string, tail: string, indent: number): string[] {
  if (text === undefined) return [`${head} ${source}${tail}`];
  const line = quoted(text, false);
  const long = head.length + 1 + line.length > width && text.includes(' ');
  const block = long || text.includes('\n') ? blockText(text, width - indent - step) : undefined;
  if (block === undefined || (block.length === 2 && !text.includes('\n'))) return [`${head} ${line}${tail}`];
  const [header = '', ...lines] = block;
  return [`${head} ${header}${tail}`, ...lines.map((part) => (part === '' ? '' : `${' '.repeat(indent + step)}${part}`))];
}

/** A value between brackets on one line; `undefined` if it cannot stand there. */
function flowText(tree: Tree, shape: Shape, options: PrintOptions): string | undefined {
  if (hasComments(tree)) return undefined;
  if (tree.kind === 'leaf') return tree.text === undefined ? String(tree.source) : tree.text.includes('\n') ? undefined : quoted(tree.text, true);
  const entries = options.reorder && shape.order !== undefined ? inOrder(tree.entries, shape.order) : tree.entries;
  const parts: string[] = [];
  for (const entry of entries) {
    const inner = flowText(entry.value, shapeOf(shape, entry), options);
    if (inner === undefined || (entry.key !== undefined && !/^(?:[^,[\]{}"'\n]+|"[^"\n]*"|'[^'\n]*')$/.test(entry.key))) return undefined;
    const anchor = entry.value.anchor === undefined ? '' : `&${entry.value.anchor} `;
    parts.push(entry.key === undefined ? anchor + inner : `${entry.key}: ${anchor}${inner}`);
  }
  return tree.kind === 'mapping' ? `{${parts.join(', ')}}` : `[${parts.join(', ')}]`;
}
