import type { ProjectChanges } from '../../breaking/compare-project.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const breakingCommand: CommandDefinition = {
  name: 'breaking',
  summary: 'say what changed, whom it breaks and which version it needs',
  arguments: '[definitions...]',
  options: [
    ['--against <state>', 'a version of the definition, a git reference, or a file: a definition or a history file (default: what was released last)'],
    ['--to <version>', 'version to compare (default: the newest one)'],
  ],
  compiles: true,
  run: runBreaking,
};

async function runBreaking(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ compareProject }, { chooseBaseline }, { configuredProject }, { exitCodeFor, say, showFindings, Stopwatch }] = await Promise.all([
    import('../../breaking/compare-project.ts'),
    import('../../breaking/baselines/choose-baseline.ts'),
    import('../configured-project.ts'),
    import('../findings.ts'),
  ]);
  const opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const { folder, project } = opened;
  const watch = new Stopwatch();
  const against = options['against'] as string | undefined;
  const baseline = chooseBaseline(against, { cwd: terminal.cwd, folder, fileSystem: project.fileSystem, output: project.output });
  if ('code' in baseline) {
    showFindings(terminal, options, [baseline], []);
    return exitCodes.usage;
  }
  const found = compareProject(project.fileSystem, project.config.protocols, {
    baseline,
    against: against === undefined ? 'the history of releases' : `\`${against}\``,
    to: options['to'] as string | undefined,
  });
  watch.lap('breaking');
  const stats = watch.show(terminal, options);
  showFindings(terminal, options, found.diagnostics, found.sources, { protocols: found.protocols.map(describeForPrograms), ...stats });
  for (const protocol of found.protocols) say(terminal, options, describe(protocol));
  const wrongArguments = found.diagnostics.some(({ slug }) => slug === 'no-earlier-state' || slug === 'unserved-version');
  return wrongArguments ? exitCodes.usage : exitCodeFor(found.diagnostics);
}

type Protocol = ProjectChanges['protocols'][number];

function describe({ protocol, before, after, bump, smallest, changes }: Protocol): string {
  const title = `${protocol} ${after} against ${before}`;
  if (changes.length === 0) return `${title}: no changes`;
  return `${title}: ${changes.length} change${changes.length === 1 ? '' : 's'}; the smallest legal version is ${smallest} (${bump})`;
}

const describeForPrograms = ({ changes, ...protocol }: Protocol): object => ({
  ...protocol,
  changes: changes.map(({ slug, breaks, bump, note }) => ({ code: note.code, rule: slug, breaks, bump, message: note.message, after: note.range, before: note.related[0]?.range ?? null })),
});
