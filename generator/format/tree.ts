/** A YAML text as the formatter sees it: values with the comments that belong to them. */
export type Tree = Leaf | Collection;

export interface Leaf {
  readonly kind: 'leaf';
  readonly anchor?: string;
  /** What to write for anything but text: numbers, words such as `true`, aliases. */
  readonly source?: string;
  /** The value of a text. */
  readonly text?: string;
}

export interface Collection {
  readonly kind: 'mapping' | 'list';
  readonly anchor?: string;
  readonly entries: readonly Entry[];
  /** Comments behind the last entry. */
  readonly after: readonly CommentLine[];
}

export interface Entry {
  /** The key as it is written; none in lists. */
  readonly key?: string;
  readonly value: Tree;
  /** Comments on lines of their own before the entry. */
  readonly before: readonly CommentLine[];
  /** Comment at the end of its first line. */
  readonly behind?: string;
  /** An empty line stands right before the key or item. */
  readonly blank: boolean;
}

export interface CommentLine {
  readonly text: string;
  /** An empty line stands right before it. */
  readonly blank: boolean;
}

/** Whether a comment stands anywhere inside, so that the value cannot be written on one line. */
export const hasComments = (tree: Tree): boolean =>
  tree.kind !== 'leaf' && (tree.after.length > 0 || tree.entries.some(({ before, behind, value }) => before.length > 0 || behind !== undefined || hasComments(value)));
