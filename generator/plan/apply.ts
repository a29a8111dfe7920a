import { copyFileSync, linkSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plan } from './plan.ts';
import { removeEmptyFolders } from './remove-empty-folders.ts';
import { temporaryPath } from './temporary.ts';

/** A rename that puts one file in place or out of the way, and what takes it back. */
interface Swap {
  run(): void;
  undo(): void;
}

/** What preparing a plan has put on disk beside the files themselves. */
interface Scratch {
  readonly files: string[];
  /** Folders made for new files, outermost first. */
  readonly folders: string[];
}

/**
 * Brings the files below `root` to what the plan says: all of them or, if anything fails, none. Everything that can fail for want
 * of space or rights is written beside its place first; what is left then are renames, which either happen or do not. Killed
 * between two of them, the process leaves whole files only, and the next run finishes the work. Files to keep are not touched.
 * Throws the error of the file system when it has taken everything back.
 */
export function applyPlan(root: string, plan: Plan): void {
  const scratch: Scratch = { files: [], folders: [] };
  const done: Swap[] = [];
  try {
    const swaps = [
      ...plan.write.map(({ path, text, previous }) => prepareWrite(join(root, path), text, previous !== undefined, scratch)),
      ...plan.delete.map(({ path }) => prepareDelete(join(root, path), scratch)),
    ];
    for (const swap of swaps) {
      swap.run();
      done.push(swap);
    }
  } catch (error) {
    for (const swap of done.reverse()) swap.undo();
    removeFiles(scratch);
    for (const folder of scratch.folders.reverse()) rmdirSync(folder);
    throw error;
  }
  removeFiles(scratch);
  removeEmptyFolders(root, plan.delete.map(({ path }) => path));
}

/** Writes the new text, and keeps the old file, beside the place. */
function prepareWrite(path: string, text: string, replaces: boolean, scratch: Scratch): Swap {
  makeFolder(dirname(path), scratch);
  const fresh = temporaryPath(path, 'new');
  scratch.files.push(fresh);
  writeFileSync(fresh, text);
  if (!replaces) return { run: () => renameSync(fresh, path), undo: () => rmSync(path) };
  const old = temporaryPath(path, 'old');
  scratch.files.push(old);
  keepAside(path, old);
  return { run: () => renameSync(fresh, path), undo: () => renameSync(old, path) };
}

function prepareDelete(path: string, scratch: Scratch): Swap {
  const old = temporaryPath(path, 'old');
  scratch.files.push(old);
  return { run: () => renameSync(path, old), undo: () => renameSync(old, path) };
}

function makeFolder(folder: string, scratch: Scratch): void {
  const outermost = mkdirSync(folder, { recursive: true });
  if (outermost === undefined) return;
  const made: string[] = [];
  for (let current = folder; current.length >= outermost.length; current = dirname(current)) made.unshift(current);
  scratch.folders.push(...made);
}

/** A second name for the file, so that taking back restores the very same one; a copy where links are not to be had. */
function keepAside(path: string, old: string): void {
  rmSync(old, { force: true });
  try {
    linkSync(path, old);
  } catch {
    copyFileSync(path, old);
  }
}

function removeFiles(scratch: Scratch): void {
  for (const path of scratch.files) rmSync(path, { force: true });
}
