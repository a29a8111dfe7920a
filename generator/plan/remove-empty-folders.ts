import { rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Removes the folders that some files were in, and those around them below `root`, as far as nothing is left in them. */
export function removeEmptyFolders(root: string, files: readonly string[]): void {
  for (const folder of new Set(files.map((path) => dirname(path)))) {
    for (let current = folder; current !== '.' && isRemoved(join(root, current)); ) current = dirname(current);
  }
}

/** Whether the folder is gone. One that cannot be removed is no harm. */
function isRemoved(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}
