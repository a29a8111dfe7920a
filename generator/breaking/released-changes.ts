import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Snapshot } from '../history/snapshot.ts';
import { findChanges } from './find-changes.ts';
import { recordedRules } from './rules.ts';

/** What differs between a version as it was released and the same version as a definition computes it now: every difference is an error. */
export function releasedChanges(released: Snapshot, computed: Snapshot): readonly Diagnostic[] {
  return findChanges(released, computed, `as released in ${released.version}`, recordedRules).map(({ note }) => {
    const change = note.message.replace(/\.$/, '');
    return createDiagnostic('released-version-changed', note.range, { version: released.version, change }, { related: note.related });
  });
}
