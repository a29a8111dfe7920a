import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { MessageParams } from '../diagnostics/codes.ts';
import type { evolutionCodes } from '../diagnostics/evolution-codes.ts';
import type { SourceRange } from '../load/source.ts';
import type { Bump } from './bump.ts';
import type { Comparison } from './comparison.ts';

/**
 * Who notices a change: `wire` = bytes that the other version does not take or means otherwise, `worker` = an existing handler does not
 * compile or is not called as before, `client` = the same for an existing caller, `docs` = readers only. Empty = nobody.
 */
export type Breaks = readonly ('wire' | 'worker' | 'client' | 'docs')[];

export type EvolutionSlug = keyof typeof evolutionCodes;

/** One difference between two versions. */
export interface Change {
  readonly slug: EvolutionSlug;
  readonly breaks: Breaks;
  /** The smallest step of the version that may bring it. */
  readonly bump: Exclude<Bump, 'none'>;
  /** What and where, as a note: the place in the later version, and the one in the earlier version as a related one. */
  readonly note: Diagnostic;
}

/** Where a change is: the later place is always known, if need be as that of what contains it. */
export interface ChangePlaces {
  readonly before?: SourceRange;
  readonly after: SourceRange;
}

/** Finds every difference of one kind. */
export interface Rule<S extends EvolutionSlug = EvolutionSlug> {
  readonly slug: S;
  find(comparison: Comparison): Iterable<Found<S>>;
}

export interface Found<S extends EvolutionSlug> extends ChangePlaces {
  readonly params: MessageParams<S>;
  readonly breaks: Breaks;
  readonly bump: Change['bump'];
}

/** Declares a rule, so that the parameters of its findings are those of its message. */
export const rule = <S extends EvolutionSlug>(slug: S, find: (comparison: Comparison) => Iterable<Found<S>>): Rule => ({ slug, find }) as unknown as Rule;

/** Applies one rule. `label` says what the earlier place is called. */
export function applyRule({ slug, find }: Rule, comparison: Comparison, label: string): Change[] {
  return [...find(comparison)].map(({ params, before, after, breaks, bump }) => {
    const related = before === undefined || samePlace(before, after) ? [] : [{ label, range: before }];
    return { slug, breaks, bump, note: createDiagnostic(slug, after, params, { related }) };
  });
}

const samePlace = (a: SourceRange, b: SourceRange): boolean => a.file === b.file && a.start.offset === b.start.offset;
