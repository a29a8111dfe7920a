import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from '../../package-folder.ts';
import { exitCodes, type CommandDefinition, type ExitCode, type Terminal } from '../command.ts';

export const schemaCommand: CommandDefinition = {
  name: 'schema',
  summary: 'print the JSON Schema of the definition language',
  options: [],
  compiles: false,
  run: runSchema,
};

async function runSchema(terminal: Terminal): Promise<ExitCode> {
  terminal.out(await readFile(join(packageFolder(), 'schema/protocol.schema.json'), 'utf8'));
  return exitCodes.clean;
}
