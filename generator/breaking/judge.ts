import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Snapshot } from '../history/snapshot.ts';
import type { Version } from '../model/model.ts';
import { compareVersions } from '../model/versions.ts';
import { bumped, largestBump, type Bump } from './bump.ts';
import type { Breaks, Change } from './change.ts';

/** What a set of changes asks of the later version. */
export interface Judgement {
  /** The smallest step that may bring all changes, and the version it leads to. */
  readonly bump: Bump;
  readonly smallest: Version;
  /** One finding for each change: a note, or an error if the version makes a smaller step than it needs; then one for the version. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares the step between two versions with what the changes need. */
export function judge(before: Snapshot, after: Snapshot, changes: readonly Change[]): Judgement {
  const bump = largestBump(changes.map((change) => change.bump));
  const smallest = bumped(before.version, bump);
  const diagnostics = changes.map(({ note, breaks, bump: needed }): Diagnostic => {
    const first = bumped(before.version, needed);
    const legal = compareVersions(after.version, first) >= 0;
    return { ...note, severity: legal ? 'note' : 'error', hint: `${effect(breaks)}${legal ? '' : `; this needs a ${needed} version, ${first} or later`}.` };
  });
  if (compareVersions(after.version, smallest) < 0) {
    diagnostics.push(createDiagnostic('bump-too-small', after.range, { before: before.version, after: after.version, bump, smallest }));
  }
  return { bump, smallest, diagnostics };
}

const victims = { wire: 'the wire', worker: 'workers', client: 'clients' } as const;

/** `breaks the wire and workers`, `breaks nobody`. */
export function effect(breaks: Breaks): string {
  if (breaks.includes('docs')) return 'concerns readers only';
  const named = breaks.flatMap((part) => (part === 'docs' ? [] : [victims[part]]));
  const last = named.pop();
  return last === undefined ? 'breaks nobody' : `breaks ${named.length === 0 ? last : `${named.join(', ')} and ${last}`}`;
}
