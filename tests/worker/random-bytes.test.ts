import { expect, it } from 'vitest';
import { randomBytes } from '../../worker/call/random-bytes.ts';

it('random bytes are as many as asked for, and others each time', () => {
  const drawn = Array.from({ length: 100 }, () => randomBytes(16));
  expect(drawn.every((bytes) => bytes.length === 16)).toBe(true);
  expect(new Set(drawn.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(100);
  expect(new Set(Buffer.concat(drawn)).size).toBeGreaterThan(200);
});
