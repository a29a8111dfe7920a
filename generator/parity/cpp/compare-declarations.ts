import { createDiagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { MessageParams } from '../../diagnostics/codes.ts';
import type { SourceRange } from '../../load/source.ts';
import type { Difference } from '../oracle.ts';
import { compareLists } from './compare-lists.ts';
import type { Declaration, DeclarationKind, Fact, FactKind, Part, WantedDeclaration, WantedFact, WantedPart } from './declaration.ts';
import type { Span } from '../source-lines.ts';

/** Turns offsets of the header of a declaration into ranges. */
export type Locate = (declaration: Declaration, span: Span) => SourceRange;

const factSlugs = { type: 'cpp-type-differs', nullability: 'cpp-nullability-differs', value: 'cpp-value-differs', code: 'cpp-code-differs' } as const satisfies Readonly<Record<FactKind, string>>;

/** Declarations whose parts may stand in any order. */
const unordered: ReadonlySet<DeclarationKind> = new Set(['enum text', 'enum spellings', 'struct reader', 'record reader', 'list of layouts']);

/** Compares declarations with what a definition says of them. */
export class DeclarationComparison {
  readonly differences: Difference[] = [];
  readonly #protocol: string;
  readonly #locate: Locate;

  constructor(protocol: string, locate: Locate) {
    this.#protocol = protocol;
    this.#locate = locate;
  }

  compare(found: Declaration, wanted: WantedDeclaration): void {
    const subject: Subject = { found, wanted, path: [] };
    if (found.kind !== 'schema') this.#compareFacts(subject, `${found.kind} \`${found.name.text}\``, found.facts, wanted.facts, wanted.range);
    else if (!this.#compareForwarding(subject)) return;
    this.#compareParts(subject, found.parts, wanted.parts, found.name, wanted.range);
  }

  /** A schema that is that of another function has no fields of its own to be compared. */
  #compareForwarding(subject: Subject): boolean {
    const { found, wanted } = subject;
    const [target] = found.facts;
    if (target === undefined) return true;
    const name = wanted.facts[0] ?? { about: 'code', texts: ['a schema of its own'] };
    this.#compareFacts(subject, `schema \`${found.name.text}\``, [target], [name], wanted.range);
    return false;
  }

  #compareFacts(subject: Subject, part: string, found: readonly Fact[], wanted: readonly WantedFact[], range: SourceRange): void {
    wanted.forEach((fact, index) => {
      const own = found[index];
      if (own === undefined || fact.texts.includes(own.text)) return;
      this.#report(subject, factSlugs[fact.about], own, { part, found: shown(own.shown ?? own.text), wanted: shown(fact.shown ?? likest(fact.texts, own.text)) }, range);
    });
  }

  /** `owner` is where the declaration, or the part that these are parts of, has its name. */
  #compareParts(subject: Subject, found: readonly Part[], wanted: readonly WantedPart[], owner: Span, ownerRange: SourceRange): void {
    for (const what of new Set([...wanted, ...found].map((part) => part.what))) {
      const own = found.filter((part) => part.what === what);
      const due = wanted.filter((part) => part.what === what);
      const { pairs, missing, unexpected, moved } = compareLists(own.map(({ name }) => name.text), due.map(({ name }) => name));
      for (const index of missing) {
        const part = due[index] as WantedPart;
        this.#report(within(subject, part.name), 'cpp-part-missing', owner, { part: partName(subject, part.what, part.name) }, part.range);
      }
      for (const index of unexpected) {
        const part = own[index] as Part;
        this.#report(within(subject, part.name.text), 'cpp-part-unexpected', part.name, { part: partName(subject, part.what, part.name.text) }, ownerRange);
      }
      const misplaced = unordered.has(subject.found.kind) ? [] : moved;
      for (const { found: at, wanted: to } of misplaced) {
        const part = own[at] as Part;
        this.#report(within(subject, part.name.text), 'cpp-part-moved', part.name, { part: partName(subject, part.what, part.name.text), found: at + 1, wanted: to + 1 }, (due[to] as WantedPart).range);
      }
      for (const { found: at, wanted: to } of pairs) this.#comparePart(subject, own[at] as Part, due[to] as WantedPart);
    }
  }

  #comparePart(subject: Subject, found: Part, wanted: WantedPart): void {
    const own = within(subject, wanted.name);
    const name = partName(subject, wanted.what, wanted.name);
    if (found.name.text !== wanted.name) this.#report(own, 'cpp-part-renamed', found.name, { part: name, found: shown(found.name.text) }, wanted.range);
    this.#compareFacts(own, name, found.facts, wanted.facts, wanted.range);
    // Fields in types that differ have nothing to do with each other.
    const sameType = wanted.facts.every(({ about, texts }, index) => about !== 'type' || texts.includes(found.facts[index]?.text ?? ''));
    if (sameType) this.#compareParts(own, found.parts, wanted.parts, found.name, wanted.range);
  }

  #report<S extends PartSlug>(subject: Subject, slug: S, span: Span, params: Omit<MessageParams<S>, 'peer'>, range: SourceRange): void {
    const { found, wanted, path } = subject;
    const place = this.#locate(found, span);
    const diagnostic: Diagnostic = createDiagnostic(slug, place, { ...params, peer: `${this.#protocol} ${wanted.version}` } as unknown as MessageParams<S>, { related: [{ label: 'the definition', range }] });
    this.differences.push({ protocol: this.#protocol, version: wanted.version, subject: [found.name.text, ...path].join('.'), diagnostic });
  }
}

type PartSlug = (typeof factSlugs)[FactKind] | 'cpp-part-missing' | 'cpp-part-unexpected' | 'cpp-part-moved' | 'cpp-part-renamed';

/** What is being compared: a declaration, or a part in it. */
interface Subject {
  readonly found: Declaration;
  readonly wanted: WantedDeclaration;
  /** Names of the parts on the way. */
  readonly path: readonly string[];
}

const within = (subject: Subject, name: string): Subject => ({ ...subject, path: [...subject.path, name] });

/** ``field `releases.item.version` of schema `CatalogInfoSchema` `` */
const partName = ({ found, path }: Subject, what: string, name: string): string => `${what} \`${[...path, name].join('.')}\` of ${found.kind} \`${found.name.text}\``;

/** Of several texts that would do the one that begins most like another. */
function likest(texts: readonly string[], other: string): string {
  const shared = (text: string): number => {
    let length = 0;
    while (length < text.length && text[length] === other[length]) length++;
    return length;
  };
  const [first = '', ...others] = texts;
  return others.reduce((best, text) => (shared(text) > shared(best) ? text : best), first);
}

const shown = (text: string): string => (text === '' ? 'nothing' : /^(nullable|not null|nothing)$/.test(text) ? text : `\`${text}\``);
