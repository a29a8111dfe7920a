import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const releaseCommand: CommandDefinition = {
  name: 'release',
  summary: 'freeze the exact form of the newest version',
  arguments: '[definitions...]',
  options: [
    ['--all', 'every served version that is not frozen yet'],
    ['--dry-run', 'say what would be written, write nothing'],
  ],
  compiles: true,
  run: runRelease,
};

async function runRelease(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ planRelease }, { configuredProject }, { exitCodeFor, say, showFindings }] = await Promise.all([
    import('../../breaking/plan-release.ts'),
    import('../configured-project.ts'),
    import('../findings.ts'),
  ]);
  const opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const { folder, project } = opened;
  const { write, keep, diagnostics, sources } = planRelease(project.fileSystem, project.output, project.config.protocols, options['all'] === true);
  const found: Diagnostic[] = [...diagnostics];
  const written: string[] = [];
  if (exitCodeFor(found) === exitCodes.clean) {
    for (const file of write) {
      const failure = options['dryRun'] === true ? undefined : await writeNew(folder, file);
      if (failure === undefined) written.push(file.path);
      else found.push(failure);
    }
  }
  showFindings(terminal, options, found, sources, { dryRun: options['dryRun'] === true, written, kept: keep });
  for (const path of written) say(terminal, options, `${options['dryRun'] === true ? 'would write' : 'wrote'} ${path}`);
  if (found.length === 0 && written.length === 0) say(terminal, options, 'nothing to release: every version is frozen already');
  return exitCodeFor(found);
}

/** Writes a file that must not be there yet; a refusal of the file system is the user's to settle. */
async function writeNew(folder: string, { path, text }: { readonly path: string; readonly text: string }): Promise<Diagnostic | undefined> {
  const { createDiagnostic, wholeFile } = await import('../../diagnostics/diagnostic.ts');
  try {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return createDiagnostic('write-failed', wholeFile(path), { reason: error.message });
  }
}
