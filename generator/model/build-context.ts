import type { DiagnosticCollector } from '../diagnostics/diagnostic.ts';
import type { SourceRange } from '../load/source.ts';
import type { SourceNode } from '../load/source-node.ts';
import type { Declared, Place, Version } from './model.ts';
import type { Origins } from './origins.ts';
import { parseType, type IsEnum, type NameInType } from './parse-type.ts';

/** A name that has to be declared, and the versions in which it is needed. */
export interface Reference {
  /** `record`: a place that takes the name of a type only, such as `header`. */
  readonly use: NameInType['use'] | 'record';
  readonly name: string;
  readonly range: SourceRange;
  /** What needs it, for messages. */
  readonly owner: string;
  readonly since: Version;
  /** First version that does not need it any more. */
  readonly until?: Version;
}

export interface Lifetime {
  readonly since: Version;
  readonly removed?: Version;
}

/** What building one part of the model needs to know of the rest. */
export class BuildContext {
  readonly diagnostics: DiagnosticCollector;
  readonly origins: Origins;
  readonly references: Reference[] = [];
  readonly #isEnum: IsEnum;
  readonly #isBroken: (part: SourceNode) => boolean;

  constructor(diagnostics: DiagnosticCollector, origins: Origins, isEnum: IsEnum, isBroken: (part: SourceNode) => boolean) {
    this.diagnostics = diagnostics;
    this.origins = origins;
    this.#isEnum = isEnum;
    this.#isBroken = isBroken;
  }

  /** The entries of a mapping that can be built: those whose shape is wrong are reported already and left out. */
  entries(mapping: SourceNode | ReadonlyMap<string, SourceNode> | undefined): [name: string, entry: SourceNode][] {
    return [...(mapping?.entries() ?? [])].filter(([, entry]) => !this.#isBroken(entry));
  }

  /** Reads what all declarations have in common; what has no `since` is as old as its owner. */
  declared(name: string, node: SourceNode, owner: Lifetime): Declared {
    const deprecated = node.get('deprecated');
    const names = node.get('names');
    return {
      name,
      doc: (node.text('doc') ?? '').trim(),
      since: node.text('since') ?? owner.since,
      removed: node.text('removed'),
      ...(deprecated === undefined ? {} : { deprecated: { since: deprecated.text('since'), use: deprecated.text('use'), reason: deprecated.text('reason') } }),
      ...(names === undefined ? {} : { names: names.value as Record<string, string> }),
      range: node.keyRange,
    };
  }

  /** Reads the type expression that `node` holds; `undefined` and a diagnostic if it is none. */
  place(node: SourceNode, owner: string, lifetime: Lifetime): Place | undefined {
    const expression = String(node.value);
    const parsed = parseType(expression, this.#isEnum);
    if (!parsed.ok) {
      const { what, from, to, hint } = parsed.problem;
      const range = node.textRange(from, Math.max(to, from + 1));
      if (what.slug === 'type-syntax') this.diagnostics.report('type-syntax', range, { expression, problem: what.problem }, { hint });
      else if (what.slug === 'type-argument') this.diagnostics.report('type-argument', range, { type: what.type, problem: what.problem }, { hint });
      else this.diagnostics.report('misplaced-mark', range, { mark: what.mark, reason: what.reason }, { hint });
      return undefined;
    }
    for (const { use, name, from, to } of parsed.names) this.refer(use, name, node.textRange(from, to), owner, lifetime);
    return parsed.place;
  }

  refer(use: Reference['use'], name: string, range: SourceRange, owner: string, lifetime: Lifetime): void {
    this.references.push({ use, name, range, owner, since: lifetime.since, until: lifetime.removed });
  }
}
