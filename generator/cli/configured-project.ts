import { relative, resolve, sep } from 'node:path';
import type { Project } from '../generate.ts';
import { configName } from '../config/load-config.ts';
import { createDiagnostic, wholeFile } from '../diagnostics/diagnostic.ts';
import { compilerBuild } from '../compiler-build.ts';
import { generatorVersion } from '../package-folder.ts';
import { diskOutputFolder } from '../plan/output-folder.ts';
import { OutputMemory } from '../plan/output-memory.ts';
import type { Options, Terminal } from './command.ts';
import { showFindings } from './findings.ts';
import { openProject } from './project.ts';
import { withStdin } from './stdin.ts';

export interface ConfiguredProject {
  readonly folder: string;
  readonly project: Project;
}

/** Opens the project for commands that need a configuration, with all its protocols or those whose definitions are named; shows what is wrong with it and gives `undefined` if something is. */
export function configuredProject(terminal: Terminal, options: Options, definitions: readonly string[]): ConfiguredProject | undefined {
  const { folder, fileSystem, config, diagnostics, sources } = openProject(terminal.cwd, options['config'] as string | undefined);
  const named = definitions.map((definition) => relative(folder, resolve(terminal.cwd, definition)).split(sep).join('/'));
  if (config === undefined) {
    showFindings(terminal, options, diagnostics, sources);
    return undefined;
  }
  const protocols = definitions.length === 0 ? config.protocols : config.protocols.filter(({ definition }) => named.includes(definition));
  const unknown = named.filter((definition) => !config.protocols.some((protocol) => protocol.definition === definition));
  if (unknown.length > 0) {
    const hint = `it has ${config.protocols.map(({ definition }) => `\`${definition}\``).join(', ')}.`;
    showFindings(terminal, options, unknown.map((definition) => createDiagnostic('not-configured', wholeFile(configName), { definition }, { hint })), sources);
    return undefined;
  }
  return { folder, project: { folder, fileSystem, config: { ...config, protocols }, output: diskOutputFolder(folder), generatorVersion: generatorVersion() } };
}

/** The same with `-` among the definitions: the text of stdin stands for one of the files. Without it, what earlier runs gave is remembered. */
export async function configuredProjectWithStdin(terminal: Terminal, options: Options, positional: readonly string[]): Promise<ConfiguredProject | undefined> {
  const opened = configuredProject(terminal, options, positional.filter((argument) => argument !== '-'));
  if (opened === undefined) return undefined;
  if (!positional.includes('-')) return { ...opened, project: { ...opened.project, memory: OutputMemory.of(opened.folder, compilerBuild()) } };
  const { fileSystem, problem } = await withStdin(terminal, options, positional, opened.folder, opened.project.fileSystem, true);
  if (problem === undefined) return { ...opened, project: { ...opened.project, fileSystem } };
  showFindings(terminal, options, [problem], []);
  return undefined;
}
