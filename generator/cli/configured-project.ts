import type { Project } from '../api.ts';
import { generatorVersion } from '../package-folder.ts';
import { diskOutputFolder } from '../plan/output-folder.ts';
import type { Options, Terminal } from './command.ts';
import { showFindings } from './findings.ts';
import { openProject } from './project.ts';

/** Opens the project for commands that need a configuration; shows what is wrong with it and gives `undefined` if something is. */
export function configuredProject(terminal: Terminal, options: Options): { readonly folder: string; readonly project: Project } | undefined {
  const { folder, fileSystem, config, diagnostics, sources } = openProject(terminal.cwd, options['config'] as string | undefined);
  if (config === undefined) {
    showFindings(terminal, options, diagnostics, sources);
    return undefined;
  }
  return { folder, project: { fileSystem, config, output: diskOutputFolder(folder), generatorVersion: generatorVersion() } };
}
