import { field, int32, int64, listOf, mapOf, Schema, structOf, utf8 } from 'vgi-gen/runtime/v1';
import { describe, expect, it } from 'vitest';
import { schemaDifference, valueDifference } from '../../../generator/parity/vectors/first-difference.ts';

const a = field('a', int32, false);
const b = field('b', utf8, true);
const c = field('c', structOf([a, b]), false);

describe('the first difference of schemas', () => {
  const cases: readonly (readonly [what: string, found: Schema, wanted: Schema, difference: string | undefined])[] = [
    ['nothing', new Schema([a, b]), new Schema([a, b]), undefined],
    ['metadata', new Schema([a], new Map([['x', 'y']])), new Schema([a]), undefined],
    ['a name', new Schema([field('x', int32, false), b]), new Schema([a, b]), '`/x` stands in the place of `a`'],
    ['the order', new Schema([b, a]), new Schema([a, b]), '`/b` stands at position 1, where `a` should'],
    ['one less', new Schema([a]), new Schema([a, b]), '`/b` is missing'],
    ['one less in front', new Schema([b]), new Schema([a, b]), '`/a` is missing'],
    ['one more', new Schema([a, b]), new Schema([a]), '`/b` is not in the layout'],
    ['one more in front', new Schema([b, a]), new Schema([a]), '`/b` is not in the layout'],
    ['a type', new Schema([field('a', int64, false)]), new Schema([a]), '`/a` is of type `int64`, not `int32`'],
    ['a field of a struct', new Schema([field('c', structOf([a, field('b', utf8, false)]), false)]), new Schema([c]), '`/c/b` is not nullable, which it must be'],
    ['an item', new Schema([field('l', listOf(field('item', int64, true)))]), new Schema([field('l', listOf(field('item', int32, true)))]), '`/l/item` is of type `int64`, not `int32`'],
    ['a value of a map', new Schema([field('m', mapOf(field('key', utf8, false), field('value', utf8, true)))]), new Schema([field('m', mapOf(field('key', utf8, false), field('value', utf8, false)))]), '`/m/value` is nullable, which it must not be'],
  ];
  it.each(cases)('%s', (_, found, wanted, difference) => {
    expect(schemaDifference(found, wanted)).toBe(difference);
  });
});

describe('the first difference of values', () => {
  it('is a JSON pointer', () => {
    expect(valueDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toEqual({ path: '/a/1/b', found: '2', wanted: '3' });
    expect(valueDifference({ a: [1] }, { a: [1, 2] })).toEqual({ path: '/a/1', found: 'nothing', wanted: '2' });
    expect(valueDifference({ a: null }, { a: {} })).toEqual({ path: '/a', found: 'null', wanted: '{}' });
    expect(valueDifference({ a: 1, b: 2 }, { b: 2, a: 1 })).toBeUndefined();
  });

  it('is cut if it is long', () => {
    expect(valueDifference('x'.repeat(1000), '')?.found).toHaveLength(203);
  });
});
