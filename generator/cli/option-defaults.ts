import type { FlagConfig } from '../config/load-config.ts';
import type { Options } from './command.ts';

/** Options of all commands, which the section `report` of the configuration sets. */
export const reportOptions = ['format', 'stats', 'quiet', 'stdinFilename'] as const;

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Where the configuration sets an option of a command; `--config` alone has no place in it. */
export const configKey = (command: string, option: string): readonly [section: string, key: string] => [(reportOptions as readonly string[]).includes(option) ? 'report' : command, snakeCase(option)];

/** Options as given, those that are not given as the configuration has them. */
export function withConfigured(options: Options, command: string, names: readonly string[], flags: FlagConfig | undefined): Options {
  const merged: Record<string, string | boolean | undefined> = { ...options };
  for (const name of names) {
    const [section, key] = configKey(command, name);
    merged[name] ??= flags?.[section]?.[key] as string | boolean | undefined;
  }
  return merged;
}
