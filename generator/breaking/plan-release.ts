import { compile } from '../compile.ts';
import type { ProtocolConfig } from '../config/load-config.ts';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { historyFile, historyText } from '../history/history-text.ts';
import { servedVersions, snapshotOf } from '../history/snapshot-of.ts';
import type { FileSystem } from '../load/file-system.ts';
import type { SourceFile } from '../load/source.ts';
import type { OutputFolder } from '../plan/output-folder.ts';
import { newestRelease } from './baselines/history-baseline.ts';
import { checkHistory } from './check-history.ts';
import { compareProject } from './compare-project.ts';

/** History files to write, and what is in the way. */
export interface ReleasePlan {
  readonly write: readonly { readonly path: string; readonly text: string }[];
  /** Those that are there already, as they should be. */
  readonly keep: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/**
 * Plans the history files of the newest version of each protocol, or of all served ones. What was released before has to be as it was, and
 * a new version has to make a step that its changes allow.
 */
export function planRelease(fileSystem: FileSystem, disk: OutputFolder, protocols: readonly ProtocolConfig[], all: boolean): ReleasePlan {
  const write: { path: string; text: string }[] = [];
  const keep: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const sources: SourceFile[] = [];
  for (const protocol of protocols) {
    const compilation = compile(fileSystem, protocol.definition, protocol.definitionRange);
    const { model } = compilation;
    diagnostics.push(...compilation.diagnostics);
    sources.push(...compilation.sources);
    if (model === undefined) continue;
    const history = checkHistory(model, disk);
    diagnostics.push(...history);
    if (hasErrors(history)) continue;
    if (newestRelease(fileSystem, disk).of(model, protocol.definition) !== undefined) {
      const changes = compareProject(fileSystem, [protocol], { baseline: newestRelease(fileSystem, disk), against: 'the history of releases' });
      diagnostics.push(...changes.diagnostics.filter(({ severity }) => severity === 'error'));
    }
    for (const version of all ? servedVersions(model) : [model.protocol.current]) {
      const path = historyFile(model.protocol.name, version);
      if (disk.read(path) === undefined) write.push({ path, text: historyText(snapshotOf(model, version)) });
      else keep.push(path);
    }
  }
  return { write, keep, diagnostics: sortDiagnostics(diagnostics), sources };
}
