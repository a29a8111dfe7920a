/** One thing done by ours and by apache-arrow. */
export interface Case {
  readonly name: string;
  /** How many times faster ours must be. */
  readonly goal: number;
  readonly ours: () => unknown;
  readonly peer: () => unknown;
  /** Calls a round: a round should take some milliseconds. */
  readonly calls: { readonly ours: number; readonly peer: number };
}

/** Runs every case, ours and the peer's in turns, and prints the best times; returns whether all goals are met. */
export function runCases(cases: readonly Case[], rounds = 15): boolean {
  let met = true;
  for (const { name, goal, ours, peer, calls } of cases) {
    let best = Number.POSITIVE_INFINITY;
    let bestPeer = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      best = Math.min(best, time(ours, calls.ours));
      bestPeer = Math.min(bestPeer, time(peer, calls.peer));
    }
    const ratio = bestPeer / best;
    met &&= ratio >= goal;
    console.log(`${name} ${best.toFixed(2)} ${bestPeer.toFixed(2)} ${ratio.toFixed(1)} ${goal}`);
  }
  return met;
}

/** Microseconds a call. */
function time(call: () => unknown, calls: number): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) call();
  return Number(process.hrtime.bigint() - start) / 1000 / calls;
}
