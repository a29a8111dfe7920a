import { closeSync, openSync, rmSync, statSync } from 'node:fs';

/** A lock older than this belongs to a process that was killed: the work under it takes far less. */
const STALE_AFTER_MS = 2_000;
const RETRY_MS = 1;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Runs `work` while no other process does so for the same file. Node has no `flock`, so the lock is the file `<path>.lock`, whose
 * creation only one process can win.
 */
export function withFileLock<T>(path: string, work: () => T): T {
  const lock = `${path}.lock`;
  while (!tryCreate(lock)) {
    if (ageMs(lock) > STALE_AFTER_MS) rmSync(lock, { force: true });
    else Atomics.wait(sleeper, 0, 0, RETRY_MS);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryCreate(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** 0 for a lock that has just gone. */
function ageMs(lock: string): number {
  const stat = statSync(lock, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}
