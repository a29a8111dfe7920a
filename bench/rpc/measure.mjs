/** The time of each of so many calls, in microseconds. */
export async function times(calls, call) {
  const taken = [];
  for (let i = 0; i < calls; i++) {
    const start = performance.now();
    await call(i);
    taken.push((performance.now() - start) * 1000);
  }
  return taken;
}

/** Megabytes a second of something that moves so many bytes. */
export async function rate(bytes, run) {
  const start = performance.now();
  await run();
  return bytes / 1000 / (performance.now() - start);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
