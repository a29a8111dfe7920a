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
  return { header, root: builder.tree(contents, 0, text.length) };
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

/** Where the last character of a value ends; what YAML counts to a folded or literal text goes on to the next line. */
function lastOf(text: string, value: Node | null, keyEnd: number): number {
  const end = value?.range?.[1] ?? keyEnd;
  const start = value?.range?.[0] ?? keyEnd;
  return start + text.slice(start, end).trimEnd().length;
}

interface Part {
  readonly key?: Node;
  readonly value: Node | null;
  readonly start: number;
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

  /** `column` is that of the entries around the node, counted from 0; what is its own ends before `limit`. */
  tree(node: Node | null, column: number, limit: number): Tree {
    if (node === null) return { kind: 'leaf', source: 'null' };
    if (isAlias(node)) return { kind: 'leaf', source: `*${node.source}` };
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (isScalar(node)) {
      return typeof node.value === 'string' ? { kind: 'leaf', anchor, text: node.value } : { kind: 'leaf', anchor, source: node.source === undefined || node.source === '' ? 'null' : node.source };
    }
    const isList = isSeq(node);
    const flow = (isList || isMap(node)) && node.flow === true;
    const end = flow ? (node.range?.[1] ?? limit) : limit;
    const parts = this.#parts(node);
    let inner = column;
    const entries = parts.map((part, index) => {
      inner = part.start - this.#lineStart(part.start);
      return this.#entry(part, inner, parts[index + 1]?.start ?? end);
    });
    // Of the comments below a block, those that are indented like its entries are its own.
    const after = flow ? this.commentsBefore(end) : inner > column || column === 0 ? this.#commentsAt(inner, end) : [];
    return { kind: isList ? 'list' : 'mapping', anchor, entries, after };
  }

  /** The entries of a collection with the places where they begin. */
  #parts(node: Node): readonly Part[] {
    if (isSeq(node)) {
      return (node.items as (Node | null)[]).map((value) => ({ value, start: value === null ? 0 : this.#itemStart(startOf(value)) }));
    }
    return isMap(node) ? (node.items as Pair<Node, Node | null>[]).map(({ key, value }) => ({ key, value, start: key.range?.[0] ?? 0 })) : [];
  }

  #entry({ key, value, start }: Part, column: number, limit: number): Entry {
    const before = this.commentsBefore(start);
    const blank = this.#blankBefore(start);
    const keyEnd = key?.range?.[1] ?? start;
    const isLeaf = value === null || isScalar(value) || isAlias(value);
    const first = isLeaf ? this.#behind(this.#lineEnd(lastOf(this.#text, value, keyEnd)), limit) : this.#behind(Math.min(startOf(value), this.#lineEnd(keyEnd)), limit);
    const tree = this.tree(value, column, limit);
    const second = isLeaf ? undefined : this.#behind(this.#lineEnd(lastOf(this.#text, value, keyEnd)), limit);
    const both = first !== undefined && second !== undefined && tree.kind !== 'leaf';
    const shown = both ? { ...tree, after: [...tree.after, { text: second, blank: false }] } : tree;
    return { ...(key === undefined ? {} : { key: this.#keyText(key) }), value: shown, before, behind: first ?? second, blank };
  }

  /** Keys are names as they are written, so they keep their quotes; one over several lines is put on one. */
  #keyText(key: Node): string {
    const written = this.#text.slice(key.range?.[0], key.range?.[1]);
    return written.includes('\n') && isScalar(key) ? JSON.stringify(key.value) : written;
  }

  /** Takes a comment that shares its line with something and stands before both offsets. */
  #behind(lineEnd: number, limit: number): string | undefined {
    const comment = this.#peek();
    if (comment === undefined || comment.alone || comment.offset >= Math.min(lineEnd, limit)) return undefined;
    this.#next++;
    return comment.text;
  }

  /** Takes the comments before `limit` that stand alone at `column` or further in. */
  #commentsAt(column: number, limit: number): CommentLine[] {
    const taken: CommentLine[] = [];
    for (let comment = this.#peek(); comment?.alone === true && comment.offset < limit && comment.offset - this.#lineStart(comment.offset) >= column; comment = this.#peek()) {
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
