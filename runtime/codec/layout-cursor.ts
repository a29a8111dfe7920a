/** A dictionary-encoded place of a layout. */
export interface LayoutDictionary {
  readonly node: number;
  /** Members listed by the constant dictionary of the prefix; `undefined` if the dictionary is written with each record. */
  readonly members: readonly string[] | undefined;
}

/** Numbers the nodes, buffers and dictionaries of a layout while its values are bound in wire order. */
export class LayoutCursor {
  nodes = 0;
  buffers = 0;
  /** Dictionary-encoded places in wire order, which is the order of `Schema.dictionaryIds`. */
  readonly dictionaries: LayoutDictionary[] = [];
  private free = 0;

  takeNode(): number {
    return this.nodes++;
  }

  takeBuffers(count: number): number {
    const first = this.buffers;
    this.buffers += count;
    return first;
  }

  /** Returns the position among the dictionaries that are written with each record. */
  takeDictionary(node: number, members: readonly string[] | undefined): number {
    this.dictionaries.push({ node, members });
    return members === undefined ? this.free++ : -1;
  }
}
