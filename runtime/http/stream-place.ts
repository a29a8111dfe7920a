/** Where a stream stands: its state, or the turn of the generator in this process that it lives in. */
export type Place = { readonly kind: 'state'; readonly state: Uint8Array } | { readonly kind: 'live'; readonly turn: number };

const STATE = 0;
const LIVE = 1;

export const statePlace = (state: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(STATE), state]);

export function livePlace(turn: number): Uint8Array {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt8(LIVE, 0);
  bytes.writeUInt32LE(turn, 1);
  return bytes;
}

export function placeOf(bytes: Uint8Array): Place {
  if (bytes[0] === LIVE && bytes.length === 5) return { kind: 'live', turn: Buffer.from(bytes).readUInt32LE(1) };
  return { kind: 'state', state: bytes.subarray(1) };
}
