import type { Lifetime } from './build-context.ts';
import type { Version } from './model.ts';

/** Negative, zero or positive as version `a` is older than, equal to or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  if (a === b) return 0;
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let part = 0; part < 3; part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether something is there in a version: from `since` on, before `removed`. */
export const livesIn = ({ since, removed }: Lifetime, version: Version): boolean =>
  compareVersions(since, version) <= 0 && (removed === undefined || compareVersions(version, removed) < 0);
