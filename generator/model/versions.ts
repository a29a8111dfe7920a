import type { Lifetime } from './build-context.ts';
import type { Version } from './model.ts';

/** Negative, zero or positive as version `a` is older than, equal to or newer than `b`. */
export function compareVersions(a: Version, b: Version): number {
  if (a === b) return 0;
  let left = 0;
  let right = 0;
  for (let part = 0; part < 3; part++) {
    const leftEnd = partEnd(a, left);
    const rightEnd = partEnd(b, right);
    const difference = Number(a.slice(left, leftEnd)) - Number(b.slice(right, rightEnd));
    if (difference !== 0) return difference;
    left = leftEnd + 1;
    right = rightEnd + 1;
  }
  return 0;
}

const partEnd = (version: Version, start: number): number => {
  const end = version.indexOf('.', start);
  return end < 0 ? version.length : end;
};

/** Whether something is there in a version: from `since` on, before `removed`. */
export const livesIn = ({ since, removed }: Lifetime, version: Version): boolean =>
  compareVersions(since, version) <= 0 && (removed === undefined || compareVersions(version, removed) < 0);
