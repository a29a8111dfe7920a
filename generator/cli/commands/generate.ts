import type { Plan } from '../../plan/plan.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const generateCommand: CommandDefinition = {
  name: 'generate',
  summary: 'bring the generated files up to date (the default)',
  arguments: '[definitions...]',
  options: [
    ['--dry-run', 'say what would be written, write nothing'],
    ['--diff', 'print the changes as a unified diff'],
  ],
  compiles: true,
  run: runGenerate,
};

async function runGenerate(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ generate }, { configuredProject }, { exitCodeFor, say, showDiff, showFindings, Stopwatch }] = await Promise.all([import('../../api.ts'), import('../configured-project.ts'), import('../findings.ts')]);
  const opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const { folder, project } = opened;
  const watch = new Stopwatch();
  if (options['dryRun'] !== true) await removeKilledRuns(folder, project.config.protocols, project.output);
  const { plan, diagnostics, sources } = await generate(project);
  watch.lap('generate');
  if (plan === undefined) {
    showFindings(terminal, options, diagnostics, sources);
    return exitCodes.findings;
  }

  const diff = await showDiff(terminal, options, plan);
  const failure = options['dryRun'] === true ? undefined : await apply(folder, plan);
  watch.lap('write');
  const found = failure === undefined ? diagnostics : [...diagnostics, failure];
  showFindings(terminal, options, found, sources, {
    dryRun: options['dryRun'] === true,
    written: plan.write.map(({ path }) => path),
    deleted: plan.delete.map(({ path }) => path),
    kept: plan.keep.length,
    ...diff,
  });
  if (failure === undefined) sayWhat(plan, options['dryRun'] === true, (text) => say(terminal, options, text));
  if (options['stats'] === true) say(terminal, options, String(watch));
  return exitCodeFor(found);
}

async function removeKilledRuns(folder: string, protocols: readonly { readonly output: string }[], output: { list(folder: string): readonly string[] }): Promise<void> {
  const { removeLeftovers } = await import('../../plan/temporary.ts');
  for (const protocol of protocols) removeLeftovers(folder, output.list(protocol.output));
}

/** Writes the files; a refusal of the file system is the user's to settle. */
async function apply(folder: string, plan: Plan) {
  const [{ applyPlan }, { createDiagnostic, wholeFile }] = await Promise.all([import('../../plan/apply.ts'), import('../../diagnostics/diagnostic.ts')]);
  try {
    applyPlan(folder, plan);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const path = plan.write[0]?.path ?? plan.delete[0]?.path ?? '.';
    return createDiagnostic('write-failed', wholeFile(path), { reason: error.message });
  }
}

function sayWhat(plan: Plan, dryRun: boolean, tell: (text: string) => void): void {
  for (const { path, previous } of plan.write) tell(`${dryRun ? 'would write' : 'wrote'} ${path}${previous === undefined ? ' (new)' : ''}`);
  for (const { path } of plan.delete) tell(`${dryRun ? 'would delete' : 'deleted'} ${path}`);
  const counts = [`${plan.write.length} ${dryRun ? 'to write' : 'written'}`, `${plan.delete.length} ${dryRun ? 'to delete' : 'deleted'}`, `${plan.keep.length} up to date`];
  tell(counts.join(', '));
}
