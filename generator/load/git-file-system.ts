import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Largest file that is read from a commit, in bytes. */
const largest = 64 * 1024 * 1024;

/** One commit of the repository that a folder lies in. */
export interface GitCommit {
  /** Its files, by paths relative to the folder. Files come from the object store; nothing is checked out. */
  readonly files: FileSystem;
}

/** Finds the commit that `reference` names; says why not if there is none: no git, no repository, or an unknown name. */
export function openCommit(folder: string, reference: string): GitCommit | { readonly reason: string } {
  const found = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`]);
  if (found.failure !== undefined) {
    if (found.missing) return { reason: 'git is not installed' };
    const inside = git(folder, ['rev-parse', '--is-inside-work-tree']);
    return { reason: inside.failure === undefined ? 'git does not know it' : 'the project lies in no git repository' };
  }
  const commit = found.text.trim();
  const prefix = git(folder, ['rev-parse', '--show-prefix']).text.trim();
  let blobs: ReadonlyMap<string, string> | undefined;
  const read = (path: string): Uint8Array | undefined => {
    blobs ??= listBlobs(folder, commit);
    const blob = blobs.get(posix.normalize(prefix + path));
    return blob === undefined ? undefined : run(folder, ['cat-file', 'blob', blob]);
  };
  return { files: { read } };
}

/** Object names of all files of a commit, by path from the top of the repository. */
function listBlobs(folder: string, commit: string): ReadonlyMap<string, string> {
  const listed = new TextDecoder().decode(run(folder, ['ls-tree', '-r', '-z', '--full-tree', commit]));
  return new Map([...listed.matchAll(/(\d+) blob (\w+)\t([^\0]*)\0/g)].map(([, , object = '', path = '']) => [path, object]));
}

function run(folder: string, args: readonly string[]): Uint8Array {
  const { bytes, failure } = git(folder, args);
  if (failure !== undefined) throw new Error(`git ${args[0]} failed: ${failure}`);
  return bytes;
}

function git(folder: string, args: readonly string[]) {
  const { stdout, stderr, status, error } = spawnSync('git', args, { cwd: folder, maxBuffer: largest, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' } });
  const failure = error?.message ?? (status === 0 ? undefined : stderr.toString().trim() || `status ${status}`);
  const missing = error !== undefined && 'code' in error && error.code === 'ENOENT';
  return { bytes: new Uint8Array(stdout ?? []), text: String(stdout ?? ''), failure, missing };
}
