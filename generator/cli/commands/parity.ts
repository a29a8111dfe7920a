import { oracles } from '../../parity/oracles.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const parityCommand: CommandDefinition = {
  name: 'parity',
  summary: 'compare definitions with other implementations of their protocols',
  arguments: '[definitions...]',
  options: [
    ...oracles.map(({ name, argument, summary }) => [`--${name} <${argument}>`, summary] as const),
    ['--against-version <version>', 'version of the definition to compare (default: what the other implementation says of itself)'],
    ['--explained <file>', 'differences that are known, each with a reason'],
    ['--engine-package <folder>', 'the DuckDB package in which `--duckdb` runs the extension (default: searched beside the extension and in the project)'],
    ['--recording <folder>', 'keep what the extension sent, a file for each connection'],
  ],
  compiles: true,
  run: runParity,
};

async function runParity(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ createDiagnostic, wholeFile }, { configuredProject }, { openProject }, { Explanations, loadExplanations }, { compileProtocols, otherProtocols }, { ParityOutcome }, { peerPath, shownPath }, { exitCodeFor, say, showFindings, Stopwatch }] =
    await Promise.all([
      import('../../diagnostics/diagnostic.ts'),
      import('../configured-project.ts'),
      import('../project.ts'),
      import('../../parity/explanations.ts'),
      import('../../parity/configured-protocols.ts'),
      import('../../parity/parity-outcome.ts'),
      import('../../parity/peer-path.ts'),
      import('../findings.ts'),
    ]);
  const watch = new Stopwatch();
  const opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const { folder, project } = opened;
  const { fileSystem, config } = project;
  const given = (name: string): string | undefined => options[name] as string | undefined;
  const asked = oracles.flatMap(({ name, load }) => (given(name) === undefined ? [] : [{ name, load, peer: given(name) as string }]));
  if (asked.length === 0) {
    showFindings(terminal, options, [createDiagnostic('no-peer', wholeFile('vgi-gen parity'), {})], []);
    return exitCodes.usage;
  }
  const file = given('explained');
  const known = file === undefined ? { explanations: new Explanations(), diagnostics: [], sources: [] } : loadExplanations(fileSystem, shownPath(folder, peerPath(terminal.cwd, folder, file)));
  if (known.explanations === undefined) {
    showFindings(terminal, options, known.diagnostics, known.sources);
    return exitCodes.usage;
  }

  const outcome = new ParityOutcome(known.explanations);
  outcome.addFindings([], known.sources);
  const show = (): void => showFindings(terminal, options, outcome.diagnostics, outcome.sources, { ...outcome.data, ...watch.show(terminal, options) });
  const protocols = compileProtocols(fileSystem, config.protocols, definitions.length > 0, outcome);
  const all = openProject(terminal.cwd, given('config')).config?.protocols ?? [];
  const others = otherProtocols(fileSystem, all.filter(({ definition }) => config.protocols.every((own) => own.definition !== definition)));
  watch.lap('definitions');
  if (protocols === undefined) {
    show();
    return exitCodes.findings;
  }
  const question = { protocols, others, version: given('againstVersion'), enginePackage: given('enginePackage'), recording: given('recording'), folder, cwd: terminal.cwd, interrupted: () => terminal.interrupted };
  for (const { name, peer, load } of asked) {
    const report = await (await load()).compare({ ...question, peer });
    watch.lap(name);
    if ('code' in report) {
      outcome.addFindings([report]);
      show();
      return exitCodes.usage;
    }
    outcome.add(name, report);
  }
  show();
  for (const line of outcome.lines(file)) say(terminal, options, line);
  return exitCodeFor(outcome.diagnostics);
}
