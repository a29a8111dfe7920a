import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { removeEmptyFolders } from './remove-empty-folders.ts';

/** `.name.<process>.new.vgi-gen` is a file about to be put in place, `.old` what was there before. */
const temporaryName = /^\..+\.([0-9]+)\.(new|old)\.vgi-gen$/;

/** Path beside `path` for its new text or for the old file, unique to this process. */
export const temporaryPath = (path: string, kind: 'new' | 'old'): string => join(dirname(path), `.${basename(path)}.${process.pid}.${kind}.vgi-gen`);

/** Whether a file is one that applying a plan leaves behind when it is killed. */
export const isTemporary = (path: string): boolean => temporaryName.test(basename(path));

/** Removes what killed runs left among `paths`, and folders with nothing else in them; files of a process that still runs are its own. */
export function removeLeftovers(root: string, paths: readonly string[]): void {
  const leftovers = paths.filter((path) => {
    const owner = temporaryName.exec(basename(path))?.[1];
    return owner !== undefined && !isRunning(Number(owner));
  });
  for (const path of leftovers) rmSync(join(root, path), { force: true });
  removeEmptyFolders(root, leftovers);
}

function isRunning(processId: number): boolean {
  if (processId === process.pid) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
