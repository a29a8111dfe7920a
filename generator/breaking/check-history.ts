import { createDiagnostic, DiagnosticCollector, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { historyFolder, historyText } from '../history/history-text.ts';
import { readHistory } from '../history/read-history.ts';
import { servedVersions, snapshotOf } from '../history/snapshot-of.ts';
import type { Model } from '../model/model.ts';
import { firstDifference } from '../plan/diff.ts';
import type { OutputFolder } from '../plan/output-folder.ts';
import { releasedChanges } from './released-changes.ts';

/** The files of the versions of a protocol that were released. */
export const historyFiles = ({ protocol }: Model, disk: OutputFolder): readonly string[] => disk.list(`${historyFolder}/${protocol.name}`);

/** Says where the evolution marks of a definition no longer compute what was released. Reads a file as data only if its text is not as it should be. */
export function checkHistory(model: Model, disk: OutputFolder): readonly Diagnostic[] {
  const folder = `${historyFolder}/${model.protocol.name}/`;
  const served = servedVersions(model);
  return historyFiles(model, disk).flatMap((file): readonly Diagnostic[] => {
    const version = /^(\d+\.\d+\.\d+)\.json$/.exec(file.slice(folder.length))?.[1];
    if (version === undefined) return [];
    if (!served.includes(version)) return [createDiagnostic('released-version-unserved', model.protocol.range, { version, file })];
    const computed = snapshotOf(model, version);
    const text = historyText(computed);
    const released = disk.read(file) ?? '';
    if (released === text) return [];
    const diagnostics = new DiagnosticCollector();
    const snapshot = readHistory(file, released, diagnostics);
    if (snapshot === undefined) return diagnostics.sorted();
    const changes = releasedChanges(snapshot, computed);
    return changes.length > 0 ? changes : [createDiagnostic('edited-history', wholeFile(file), { line: firstDifference(released, text) })];
  });
}
