import { snapshotOf } from '../../history/snapshot-of.ts';
import { unserved } from '../../history/unserved.ts';
import type { Version } from '../../model/model.ts';
import { failed, labelOf, type Baseline } from './baseline.ts';

/** The same definition in an earlier version; protocols without that version are not in it. */
export const versionBaseline = (version: Version): Baseline => ({
  of(model) {
    if (!model.protocol.versions.some((declared) => declared.version === version)) return undefined;
    const wrong = unserved(model, version);
    if (wrong !== undefined) return failed([wrong]);
    // What the definition says of earlier versions cannot differ from itself.
    return { before: snapshotOf(model, version), label: labelOf(version), released: () => [], diagnostics: [], sources: [] };
  },
});
