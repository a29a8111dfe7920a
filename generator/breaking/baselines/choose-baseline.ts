import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { createDiagnostic, wholeFile, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { FileSystem } from '../../load/file-system.ts';
import { openCommit } from '../../load/git-file-system.ts';
import type { OutputFolder } from '../../plan/output-folder.ts';
import type { Baseline } from './baseline.ts';
import { definitionBaseline } from './definition-baseline.ts';
import { gitBaseline } from './git-baseline.ts';
import { historyBaseline, newestRelease } from './history-baseline.ts';
import { versionBaseline } from './version-baseline.ts';

export interface Surroundings {
  readonly cwd: string;
  /** Project folder, with its files. */
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly output: OutputFolder;
}

/**
 * What `--against` names: a version of the definition itself (`1.3.0`), a file (the root of another definition, or a history file), or
 * else a git reference. Nothing = what was released last.
 */
export function chooseBaseline(against: string | undefined, { cwd, folder, fileSystem, output }: Surroundings): Baseline | Diagnostic {
  if (against === undefined) return newestRelease(fileSystem, output);
  if (/^\d+\.\d+\.\d+$/.test(against)) return versionBaseline(against);
  const path = resolve(cwd, against);
  if (existsSync(path) && statSync(path).isFile()) {
    const file = relative(folder, path).split(sep).join('/');
    return file.endsWith('.json') ? historyBaseline(fileSystem, file) : definitionBaseline(fileSystem, file);
  }
  const commit = openCommit(folder, against);
  if ('files' in commit) return gitBaseline(commit, against);
  const hint = `to compare with a branch or tag, fetch it first: \`git fetch origin ${against.replace(/^origin\//, '')}\`; in GitHub Actions give actions/checkout \`fetch-depth: 0\`.`;
  return createDiagnostic('nothing-to-compare', wholeFile(against), { against, reason: commit.reason }, { hint });
}
