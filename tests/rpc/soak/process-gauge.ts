import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What a process holds. */
export interface Gauge {
  /** Resident memory in MiB. */
  readonly memory: number;
  readonly descriptors: number;
  readonly children: number;
}

/** Only Linux tells what other processes hold. */
export const canGauge: boolean = existsSync('/proc/self/status');

export function gauge(pid: number): Gauge {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kibibytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
  return { memory: kibibytes / 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length, children: childrenOf(pid).length };
}

/** Processes that were started by this one and have not ended; those that ended and were not waited for count too. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const path = `/proc/${pid}/task/${thread}/children`;
    return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : [];
  });
}
