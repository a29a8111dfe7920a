import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const checkCommand: CommandDefinition = {
  name: 'check',
  summary: 'fail if definitions have errors or generated files are stale',
  arguments: '[definitions...]',
  options: [['--diff', 'print the differences as a unified diff']],
  compiles: true,
  run: runCheck,
};

async function runCheck(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ check }, { configuredProjectWithStdin }, { exitCodeFor, say, showDiff, showFindings, Stopwatch }] = await Promise.all([
    import('../../generate.ts'),
    import('../configured-project.ts'),
    import('../findings.ts'),
  ]);
  const watch = new Stopwatch();
  const opened = await configuredProjectWithStdin(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  watch.lap('open');
  const { plan, diagnostics, sources } = await check(opened.project);
  watch.lap('check');
  const diff = plan === undefined ? {} : await showDiff(terminal, options, plan);
  const stats = watch.show(terminal, options);
  showFindings(terminal, options, diagnostics, sources, { ...diff, ...stats });
  if (diagnostics.length === 0) say(terminal, options, `${plan?.keep.length ?? 0} generated files are up to date`);
  return exitCodeFor(diagnostics);
}
