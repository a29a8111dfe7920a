import type { GitCommit } from '../../load/git-file-system.ts';
import type { Baseline } from './baseline.ts';
import { earlierDefinition } from './definition-baseline.ts';

/** The definitions as a commit of the project has them, at the same paths; protocols that it does not have are not in it. */
export const gitBaseline = ({ files }: GitCommit, reference: string): Baseline => ({
  of(_, definition) {
    if (files.read(definition) === undefined) return undefined;
    return earlierDefinition(files, definition, reference, (file) => `${reference}:${file}`);
  },
});
