import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const formatCommand: CommandDefinition = {
  name: 'format',
  summary: 'bring definitions into canonical layout, comments kept',
  arguments: '[definitions...]',
  options: [
    ['--check', 'write nothing, fail if a file is not in canonical layout'],
    ['--diff', 'print the changes as a unified diff'],
  ],
  compiles: true,
  run: runFormat,
};

/** Formats the definitions named on the command line, or else all of the configuration, with what they include; `-` goes from stdin to stdout. */
async function runFormat(terminal: Terminal, options: Options, positional: readonly string[]): Promise<ExitCode> {
  const [{ openDefinitions }, { formatDefinitions }, { createDiagnostic, wholeFile, hasErrors }, { firstDifference }, { exitCodeFor, say, showDiff, showFindings, Stopwatch }] = await Promise.all([
    import('../definitions.ts'),
    import('../../format/format-definitions.ts'),
    import('../../diagnostics/diagnostic.ts'),
    import('../../plan/diff.ts'),
    import('../findings.ts'),
  ]);
  const watch = new Stopwatch();
  const check = options['check'] === true;
  const opened = await openDefinitions(terminal, options, positional);
  if (opened === undefined) return exitCodes.usage;
  watch.lap('open');
  const { plan, diagnostics, sources } = formatDefinitions(opened.fileSystem, opened.stdin === undefined ? opened.definitions : [{ root: opened.stdin }], opened.stdin === undefined);
  watch.lap('format');
  const found = [...diagnostics, ...(check ? plan.write.map(({ path, text, previous = '' }) => createDiagnostic('unformatted', wholeFile(path), { line: firstDifference(previous, text) })) : [])];
  const diff = await showDiff(terminal, options, plan);
  const toStdout = opened.stdin !== undefined && !check && !hasErrors(found);
  if (toStdout && diff.diff === undefined && options['diff'] !== true) terminal.out(plan.write[0]?.text ?? sources[0]?.text ?? '');
  const writes = !check && opened.stdin === undefined && plan.write.length > 0;
  const failure = writes ? (await import('../write-plan.ts')).writePlan(opened.folder, plan) : undefined;
  if (failure !== undefined) found.push(failure);
  const stats = watch.show(terminal, options);
  if (!toStdout || options['format'] === 'text') showFindings(terminal, options, found, [...opened.sources, ...sources], { changed: plan.write.map(({ path }) => path), ...diff, ...stats });
  if (writes && failure === undefined) for (const { path } of plan.write) say(terminal, options, `formatted ${path}`);
  if (found.length === 0 && !toStdout) say(terminal, options, `${plan.write.length} formatted, ${plan.keep.length} in canonical layout`);
  return exitCodeFor(found);
}
