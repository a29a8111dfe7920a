import type { RichHeader, Status } from '../generated/conformance/ts/index.ts';

const members: readonly Status[] = ['PENDING', 'ACTIVE', 'CLOSED'];

/** The remainder with the sign of the divisor, as Python has it. */
const modulo = (value: bigint, by: bigint): number => Number(((value % by) + by) % by);

/** The header that follows from a seed S; the rule of each field is in its doc. */
export function richHeader(seed: bigint): RichHeader {
  const s = Number(seed);
  const even = modulo(seed, 2n) === 0;
  return {
    strField: `seed-${seed}`,
    bytesField: Uint8Array.of(modulo(seed, 256n), modulo(seed + 1n, 256n), modulo(seed + 2n, 256n)),
    intField: 7n * seed,
    floatField: 1.5 * s,
    boolField: even,
    listOfInt: [seed, seed + 1n, seed + 2n],
    listOfStr: [`item-${seed}`, `item-${seed + 1n}`],
    dictField: new Map([
      ['a', seed],
      ['b', seed + 1n],
    ]),
    enumField: members[modulo(seed, 3n)] as Status,
    nestedPoint: { x: s, y: 2 * s },
    optionalStr: even ? `opt-${seed}` : undefined,
    optionalInt: even ? undefined : 3n * seed,
    optionalNested: modulo(seed, 3n) === 0 ? { x: s, y: 0 } : undefined,
    listOfNested: [{ x: s, y: s + 1 }],
    nestedList: [[seed, seed + 1n], [seed + 2n]],
    annotatedInt32: modulo(seed, 1000n),
    annotatedFloat32: s / 3,
    dictStrStr: new Map([['key', `val-${seed}`]]),
  };
}
