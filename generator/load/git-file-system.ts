import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Most that git may answer at once, in bytes. */
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
  let objects: ReadonlyMap<string, string> | undefined;
  const blobs = new Map<string, Uint8Array>();
  const read = (path: string): Uint8Array | undefined => {
    objects ??= listObjects(folder, commit);
    const full = posix.normalize(prefix + path);
    const object = objects.get(full);
    if (object === undefined) return undefined;
    if (!blobs.has(object)) {
      // What is in the same folder is likely to be wanted next; a process for each file would take longer than all the rest.
      const beside = `${posix.dirname(full)}/`;
      const wanted = [...objects].flatMap(([other, name]) => (other.startsWith(beside) && posix.extname(other) === posix.extname(full) ? [name] : []));
      for (const [name, bytes] of readObjects(folder, wanted.length === 0 ? [object] : wanted)) blobs.set(name, bytes);
    }
    return blobs.get(object);
  };
  return { files: { read } };
}

/** Object names of all files of a commit, by path from the top of the repository. */
function listObjects(folder: string, commit: string): ReadonlyMap<string, string> {
  const listed = new TextDecoder().decode(run(folder, ['ls-tree', '-r', '-z', '--full-tree', commit]));
  return new Map([...listed.matchAll(/(\d+) blob (\w+)\t([^\0]*)\0/g)].map(([, , object = '', path = '']) => [path, object]));
}

/** The contents of objects, by name: each is announced by a line `<name> <type> <size>` and followed by a line end. */
function* readObjects(folder: string, names: readonly string[]): Generator<[name: string, bytes: Uint8Array]> {
  const bytes = run(folder, ['cat-file', '--batch'], `${names.join('\n')}\n`);
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const [name = '', , size = ''] = decoder.decode(bytes.subarray(at, end)).split(' ');
    yield [name, bytes.slice(end + 1, end + 1 + Number(size))];
    at = end + 1 + Number(size) + 1;
  }
}

function run(folder: string, args: readonly string[], input?: string): Uint8Array {
  const { bytes, failure } = git(folder, args, input);
  if (failure !== undefined) throw new Error(`git ${args[0]} failed: ${failure}`);
  return bytes;
}

function git(folder: string, args: readonly string[], input?: string) {
  const { stdout, stderr, status, error } = spawnSync('git', args, { cwd: folder, input, maxBuffer: largest, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' } });
  const failure = error?.message ?? (status === 0 ? undefined : stderr.toString().trim() || `status ${status}`);
  const missing = error !== undefined && 'code' in error && error.code === 'ENOENT';
  return { bytes: new Uint8Array(stdout ?? []), text: String(stdout ?? ''), failure, missing };
}
