import type { Model } from './model.ts';

export type ModelSection = keyof Model;

/** What something makes of a model. */
export interface ModelUse {
  /** Sections whose docs and deprecations it shows; left out = all. */
  readonly docsOf?: readonly ModelSection[];
  /** Whether it depends on names in target languages and on the defaults of fields; left out = it does. */
  readonly names?: false;
  readonly defaults?: false;
}

/** Values that a definition gives are compared whole: what they call `doc` is theirs. */
const valueKeys: ReadonlySet<string> = new Set(['default', 'value']);

const nothing: ReadonlySet<string> = new Set();

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
  sameFor({ docsOf, names, defaults }: ModelUse): boolean {
    const sections = Object.keys(this.#after) as ModelSection[];
    const ignored = ['range', ...(names === false ? ['names'] : []), ...(defaults === false ? ['default'] : [])];
    return sections.every((section) => this.#same(section, docsOf === undefined || docsOf.includes(section) ? ignored : [...ignored, 'doc', 'deprecated']));
  }

  #same(section: ModelSection, ignored: readonly string[]): boolean {
    const question = `${section}: ${ignored.join()}`;
    let answer = this.#answers.get(question);
    if (answer === undefined) this.#answers.set(question, (answer = same(this.#before[section], this.#after[section], new Set(ignored))));
    return answer;
  }
}

function same(a: unknown, b: unknown, ignored: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index], ignored));
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const key in left) if (!ignored.has(key) && !same(left[key], right[key], valueKeys.has(key) ? nothing : ignored)) return false;
  for (const key in right) if (left[key] === undefined && right[key] !== undefined && !ignored.has(key)) return false;
  return true;
}
