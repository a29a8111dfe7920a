import { relative, resolve, sep } from 'node:path';
import type { NamedDefinition } from '../compile.ts';
import type { Config } from '../config/load-config.ts';
import type { FileSystem } from '../load/file-system.ts';
import { DiagnosticCollector, wholeFile } from '../diagnostics/diagnostic.ts';
import { loadSources } from '../load/load-sources.ts';
import { ParseCache } from '../load/parse-cache.ts';
import type { SourceFile } from '../load/source.ts';
import type { Options, Terminal } from './command.ts';
import { showFindings } from './findings.ts';
import { openProject } from './project.ts';
import { withStdin } from './stdin.ts';

/** Definitions for commands that do without a configuration if they are told which files are meant. */
export interface OpenDefinitions {
  readonly folder: string;
  readonly config?: Config;
  readonly fileSystem: FileSystem;
  readonly definitions: readonly NamedDefinition[];
  /** The configuration file, if there is one. */
  readonly sources: readonly SourceFile[];
  /** The file that stdin stands for. */
  readonly stdin?: string;
}

/** Opens the definitions that are named, or all of the configuration; shows what is wrong and gives `undefined` if something is. */
export async function openDefinitions(terminal: Terminal, options: Options, positional: readonly string[]): Promise<OpenDefinitions | undefined> {
  const project = openProject(terminal.cwd, options['config'] as string | undefined);
  const missing = project.diagnostics.some(({ slug }) => slug === 'config-not-found');
  if (project.config === undefined && !(missing && positional.length > 0)) {
    showFindings(terminal, options, project.diagnostics, project.sources);
    return undefined;
  }
  const { folder, config, sources } = project;
  const { fileSystem, positional: named, file: stdin } = await withStdin(terminal, options, positional, folder, project.fileSystem, false);
  const definitions: NamedDefinition[] = named.map((definition) => ({ root: relative(folder, resolve(terminal.cwd, definition)).split(sep).join('/') }));
  const configured = (config?.protocols ?? []).map(({ definition, definitionRange }) => ({ root: definition, from: definitionRange }));
  if (positional.length === 0) definitions.push(...configured);
  if (stdin !== undefined && !definitions.some(({ root }) => root === stdin)) {
    // A file that only others include makes no sense by itself.
    const including = configured.filter(({ root }) => loadSources(fileSystem, root, new ParseCache(), new DiagnosticCollector(), wholeFile(root)).sources.some(({ file }) => file === stdin));
    definitions.push(...(including.length > 0 ? including : [{ root: stdin }]));
  }
  return { folder, config, fileSystem, definitions, sources, ...(stdin === undefined ? {} : { stdin }) };
}
