import { dirname, join, relative, resolve, sep } from 'node:path';
import { existsSync } from 'node:fs';
import { configName, loadConfig, type Config } from '../config/load-config.ts';
import { createDiagnostic, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { diskFileSystem, type FileSystem } from '../load/file-system.ts';
import type { SourceFile } from '../load/source.ts';

/** The project that a command works on: its folder, its files and its configuration. */
export interface OpenProject {
  readonly folder: string;
  readonly fileSystem: FileSystem;
  readonly config?: Config;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/** Opens the project of `configPath`, or else the one that the working folder lies in. */
export function openProject(cwd: string, configPath: string | undefined): OpenProject {
  const file = configPath === undefined ? findUpward(cwd) : resolve(cwd, configPath);
  if (file === undefined) {
    const missing = createDiagnostic('config-not-found', wholeFile(configName), { name: configName, folder: cwd });
    return { folder: cwd, fileSystem: diskFileSystem(cwd), diagnostics: [missing], sources: [] };
  }
  const folder = dirname(file);
  const fileSystem = diskFileSystem(folder);
  return { folder, fileSystem, ...loadConfig(fileSystem, relative(folder, file).split(sep).join('/')) };
}

function findUpward(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const candidate = join(folder, configName);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return undefined;
  }
}
