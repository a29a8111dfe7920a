import { describe, expect, it } from 'vitest';
import { pythonFloat } from '../../conformance/python-float.ts';

/** What `repr` of Python 3.13 gives. */
const spelled: readonly (readonly [number, string])[] = [
  [0, '0.0'],
  [-0, '-0.0'],
  [2, '2.0'],
  [1.5, '1.5'],
  [-2.25, '-2.25'],
  [123.456, '123.456'],
  [1 / 3, '0.3333333333333333'],
  [1e-4, '0.0001'],
  [0.00012345, '0.00012345'],
  [1e-5, '1e-05'],
  [9.999e-5, '9.999e-05'],
  [5e-324, '5e-324'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [123456789012345680, '1.2345678901234568e+17'],
  [1e21, '1e+21'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [NaN, 'nan'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
];

describe('pythonFloat', () => {
  it.each(spelled)('%d', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });
});
