import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Snapshot } from '../../history/snapshot.ts';
import type { SourceFile } from '../../load/source.ts';
import type { Model, Version } from '../../model/model.ts';

/** An earlier state of protocols, to compare definitions with. */
export interface Baseline {
  /** What the protocol was; `undefined` if the baseline is not about it. `definition` is the root file of its definition. */
  of(model: Model, definition: string): Earlier | undefined;
}

/** What a protocol was. */
export interface Earlier {
  /** Present if nothing that was found is an error. */
  readonly before?: Snapshot;
  /** What places in it are called: `in 1.3.0`. */
  readonly label: string;
  /** Versions that must be the same later, beside `before`. */
  released(): readonly Snapshot[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/** An earlier state that cannot be had. */
export const failed = (diagnostics: readonly Diagnostic[], sources: readonly SourceFile[] = []): Earlier => ({ label: '', released: () => [], diagnostics, sources });

/** An earlier state that is one version. */
export const single = (before: Snapshot, label: string): Earlier => ({ before, label, released: () => [before], diagnostics: [], sources: [] });

export const labelOf = (version: Version, where?: string): string => (where === undefined ? `in ${version}` : `in ${version}, ${where}`);
