import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const checkCommand: CommandDefinition = {
  name: 'check',
  summary: 'fail if a definition has errors or generated files are not up to date',
  arguments: '[definitions...]',
  options: [['--diff', 'print the differences as a unified diff']],
  compiles: true,
  run: runCheck,
};

async function runCheck(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ check }, { configuredProject }, { exitCodeFor, say, showDiff, showFindings, Stopwatch }] = await Promise.all([import('../../api.ts'), import('../configured-project.ts'), import('../findings.ts')]);
  const opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const watch = new Stopwatch();
  const { plan, diagnostics, sources } = await check(opened.project);
  watch.lap('check');
  const diff = plan === undefined ? {} : await showDiff(terminal, options, plan);
  showFindings(terminal, options, diagnostics, sources, diff);
  if (diagnostics.length === 0) say(terminal, options, `${plan?.keep.length ?? 0} generated files are up to date`);
  if (options['stats'] === true) say(terminal, options, String(watch));
  return exitCodeFor(diagnostics);
}
