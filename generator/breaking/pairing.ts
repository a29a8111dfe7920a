import type { Part } from '../history/snapshot.ts';

/** The parts of two versions that are the same thing, and those that only one has, each in the order of its version. */
export interface Pairing<T> {
  readonly kept: readonly Kept<T>[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

export interface Kept<T> {
  readonly before: T;
  readonly after: T;
}

/** Pairs parts by the name that `earlierName` says a later part had; what is left, by the name it has. */
export function pair<T extends Part>(before: readonly T[], after: readonly T[], earlierName: (part: T) => string | undefined = () => undefined): Pairing<T> {
  const left = new Map(before.map((part) => [part.name, part]));
  const found = new Map<T, T>();
  for (const nameOf of [earlierName, ({ name }: T) => name]) {
    for (const part of after) {
      const name = found.has(part) ? undefined : nameOf(part);
      const same = name === undefined ? undefined : left.get(name);
      if (name === undefined || same === undefined) continue;
      found.set(part, same);
      left.delete(name);
    }
  }
  const kept = after.flatMap((part): Kept<T>[] => {
    const same = found.get(part);
    return same === undefined ? [] : [{ before: same, after: part }];
  });
  return { kept, removed: [...left.values()], added: after.filter((part) => !found.has(part)) };
}

export interface Move<T> extends Kept<T> {
  /** Positions from 1, among what both versions have. */
  readonly from: number;
  readonly to: number;
}

/** The fewest parts whose move turns one order into the other; what was added or removed moves nothing. */
export function movedParts<T>(order: readonly T[], { kept }: Pairing<T>): readonly Move<T>[] {
  const keptBefore = new Set(kept.map(({ before }) => before));
  const positions = new Map(order.filter((part) => keptBefore.has(part)).map((part, index) => [part, index]));
  const sequence = kept.map(({ before }) => positions.get(before) ?? 0);
  const inOrder = longestIncreasing(sequence);
  return kept.flatMap((part, index) => (inOrder.has(index) ? [] : [{ ...part, from: (sequence[index] ?? 0) + 1, to: index + 1 }]));
}

/** Indices of a longest increasing part of a sequence; sequences are as long as a record has columns. */
function longestIncreasing(sequence: readonly number[]): ReadonlySet<number> {
  const length: number[] = [];
  const previous: number[] = [];
  let best = -1;
  for (const [index, value] of sequence.entries()) {
    length[index] = 1;
    previous[index] = -1;
    for (let earlier = 0; earlier < index; earlier++) {
      const extended = (length[earlier] ?? 0) + 1;
      if ((sequence[earlier] ?? 0) >= value || extended <= (length[index] ?? 0)) continue;
      length[index] = extended;
      previous[index] = earlier;
    }
    if (best < 0 || (length[index] ?? 0) > (length[best] ?? 0)) best = index;
  }
  const found = new Set<number>();
  for (let at = best; at >= 0; at = previous[at] ?? -1) found.add(at);
  return found;
}
