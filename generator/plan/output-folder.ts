import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** What lies in the project folder now, as far as generated files are concerned. Paths have forward slashes. */
export interface OutputFolder {
  /** Paths of all files below a folder, in order; none if the folder is not there. */
  list(folder: string): readonly string[];
  /** Text of a file; `undefined` if there is none. */
  read(path: string): string | undefined;
}

/** The files below a folder of this machine; links are neither followed nor listed. */
export function diskOutputFolder(root: string): OutputFolder {
  const walk = (folder: string, found: string[]): string[] => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path, found);
      else if (entry.isFile()) found.push(path);
    }
    return found;
  };
  const entry = (path: string): Stats | undefined => {
    try {
      return lstatSync(join(root, path), { throwIfNoEntry: false });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
      throw error;
    }
  };
  return {
    list: (folder) => (entry(folder)?.isDirectory() ? walk(folder, []).sort() : []),
    read: (path) => (entry(path)?.isDirectory() === false ? readFileSync(join(root, path), 'utf8') : undefined),
  };
}
