import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const lintCommand: CommandDefinition = {
  name: 'lint',
  summary: 'check definitions by the rules of the language and of style',
  arguments: '[definitions...]',
  options: [['--fix', 'apply the fixes that findings bring along']],
  compiles: true,
  run: runLint,
};

/** Lints the definitions named on the command line (`-` is stdin), or else all of the configuration. */
async function runLint(terminal: Terminal, options: Options, positional: readonly string[]): Promise<ExitCode> {
  const [{ openDefinitions }, { lintRules }, { lintDefinitions }, { counted }, { praise, say, showFindings, Stopwatch }] = await Promise.all([
    import('../definitions.ts'),
    import('../lint-rules.ts'),
    import('../../lint/lint-definitions.ts'),
    import('../../diagnostics/render-text.ts'),
    import('../findings.ts'),
  ]);
  const watch = new Stopwatch();
  const opened = await openDefinitions(terminal, options, positional);
  if (opened === undefined) return exitCodes.usage;
  const { rules, diagnostics: problems } = await lintRules(opened.folder, opened.config);
  if (problems.length > 0) {
    showFindings(terminal, options, problems, opened.sources);
    return exitCodes.usage;
  }
  watch.lap('open');
  const { diagnostics, sources, fixed } = lintDefinitions(opened.fileSystem, opened.definitions, rules, options['fix'] === true);
  watch.lap('lint');
  const written = fixed.filter(({ file }) => file !== opened.stdin);
  const failure = written.length === 0 ? undefined : await write(opened.folder, written, opened.fileSystem);
  const found = failure === undefined ? diagnostics : [failure, ...diagnostics];
  if (options['fix'] === true && opened.stdin !== undefined && options['format'] === 'text') terminal.out(sources.find(({ file }) => file === opened.stdin)?.text ?? '');
  const stats = watch.show(terminal, options);
  showFindings(terminal, options, found, [...opened.sources, ...sources], { ...(options['fix'] === true ? { fixed: fixed.map(({ file }) => file) } : {}), ...stats });
  if (failure === undefined) for (const { file } of written) say(terminal, options, `fixed ${file}`);
  if (found.length === 0) say(terminal, options, written.length > 0 ? `${counted(written.length, 'file')} fixed, nothing left to complain about` : praise(sources.length));
  return found.length === 0 ? exitCodes.clean : exitCodes.findings;
}

async function write(folder: string, files: readonly { readonly file: string; readonly text: string }[], fileSystem: { read(path: string): Uint8Array | undefined }) {
  const { writePlan } = await import('../write-plan.ts');
  const previous = (path: string): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(fileSystem.read(path));
  return writePlan(folder, { write: files.map(({ file, text }) => ({ path: file, text, previous: previous(file) })), keep: [], delete: [] });
}
