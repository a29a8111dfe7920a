/** Small seeded generator (mulberry32): the same seed gives the same sequence of numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy of the bytes with one to eight bits, bytes or words changed, or its end cut off. */
export function damage(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = (): number => Math.floor(random() * bytes.length);
  if (random() < 0.1) return bytes.slice(0, at());
  const damaged = new Uint8Array(bytes);
  for (let changes = 1 + Math.floor(random() * 8); changes > 0; changes--) {
    const position = at();
    const kind = random();
    if (kind < 0.5) damaged[position] = (damaged[position] as number) ^ (1 << Math.floor(random() * 8));
    else if (kind < 0.8) damaged[position] = Math.floor(random() * 256);
    else new DataView(damaged.buffer).setInt32(Math.min(position & ~3, bytes.length - 4), [0, -1, 0x7fffffff, -0x80000000, 1, bytes.length][Math.floor(random() * 6)] as number, true);
  }
  return damaged;
}
