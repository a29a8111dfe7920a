import { isGenerated } from '../print/banner.ts';
import { isTemporary } from './temporary.ts';
import type { OutputFolder } from './output-folder.ts';

/** A file as it should be, banner included. */
export interface GeneratedFile {
  /** Relative to the project folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A file that is not as it should be; `previous` is what it holds now, `undefined` if there is none. */
export interface Write extends GeneratedFile {
  readonly previous?: string;
}

/** What has to happen for the generated files to be as they should. */
export interface Plan {
  readonly write: readonly Write[];
  readonly keep: readonly string[];
  /** Generated files that are not generated any more. */
  readonly delete: readonly { readonly path: string; readonly previous: string }[];
}

export const isEmptyPlan = (plan: Plan): boolean => plan.write.length === 0 && plan.delete.length === 0;

/** Compares what one output folder should hold with what it holds. Files without our banner are never deleted. */
export function planOutput(files: readonly GeneratedFile[], folder: string, disk: OutputFolder): Plan {
  const write: Write[] = [];
  const keep: string[] = [];
  for (const { path, text } of files) {
    const previous = disk.read(path);
    if (previous === text) keep.push(path);
    else write.push({ path, text, previous });
  }
  const wanted = new Set(files.map(({ path }) => path));
  const leftover = disk
    .list(folder)
    .filter((path) => !wanted.has(path) && !isTemporary(path))
    .map((path) => ({ path, previous: disk.read(path) ?? '' }))
    .filter(({ previous }) => isGenerated(previous));
  return { write, keep, delete: leftover };
}

/** One plan for several output folders. */
export const joinPlans = (plans: readonly Plan[]): Plan => ({
  write: plans.flatMap((plan) => plan.write),
  keep: plans.flatMap((plan) => plan.keep),
  delete: plans.flatMap((plan) => plan.delete),
});
