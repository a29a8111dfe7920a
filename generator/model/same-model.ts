import type { Model, Version } from './model.ts';
import { compareVersions } from './versions.ts';

export type ModelSection = keyof Model;

/** What something makes of a model. */
export interface ModelUse {
  /** Sections whose docs and deprecations it shows; left out = all. */
  readonly docsOf?: readonly ModelSection[];
  /** Whether it depends on names in target languages and on the defaults of fields; left out = it does. */
  readonly names?: false;
  readonly defaults?: false;
  /** The newest version that matters: what has come later does not; left out = everything does. */
  readonly until?: Version;
}

/** Values that a definition gives are compared whole: what they call `doc` is theirs. */
const valueKeys: ReadonlySet<string> = new Set(['default', 'value']);

/** Compares two models, each section at most once for each way of looking at it. Where parts stand never counts, their order does. */
export class ModelComparison {
  readonly #before: Model;
  readonly #after: Model;
  readonly #answers = new Map<string, boolean>();

  constructor(before: Model, after: Model) {
    this.#before = before;
    this.#after = after;
  }

  /** Whether the models are the same for who makes that use of them. */
  sameFor({ docsOf, names, defaults, until }: ModelUse): boolean {
    const sections = Object.keys(this.#after) as ModelSection[];
    const ignored = ['range', ...(names === false ? ['names'] : []), ...(defaults === false ? ['default'] : [])];
    return sections.every((section) => this.#same(section, docsOf === undefined || docsOf.includes(section) ? ignored : [...ignored, 'doc', 'deprecated'], until));
  }

  #same(section: ModelSection, ignored: readonly string[], until: Version | undefined): boolean {
    const question = `${section}: ${ignored.join()} ${until}`;
    let answer = this.#answers.get(question);
    if (answer === undefined) this.#answers.set(question, (answer = same(this.#before[section], this.#after[section], { ignored: new Set(ignored), until })));
    return answer;
  }
}

interface View {
  readonly ignored: ReadonlySet<string>;
  readonly until?: Version;
}

const everything: View = { ignored: new Set() };

function same(a: unknown, b: unknown, view: View): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(upTo(a, view.until), upTo(b, view.until), view);
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const key in left) if (!view.ignored.has(key) && !same(left[key], right[key], valueKeys.has(key) ? everything : view)) return false;
  for (const key in right) if (left[key] === undefined && right[key] !== undefined && !view.ignored.has(key)) return false;
  return true;
}

const sameItems = (a: readonly unknown[], b: readonly unknown[], view: View): boolean => a.length === b.length && a.every((item, index) => same(item, b[index], view));

/** The items without those that came after a version. */
const upTo = (items: readonly unknown[], until: Version | undefined): readonly unknown[] =>
  until === undefined ? items : items.filter((item) => !(typeof item === 'object' && item !== null && 'since' in item && typeof item.since === 'string' && compareVersions(item.since, until) > 0));
