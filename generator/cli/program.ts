import { Command, CommanderError, Option } from 'commander';
import { exitCodes, type CommandDefinition, type ExitCode, type Options, type Terminal } from './command.ts';
import { checkCommand } from './commands/check.ts';
import { generateCommand } from './commands/generate.ts';
import { implementCommand } from './commands/implement.ts';
import { lintCommand } from './commands/lint.ts';
import { schemaCommand } from './commands/schema.ts';

const commands: readonly CommandDefinition[] = [generateCommand, checkCommand, lintCommand, implementCommand, schemaCommand];
const defaultCommand = 'generate';

const examples = `
Examples:
  vgi-gen                              bring the generated files up to date
  vgi-gen check                        fail if they are not
  vgi-gen lint schema/my/protocol.yaml check one definition

Exit status: 0 clean, 1 findings, 2 wrong arguments or configuration, 70 a bug of vgi-gen.`;

/** Runs one command line (without node and script) and gives the exit status. */
export async function runProgram(terminal: Terminal, argv: readonly string[], version: string): Promise<ExitCode> {
  let status: ExitCode = exitCodes.clean;
  const program = new Command('vgi-gen')
    .description('Compiles a YAML definition of an Arrow RPC protocol into code and documentation.')
    .version(version)
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) });

  for (const definition of commands) {
    const command = program.command(definition.name, { isDefault: definition.name === defaultCommand }).description(definition.summary);
    if (definition.arguments !== undefined) command.argument(definition.arguments);
    if (definition.compiles) addCommonOptions(command);
    for (const [flags, description] of definition.options) command.option(flags, description);
    command.action(async () => {
      status = await definition.run(terminal, command.opts<Options>(), command.args);
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

function addCommonOptions(command: Command): void {
  command
    .option('--config <file>', 'configuration file (default: the closest vgi-gen.config.yaml upward)')
    .addOption(new Option('--format <format>', 'how findings are shown').choices(['text', 'json']).default('text'))
    .option('--stats', 'say how long the stages took')
    .option('--quiet', 'say nothing but findings');
}
