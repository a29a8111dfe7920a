import { compile } from '../compile.ts';
import type { ProtocolConfig } from '../config/load-config.ts';
import { createDiagnostic, sortDiagnostics, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { historyText } from '../history/history-text.ts';
import type { Snapshot } from '../history/snapshot.ts';
import { servedVersions, snapshotOf } from '../history/snapshot-of.ts';
import { unserved } from '../history/unserved.ts';
import type { FileSystem } from '../load/file-system.ts';
import type { SourceFile } from '../load/source.ts';
import type { Model, Version } from '../model/model.ts';
import { compareVersions } from '../model/versions.ts';
import type { Baseline, Earlier } from './baselines/baseline.ts';
import type { Bump } from './bump.ts';
import type { Change } from './change.ts';
import { findChanges } from './find-changes.ts';
import { judge } from './judge.ts';
import { releasedChanges } from './released-changes.ts';

/** How one protocol changed. */
export interface ProtocolChanges {
  readonly protocol: string;
  readonly before: Version;
  readonly after: Version;
  /** The smallest legal step, and the version it leads to. */
  readonly bump: Bump;
  readonly smallest: Version;
  readonly changes: readonly Change[];
}

export interface ProjectChanges {
  readonly protocols: readonly ProtocolChanges[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

export interface CompareOptions {
  readonly baseline: Baseline;
  /** What messages call the baseline. */
  readonly against: string;
  /** Version of the definitions to compare; left out = their newest one. */
  readonly to?: Version;
}

/** Compares every protocol with what it was. It is an error if the baseline is about none of them, or if a version makes too small a step. */
export function compareProject(fileSystem: FileSystem, protocols: readonly ProtocolConfig[], options: CompareOptions): ProjectChanges {
  const diagnostics: Diagnostic[] = [];
  const sources: SourceFile[] = [];
  const compared: ProtocolChanges[] = [];
  let known = 0;
  for (const { definition, definitionRange } of protocols) {
    const compilation = compile(fileSystem, definition, definitionRange);
    diagnostics.push(...compilation.diagnostics);
    sources.push(...compilation.sources);
    const { model } = compilation;
    const earlier = model && options.baseline.of(model, definition);
    if (model === undefined || earlier !== undefined) known++;
    if (model === undefined || earlier === undefined) continue;
    diagnostics.push(...earlier.diagnostics);
    sources.push(...earlier.sources);
    const after = laterSnapshot(model, options.to ?? model.protocol.current, diagnostics);
    if (earlier.before !== undefined && after !== undefined) compared.push(compareProtocol(model, earlier, earlier.before, after, diagnostics));
  }
  if (known === 0) {
    const names = protocols.map(({ definition }) => `\`${definition}\``).join(', ');
    diagnostics.push(createDiagnostic('no-earlier-state', wholeFile(protocols[0]?.definition ?? '.'), { against: options.against, protocols: names }));
  }
  return { protocols: compared, diagnostics: sortDiagnostics(diagnostics), sources };
}

function laterSnapshot(model: Model, version: Version, diagnostics: Diagnostic[]): Snapshot | undefined {
  const wrong = unserved(model, version);
  if (wrong === undefined) return snapshotOf(model, version);
  diagnostics.push(wrong);
  return undefined;
}

function compareProtocol(model: Model, earlier: Earlier, before: Snapshot, after: Snapshot, diagnostics: Diagnostic[]): ProtocolChanges {
  const changes = findChanges(before, after, earlier.label);
  const judgement = judge(before, after, changes);
  diagnostics.push(...judgement.diagnostics, ...rewrittenVersions(model, earlier, after));
  return { protocol: before.protocol, before: before.version, after: after.version, bump: judgement.bump, smallest: judgement.smallest, changes };
}

/** Changes of versions before the compared one: those are out, so nothing may change in them. */
function rewrittenVersions(model: Model, earlier: Earlier, after: Snapshot): readonly Diagnostic[] {
  const served = servedVersions(model);
  return earlier.released().flatMap((released) => {
    if (compareVersions(released.version, after.version) >= 0 || !served.includes(released.version)) return [];
    const computed = snapshotOf(model, released.version);
    return historyText(released) === historyText(computed) ? [] : releasedChanges(released, computed);
  });
}
