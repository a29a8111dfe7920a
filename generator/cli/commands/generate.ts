import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from '../command.ts';

export const generateCommand: CommandDefinition = {
  name: 'generate',
  summary: 'bring the generated files up to date (the default)',
  arguments: '[definitions...]',
  options: [
    ['--dry-run', 'say what would be written, write nothing'],
    ['--diff', 'print the changes as a unified diff'],
    ['--watch', 'generate again whenever a definition changes'],
  ],
  compiles: true,
  run: runGenerate,
};

async function runGenerate(terminal: Terminal, options: Options, definitions: readonly string[]): Promise<ExitCode> {
  const [{ generate }, { configuredProjectWithStdin }, { carryOut }, { Stopwatch }] = await Promise.all([import('../../generate.ts'), import('../configured-project.ts'), import('../carry-out.ts'), import('../findings.ts')]);
  if (options['watch'] === true) return (await import('../watch-project.ts')).watchProject(terminal, options, definitions);
  const watch = new Stopwatch();
  const opened = await configuredProjectWithStdin(terminal, options, definitions);
  if (opened === undefined) return exitCodes.usage;
  if (options['dryRun'] !== true) await removeKilledRuns(opened.folder, opened.project.config.protocols, opened.project.output);
  watch.lap('open');
  const generation = await generate(opened.project);
  watch.lap('generate');
  return carryOut(terminal, options, opened.folder, generation, watch);
}

async function removeKilledRuns(folder: string, protocols: readonly { readonly output: string }[], output: { list(folder: string): readonly string[] }): Promise<void> {
  const { removeLeftovers } = await import('../../plan/temporary.ts');
  for (const protocol of protocols) removeLeftovers(folder, output.list(protocol.output));
}
