import { posix, relative, resolve, sep } from 'node:path';
import { createDiagnostic, wholeFile, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { memoryFileSystem, type FileSystem } from '../load/file-system.ts';
import type { Options, Terminal } from './command.ts';

/** Files with the text of stdin in the place of the file that it stands for. */
export interface WithStdin {
  readonly fileSystem: FileSystem;
  /** The positional arguments without `-`. */
  readonly positional: readonly string[];
  /** The file that stdin stands for, relative to `folder`. */
  readonly file?: string;
  readonly problem?: Diagnostic;
}

/** Reads stdin if `-` is among the arguments. Paths count from the working folder there and from `folder` in file systems. */
export async function withStdin(terminal: Terminal, options: Options, positional: readonly string[], folder: string, fileSystem: FileSystem, nameNeeded: boolean): Promise<WithStdin> {
  if (!positional.includes('-')) return { fileSystem, positional };
  const rest = positional.filter((argument) => argument !== '-');
  const name = options['stdinFilename'] as string | undefined;
  if (name === undefined && nameNeeded) return { fileSystem, positional: rest, problem: createDiagnostic('stdin-without-name', wholeFile('stdin'), {}) };
  const file = posix.normalize(relative(folder, resolve(terminal.cwd, name ?? 'stdin.yaml')).split(sep).join('/'));
  return { fileSystem: memoryFileSystem({ [file]: await terminal.readStdin() }, fileSystem), positional: rest, file };
}
