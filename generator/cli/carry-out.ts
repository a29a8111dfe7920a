import type { Generation } from '../generate.ts';
import { isEmptyPlan, type Plan } from '../plan/plan.ts';
import { exitCodes, type ExitCode, type Options, type Terminal } from './command.ts';
import { exitCodeFor, say, showDiff, showFindings, type Stopwatch } from './findings.ts';

/** Writes what a generation plans (with `--dry-run`, only says it) and shows what was found. */
export async function carryOut(terminal: Terminal, options: Options, folder: string, { plan, diagnostics, sources }: Generation, watch: Stopwatch): Promise<ExitCode> {
  if (plan === undefined) {
    showFindings(terminal, options, diagnostics, sources, watch.show(terminal, options));
    return exitCodes.findings;
  }
  const dryRun = options['dryRun'] === true;
  const diff = await showDiff(terminal, options, plan);
  const failure = dryRun || isEmptyPlan(plan) ? undefined : (await import('./write-plan.ts')).writePlan(folder, plan);
  watch.lap('write');
  const found = failure === undefined ? diagnostics : [...diagnostics, failure];
  const stats = watch.show(terminal, options);
  showFindings(terminal, options, found, sources, {
    dryRun,
    written: plan.write.map(({ path }) => path),
    deleted: plan.delete.map(({ path }) => path),
    kept: plan.keep.length,
    ...diff,
    ...stats,
  });
  if (failure === undefined) sayWhat(plan, dryRun, (text) => say(terminal, options, text));
  return exitCodeFor(found);
}

function sayWhat(plan: Plan, dryRun: boolean, tell: (text: string) => void): void {
  for (const { path, previous } of plan.write) tell(`${dryRun ? 'would write' : 'wrote'} ${path}${previous === undefined ? ' (new)' : ''}`);
  for (const { path } of plan.delete) tell(`${dryRun ? 'would delete' : 'deleted'} ${path}`);
  const counts = [`${plan.write.length} ${dryRun ? 'to write' : 'written'}`, `${plan.delete.length} ${dryRun ? 'to delete' : 'deleted'}`, `${plan.keep.length} up to date`];
  tell(counts.join(', '));
}
