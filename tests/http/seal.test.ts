import { randomBytes } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { describe, expect, it } from 'vitest';
import { packPayload, unpackPayload } from '../../runtime/seal/packed-payload.ts';
import { Sealer, SealError, sealingKey } from '../../runtime/seal/sealer.ts';
import { decodeState, encodeState } from '../../runtime/rpc/state-codec.ts';

const aad = Buffer.from('vgi.test\0alice');

describe('a sealed value', () => {
  it.each([0, 1, 63, 64, 65, 1000, 100_000])('of %i bytes opens again, and is XChaCha20-Poly1305', (size) => {
    const key = randomBytes(32);
    const plain = randomBytes(size);
    const sealed = new Sealer(key).seal(2, aad, plain);
    expect(Buffer.from(new Sealer(key).open(2, aad, sealed))).toEqual(plain);
    expect(sealed[0]).toBe(2);
    const reference = xchacha20poly1305(key, sealed.subarray(1, 25), aad).decrypt(sealed.subarray(25));
    expect(Buffer.from(reference)).toEqual(plain);
  });

  it('does not open with any bit changed, cut short, for another owner, as another version or under another key', () => {
    const key = randomBytes(32);
    const sealer = new Sealer(key);
    const sealed = sealer.seal(5, aad, Buffer.from('state'));
    for (let i = 0; i < sealed.length; i++) {
      const changed = Uint8Array.from(sealed);
      changed[i] = (changed[i] as number) ^ 1;
      expect(() => sealer.open(5, aad, changed)).toThrow(SealError);
    }
    for (let length = 0; length < sealed.length; length++) expect(() => sealer.open(5, aad, sealed.subarray(0, length))).toThrow(SealError);
    expect(() => sealer.open(5, Buffer.from('vgi.test\0bob'), sealed)).toThrow(SealError);
    expect(() => sealer.open(1, aad, sealed)).toThrow(SealError);
    expect(() => new Sealer(randomBytes(32)).open(5, aad, sealed)).toThrow(SealError);
  });

  it('never looks the same twice', () => {
    const sealer = new Sealer(sealingKey());
    expect(Buffer.compare(sealer.seal(1, aad, aad), sealer.seal(1, aad, aad))).not.toBe(0);
  });

  it('takes a key of 32 bytes as it is and hashes any other', () => {
    const key = randomBytes(32);
    expect(sealingKey(key)).toBe(key);
    expect(sealingKey(Buffer.from('short'))).toHaveLength(32);
    expect(() => new Sealer(Buffer.from('short'))).toThrow('32 bytes');
  });
});

describe('a payload inside a seal', () => {
  it('is compressed if that makes it smaller', () => {
    const large = Buffer.from('the same text again and again; '.repeat(250));
    const packed = packPayload(large);
    expect(packed[0]).toBe(1);
    expect(packed.length).toBeLessThan(large.length / 10);
    expect(Buffer.from(unpackPayload(packed))).toEqual(large);
  });

  it.each([0, 1, 40, 5000])('of %i random bytes stays raw and grows by one byte', (size) => {
    const bytes = randomBytes(size);
    const packed = packPayload(bytes);
    expect([packed[0], packed.length]).toEqual([0, size + 1]);
    expect(Buffer.from(unpackPayload(packed))).toEqual(bytes);
  });

  it('is refused with an unknown codec, or if it does not unpack', () => {
    expect(() => unpackPayload(Uint8Array.of(7, 1, 2, 3))).toThrow(SealError);
    expect(() => unpackPayload(Uint8Array.of(1, 255, 255, 255))).toThrow(SealError);
    expect(() => unpackPayload(new Uint8Array(0))).toThrow(SealError);
  });

  it('may not unpack to more than 64 MiB', () => {
    const bomb = packPayload(new Uint8Array((64 << 20) + 1));
    expect(bomb.length).toBeLessThan(1 << 20);
    expect(() => unpackPayload(bomb)).toThrow(SealError);
  });
});

describe('the state of a stream', () => {
  it.each([
    ['plain values', { a: 1, b: 'text', c: [true, null], d: { e: 1.5 } }],
    ['64-bit integers', { at: 2n ** 63n - 1n, below: -(2n ** 63n) }],
    ['bytes', { bytes: Uint8Array.of(0, 128, 255) }],
    ['numbers that JSON does not know', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]],
    ['maps and sets', { map: new Map<unknown, unknown>([[1n, 'one'], ['two', new Set([2])]]) }],
    ['undefined', { gone: undefined }],
    ['a key that looks like a mark', { $: 'bigint', v: '5', nested: { $: 1n } }],
  ])('carries %s', (_title, state) => {
    expect(decodeState(encodeState(state))).toStrictEqual(state);
  });

  it('says where something is that it cannot carry', () => {
    expect(() => encodeState({ open: [{ cursor: new (class Cursor {})() }] })).toThrow('a Cursor at "state.open[0].cursor"');
    expect(() => encodeState({ next: () => 1 })).toThrow('a function at "state.next"');
  });
});
