import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml';
import { commentsIn, type Comment } from '../load/comments.ts';
import type { CommentLine, Entry, Tree } from './tree.ts';

export interface TextTree {
  /** Comments before the first entry, which stay at the top of the file. */
  readonly header: readonly CommentLine[];
  readonly root: Tree;
}

/** Gives every comment of a parsed text to the entry that it stands before, behind or below. */
export function buildTree(text: string, document: Document.Parsed): TextTree {
  const builder = new TreeBuilder(text);
  const contents = document.contents as Node;
  const header = builder.commentsBefore(startOf(contents));
  return { header, root: builder.tree(contents, 0) };
}

/** Where a node begins; an anchor before it belongs to it. */
function startOf(node: Node): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const [first] = node.items;
    const inner = isMap(node) ? ((first as Pair<Node> | undefined)?.key ?? null) : ((first as Node | undefined) ?? null);
    return Math.min(node.range?.[0] ?? 0, inner?.range?.[0] ?? Number.POSITIVE_INFINITY);
  }
  return node.range?.[0] ?? 0;
}

class TreeBuilder {
  readonly #text: string;
  readonly #comments: readonly Comment[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#comments = commentsIn(text);
  }

  /** Takes the comments before an offset. */
  commentsBefore(offset: number): CommentLine[] {
    const taken: CommentLine[] = [];
    for (let comment = this.#peek(); comment !== undefined && comment.offset < offset; comment = this.#peek()) {
      taken.push(this.#line(comment));
      this.#next++;
    }
    return taken;
  }

  /** `column` is that of the entries around the node, counted from 0. */
  tree(node: Node | null, column: number): Tree {
    if (node === null) return { kind: 'leaf', source: 'null' };
    if (isAlias(node)) return { kind: 'leaf', source: `*${node.source}` };
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (isScalar(node)) {
      return typeof node.value === 'string' ? { kind: 'leaf', anchor, text: node.value } : { kind: 'leaf', anchor, source: node.source === undefined || node.source === '' ? 'null' : node.source };
    }
    const list = isSeq(node);
    const items = (list || isMap(node) ? node.items : []) as readonly (Node | Pair<Node, Node | null> | null)[];
    const entries: Entry[] = [];
    let inner = column;
    for (const item of items) {
      const key = list ? undefined : (item as Pair<Node, Node | null>).key;
      const value = list ? (item as Node | null) : (item as Pair<Node, Node | null>).value;
      const start = key?.range?.[0] ?? (value === null ? 0 : this.#itemStart(startOf(value)));
      inner = start - this.#lineStart(start);
      entries.push(this.#entry(key ?? undefined, value, start, inner));
    }
    const end = node.range?.[1] ?? 0;
    const flow = (list || isMap(node)) && node.flow === true;
    // Of the comments below a block, those that are indented like its entries are its own.
    const after = flow ? this.commentsBefore(end) : inner > column || column === 0 ? this.#commentsAt(inner) : [];
    return { kind: list ? 'list' : 'mapping', anchor, entries, after };
  }

  #entry(key: Node | undefined, value: Node | null, start: number, column: number): Entry {
    const before = this.commentsBefore(start);
    const blank = this.#blankBefore(start);
    const content = value === null ? (key?.range?.[1] ?? start) : startOf(value);
    const isLeaf = value === null || isScalar(value) || isAlias(value);
    const first = this.#behind(isLeaf ? Math.max(value?.range?.[1] ?? 0, content) : Math.min(content, this.#lineEnd(key?.range?.[1] ?? start)), isLeaf);
    const tree = this.tree(value, column);
    const second = isLeaf ? undefined : this.#behind(value.range?.[1] ?? 0, true);
    const behind = first ?? second;
    const withSecond = first !== undefined && second !== undefined && tree.kind !== 'leaf' ? { ...tree, after: [...tree.after, { text: second, blank: false }] } : tree;
    return { ...(key === undefined ? {} : { key: this.#text.slice(key.range?.[0], key.range?.[1]) }), value: withSecond, before, behind, blank };
  }

  /** Takes a comment that stands before `offset` or, if asked, on its line. */
  #behind(offset: number, onLine: boolean): string | undefined {
    const comment = this.#peek();
    const limit = onLine ? this.#lineEnd(Math.max(0, this.#text[offset - 1] === '\n' ? offset - 1 : offset)) : offset;
    if (comment === undefined || comment.offset >= limit || comment.alone) return undefined;
    this.#next++;
    return comment.text;
  }

  /** Takes the comments that stand alone at `column` or further in. */
  #commentsAt(column: number): CommentLine[] {
    const taken: CommentLine[] = [];
    for (let comment = this.#peek(); comment?.alone === true && comment.offset - this.#lineStart(comment.offset) >= column; comment = this.#peek()) {
      taken.push(this.#line(comment));
      this.#next++;
    }
    return taken;
  }

  #peek(): Comment | undefined {
    return this.#comments[this.#next];
  }

  #line({ offset, text }: Comment): CommentLine {
    return { text, blank: this.#blankBefore(offset) };
  }

  /** An item of a block list begins with its dash. */
  #itemStart(start: number): number {
    const lineStart = this.#lineStart(start);
    const dash = /^\s*-\s+(?:[&!]\S+\s+)*$/.exec(this.#text.slice(lineStart, start));
    return dash === null ? start : lineStart + dash[0].indexOf('-');
  }

  #lineStart = (offset: number): number => this.#text.lastIndexOf('\n', offset - 1) + 1;

  #lineEnd(offset: number): number {
    const end = this.#text.indexOf('\n', offset);
    return end < 0 ? this.#text.length : end;
  }

  /** Whether the line above that of `offset` is empty. */
  #blankBefore(offset: number): boolean {
    const lineStart = this.#lineStart(offset);
    return lineStart > 1 && this.#text.slice(this.#lineStart(lineStart - 1), lineStart - 1).trim() === '';
  }
}
