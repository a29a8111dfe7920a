import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { SourceRange } from '../load/source.ts';

/** Who asks for a name. */
export interface NameOwner {
  /** The name in the definition. */
  readonly name: string;
  readonly range: SourceRange;
}

/**
 * The names of one scope of generated code, given out in declaration order. A name that the language reserves gets an underscore;
 * a name that is taken is an error at the second owner, so that adding a declaration never renames an older one.
 */
export class NameScope {
  readonly #owner: string;
  readonly #reserved: (name: string) => boolean;
  readonly #diagnostics: DiagnosticCollector;
  readonly #taken = new Map<string, NameOwner>();

  /** `owner` is what messages call the scope: `the methods`, `` `TableInfo` ``. */
  constructor(owner: string, reserved: (name: string) => boolean, diagnostics: DiagnosticCollector) {
    this.#owner = owner;
    this.#reserved = reserved;
    this.#diagnostics = diagnostics;
  }

  /** The name that `owner` gets where it would like `wanted`. */
  claim(wanted: string, owner: NameOwner): string {
    const derived = this.#reserved(wanted) ? `${wanted}_` : wanted;
    const other = this.#taken.get(derived);
    if (other === undefined) {
      this.#taken.set(derived, owner);
    } else {
      const params = { name: owner.name, other: other.name, owner: this.#owner, derived };
      this.#diagnostics.report('name-collision', owner.range, params, { related: [{ label: 'the other one', range: other.range }] });
    }
    return derived;
  }
}
