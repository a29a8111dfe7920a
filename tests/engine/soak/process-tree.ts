import { readFileSync } from 'node:fs';
import { childrenOf } from '../../rpc/soak/process-gauge.ts';

/** Processes below a process, however far. */
export function descendants(pid: number): number[] {
  try {
    return childrenOf(pid).flatMap((child) => [child, ...descendants(child)]);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

/** The command line of a process, `undefined` if it has ended. */
function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The processes below a process that run a command themselves, without the shells that started them. */
export function running(pid: number, command: string): number[] {
  return descendants(pid).filter((each) => commandLine(each)?.startsWith(command));
}

/** Children that have ended and were not waited for. */
export function zombies(pid: number): number[] {
  return descendants(pid).filter((each) => {
    try {
      return /^State:\s+Z/m.test(readFileSync(`/proc/${each}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
}
