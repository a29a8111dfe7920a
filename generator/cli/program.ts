import { Command, CommanderError, Option } from 'commander';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from './command.ts';
import { breakingCommand } from './commands/breaking.ts';
import { changelogCommand } from './commands/changelog.ts';
import { checkCommand } from './commands/check.ts';
import { describeCommand } from './commands/describe.ts';
import { docsCommand } from './commands/docs.ts';
import { formatCommand } from './commands/format.ts';
import { generateCommand } from './commands/generate.ts';
import { implementCommand } from './commands/implement.ts';
import { initCommand } from './commands/init.ts';
import { lintCommand } from './commands/lint.ts';
import { parityCommand } from './commands/parity.ts';
import { releaseCommand } from './commands/release.ts';
import { schemaCommand } from './commands/schema.ts';
import { withConfigured } from './option-defaults.ts';
import { openProject } from './project.ts';

export const commands: readonly CommandDefinition[] = [generateCommand, checkCommand, lintCommand, formatCommand, describeCommand, docsCommand, breakingCommand, changelogCommand, releaseCommand, parityCommand, implementCommand, initCommand, schemaCommand];
const defaultCommand = 'generate';

const examples = `
Examples:
  vgi-gen                              bring the generated files up to date
  vgi-gen check --diff                 fail if they are not, and show the difference
  vgi-gen lint --fix schema/my/protocol.yaml

Every flag has a key in vgi-gen.config.yaml; --no-<flag> overrules it.
Exit status: 0 clean, 1 findings, 2 wrong arguments or configuration, 70 a bug of vgi-gen.`;

/** Runs one command line (without node and script) and gives the exit status. */
export async function runProgram(terminal: Terminal, argv: readonly string[], version: string): Promise<ExitCode> {
  let status: ExitCode = exitCodes.clean;
  const program = new Command('vgi-gen')
    .description('Compiles a YAML definition of an Arrow RPC protocol into code and documentation.')
    .version(version)
    .helpCommand(false)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });

  for (const definition of commands) {
    const command = program.command(definition.name, { isDefault: definition.name === defaultCommand }).description(definition.summary);
    if (definition.arguments !== undefined) command.arguments(definition.arguments);
    for (const [flags, description] of definition.options) addOption(command, new Option(flags, description));
    if (definition.compiles) addCommonOptions(command);
    command.action(async () => {
      const names = command.options.filter(({ negate }) => !negate).map((option) => option.attributeName());
      const given = command.opts<Options>();
      status = await definition.run(terminal, definition.compiles ? configured(terminal, definition.name, given, names) : given, command.args);
    });
  }

  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
  }
  return status;
}

/** A configuration that is wrong or missing is for the command to report, if it needs one. */
function configured(terminal: Terminal, command: string, given: Options, names: readonly string[]): Options {
  const { config } = openProject(terminal.cwd, given['config'] as string | undefined);
  const options = withConfigured(given, command, names.filter((name) => name !== 'config'), config?.flags);
  return { ...options, format: options['format'] ?? 'text' };
}

function addCommonOptions(command: Command): void {
  command.option('--config <file>', 'configuration file (default: the closest vgi-gen.config.yaml upward)');
  addOption(command, new Option('--format <format>', 'how findings are shown').choices(['text', 'json', 'github', 'sarif']));
  addOption(command, new Option('--stats', 'say how long the stages took'));
  addOption(command, new Option('--quiet', 'say nothing but findings'));
  addOption(command, new Option('--stdin-filename <path>', 'the file that `-`, the text of stdin, stands for'));
}

/** A flag that the configuration may switch on can be switched off. */
function addOption(command: Command, option: Option): void {
  command.addOption(option);
  if (option.isBoolean()) command.addOption(new Option(`--no-${option.name()}`).hideHelp());
}
