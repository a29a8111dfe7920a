import { DiagnosticCollector, wholeFile } from '../../diagnostics/diagnostic.ts';
import { historyFolder } from '../../history/history-text.ts';
import { readHistory } from '../../history/read-history.ts';
import type { FileSystem } from '../../load/file-system.ts';
import { readSource } from '../../load/load-sources.ts';
import { compareVersions } from '../../model/versions.ts';
import type { OutputFolder } from '../../plan/output-folder.ts';
import { failed, labelOf, single, type Baseline, type Earlier } from './baseline.ts';

/** One released version, as its history file has it. */
export const historyBaseline = (fileSystem: FileSystem, file: string): Baseline => ({
  of({ protocol }) {
    const earlier = earlierRelease(fileSystem, file);
    return earlier.before === undefined || earlier.before.protocol === protocol.name ? earlier : undefined;
  },
});

/** The newest released version of each protocol; protocols of which none was released are not in it. */
export const newestRelease = (fileSystem: FileSystem, disk: OutputFolder): Baseline => ({
  of({ protocol }) {
    const folder = `${historyFolder}/${protocol.name}`;
    const versions = disk.list(folder).flatMap((file) => /\/(\d+\.\d+\.\d+)\.json$/.exec(file.slice(folder.length))?.[1] ?? []);
    const newest = versions.sort(compareVersions).at(-1);
    return newest === undefined ? undefined : earlierRelease(fileSystem, `${folder}/${newest}.json`);
  },
});

function earlierRelease(fileSystem: FileSystem, file: string): Earlier {
  const diagnostics = new DiagnosticCollector();
  const source = readSource(fileSystem, file, wholeFile(file), diagnostics);
  const snapshot = source && readHistory(file, source.text, diagnostics);
  return snapshot === undefined ? failed(diagnostics.sorted(), source === undefined ? [] : [source]) : single(snapshot, labelOf(snapshot.version, file));
}
