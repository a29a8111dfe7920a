import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `.name.<process>.new.vgi-gen` is a file about to be put in place, `.old` what was there before. */
const temporaryName = /^\..+\.([0-9]+)\.(new|old)\.vgi-gen$/;

/** Path beside `path` for its new text or for the old file, unique to this process. */
export const temporaryPath = (path: string, kind: 'new' | 'old'): string => join(dirname(path), `.${basename(path)}.${process.pid}.${kind}.vgi-gen`);

/** Whether a file is one that applying a plan leaves behind when it is killed. */
export const isTemporary = (path: string): boolean => temporaryName.test(basename(path));

/** Removes what killed runs left among `paths`; files of a process that still runs are its own. */
export function removeLeftovers(root: string, paths: readonly string[]): void {
  for (const path of paths) {
    const owner = temporaryName.exec(basename(path))?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) rmSync(join(root, path), { force: true });
  }
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
