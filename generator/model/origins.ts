import type { SourceRange } from '../load/source.ts';
import type { SourceNode } from '../load/source-node.ts';

/** Where the parts of a model come from, and what messages call them. A plain map: as a weak one it was a third of the time of a warm compilation. */
export class Origins {
  readonly #known = new Map<object, { readonly node: SourceNode; readonly label: string }>();

  set(part: object, node: SourceNode, label: string): void {
    this.#known.set(part, { node, label });
  }

  node(part: object): SourceNode {
    return this.#get(part).node;
  }

  /** For messages: ``field `path` of `SchemaInfo` ``. */
  label(part: object): string {
    return this.#get(part).label;
  }

  /** Where the value under `keys` stands, or the part's name if the definition leaves it out. */
  range(part: object, ...keys: readonly string[]): SourceRange {
    let node = this.node(part);
    for (const key of keys) {
      const next = node.get(key);
      if (next === undefined) return this.node(part).keyRange;
      node = next;
    }
    return node.range;
  }

  #get(part: object): { readonly node: SourceNode; readonly label: string } {
    const found = this.#known.get(part);
    if (found === undefined) throw new Error('a part of the model has no origin');
    return found;
  }
}
