import { DiagnosticCollector, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseYaml } from './parse-yaml.ts';
import type { SourceFile } from './source.ts';
import type { SourceNode } from './source-node.ts';

interface Parsed {
  readonly text: string;
  readonly node?: SourceNode;
  readonly diagnostics: readonly Diagnostic[];
}

interface Derived<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What was found in files, so that a file whose text is as before is not looked at again: parsing is most of what a small change would
 * cost otherwise (120 of 150 ms for VGI). Holds the last text of every file only.
 */
export class ParseCache {
  readonly #parsed = new Map<string, Parsed>();
  readonly #derived = new WeakMap<SourceNode, Map<string, Derived<unknown>>>();

  /** The parsed file; `undefined` if it cannot be parsed. */
  parse({ file, text }: SourceFile, diagnostics: DiagnosticCollector): SourceNode | undefined {
    let known = this.#parsed.get(file);
    if (known?.text !== text) {
      const found = new DiagnosticCollector();
      const node = parseYaml(file, text, found);
      known = { text, node, diagnostics: found.sorted() };
      this.#parsed.set(file, known);
    }
    diagnostics.add(known.diagnostics);
    return known.node;
  }

  /** What `derive` makes of a parsed file under a name of its own; it must depend on nothing else. */
  derive<T>(node: SourceNode, name: string, derive: (diagnostics: DiagnosticCollector) => T, diagnostics: DiagnosticCollector): T {
    let ofNode = this.#derived.get(node);
    if (ofNode === undefined) this.#derived.set(node, (ofNode = new Map()));
    let known = ofNode.get(name) as Derived<T> | undefined;
    if (known === undefined) {
      const found = new DiagnosticCollector();
      known = { value: derive(found), diagnostics: found.sorted() };
      ofNode.set(name, known);
    }
    diagnostics.add(known.diagnostics);
    return known.value;
  }
}
