import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const changelogCommand: CommandDefinition = {
  name: 'changelog',
  summary: 'print what changed between two versions as Markdown',
  arguments: '[definition]',
  options: [
    ['--from <version>', 'the earlier version (default: the one before the later one)'],
    ['--to <version>', 'the later version (default: the newest one)'],
  ],
  compiles: true,
  run: runChangelog,
};

async function runChangelog(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ compile }, { changelog }, { servedVersions }, { unserved }, { compareVersions }, { configuredProject }, { exitCodeFor, showFindings }] = await Promise.all([
    import('../../compile.ts'),
    import('../../breaking/changelog.ts'),
    import('../../history/snapshot-of.ts'),
    import('../../history/unserved.ts'),
    import('../../model/versions.ts'),
    import('../configured-project.ts'),
    import('../findings.ts'),
  ]);
  const opened = configuredProject(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  const { fileSystem, config } = opened.project;
  // The first protocol of a configuration is the one it is about; the others come along.
  const [chosen] = config.protocols;
  if (chosen === undefined) return exitCodes.usage;
  const { model, diagnostics, sources } = compile(fileSystem, chosen.definition, chosen.definitionRange);
  if (model === undefined) {
    showFindings(terminal, options, diagnostics, sources);
    return exitCodeFor(diagnostics);
  }
  const { protocol } = model;
  const served = servedVersions(model);
  const to = (options['to'] as string | undefined) ?? protocol.current;
  const from = (options['from'] as string | undefined) ?? served.findLast((version) => compareVersions(version, to) < 0) ?? to;
  const wrong = [from, to].flatMap((version) => unserved(model, version) ?? []);
  if (wrong.length > 0) {
    showFindings(terminal, options, wrong, sources);
    return exitCodes.usage;
  }
  const markdown = changelog(model, from, to);
  if (options['format'] === 'json') showFindings(terminal, options, diagnostics, sources, { protocol: protocol.name, from, to, markdown });
  else terminal.out(markdown);
  return exitCodes.clean;
}
