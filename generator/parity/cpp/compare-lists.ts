/** How a list of names differs from what it should be. Indexes count in the list that they are about. */
export interface ListDifference {
  /** Pairs that stand for the same thing, under one name or two. */
  readonly pairs: readonly { readonly found: number; readonly wanted: number }[];
  readonly missing: readonly number[];
  readonly unexpected: readonly number[];
  /** Pairs out of order; as few as possible. */
  readonly moved: readonly { readonly found: number; readonly wanted: number }[];
}

/** Compares two lists of names. A name in the place of another is taken for a new name of it if both lists have the same length. */
export function compareLists(found: readonly string[], wanted: readonly string[]): ListDifference {
  if (found.length === wanted.length && found.every((name, index) => name === wanted[index])) {
    return { pairs: found.map((_, index) => ({ found: index, wanted: index })), missing: [], unexpected: [], moved: [] };
  }
  const places = new Map<string, number>();
  found.forEach((name, index) => {
    if (!places.has(name)) places.set(name, index);
  });
  const known = new Set(wanted);
  const isRenamed = (index: number): boolean => found.length === wanted.length && !places.has(wanted[index] as string) && !known.has(found[index] as string);
  const pairs: { found: number; wanted: number }[] = [];
  const missing: number[] = [];
  wanted.forEach((name, index) => {
    const place = places.get(name) ?? (isRenamed(index) ? index : undefined);
    if (place === undefined) missing.push(index);
    else pairs.push({ found: place, wanted: index });
  });
  const paired = new Set(pairs.map((pair) => pair.found));
  const unexpected = found.map((_, index) => index).filter((index) => !paired.has(index));
  const inOrder = longestRise(pairs.map((pair) => pair.found));
  return { pairs, missing, unexpected, moved: pairs.filter((_, index) => !inOrder.has(index)) };
}

/** Indexes of a longest rising part of a list of different numbers. Lists are short: quadratic. */
function longestRise(numbers: readonly number[]): ReadonlySet<number> {
  const lengths: number[] = [];
  const before: number[] = [];
  let last = -1;
  numbers.forEach((number, index) => {
    let best = -1;
    for (let earlier = 0; earlier < index; earlier++) {
      if ((numbers[earlier] as number) < number && (best < 0 || (lengths[earlier] as number) > (lengths[best] as number))) best = earlier;
    }
    lengths.push(best < 0 ? 1 : (lengths[best] as number) + 1);
    before.push(best);
    if (last < 0 || (lengths[index] as number) > (lengths[last] as number)) last = index;
  });
  const chosen = new Set<number>();
  for (; last >= 0; last = before[last] as number) chosen.add(last);
  return chosen;
}
