import { type DataType, field, fixedBinary, type Field } from '../../runtime/v1.ts';
import * as t from '../../runtime/arrow/type.ts';

const item = (type: DataType): Field => field('item', type, true);

export interface Sample {
  readonly name: string;
  readonly type: DataType;
  readonly values: readonly unknown[];
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const long = 'a text of more than thirty-two characters, to take the other path';

/** One column of every type with values at the edges of its range and a null; unions apart, which have no builder. */
export const samples: readonly Sample[] = [
  { name: 'null', type: t.nullType, values: [null, null, null] },
  { name: 'bool', type: t.bool, values: [true, null, false, true, true, false, true, false, true, null] },
  { name: 'int8', type: t.int8, values: [-128, 127, null, 0] },
  { name: 'int16', type: t.int16, values: [-32768, 32767, null] },
  { name: 'int32', type: t.int32, values: [-2147483648, 2147483647, null] },
  { name: 'int64', type: t.int64, values: [-(2n ** 63n), 2n ** 63n - 1n, null, 0n] },
  { name: 'uint8', type: t.uint8, values: [0, 255, null] },
  { name: 'uint16', type: t.uint16, values: [0, 65535, null] },
  { name: 'uint32', type: t.uint32, values: [0, 4294967295, null] },
  { name: 'uint64', type: t.uint64, values: [0n, 2n ** 64n - 1n, null] },
  { name: 'float16', type: t.float16, values: [0, -0, 1.5, 65504, 2 ** -24, Number.POSITIVE_INFINITY, Number.NaN, null] },
  { name: 'float32', type: t.float32, values: [1.5, Number.NEGATIVE_INFINITY, Number.NaN, null] },
  { name: 'float64', type: t.float64, values: [0.1, Number.MAX_VALUE, Number.NaN, null] },
  { name: 'utf8', type: t.utf8, values: ['', 'plain', null, 'grüße', '日本語', '🙂', long, `${long} ü`] },
  { name: 'large_utf8', type: t.largeUtf8, values: ['a', null, '', long] },
  { name: 'binary', type: t.binary, values: [bytes(), bytes(0, 255), null] },
  { name: 'large_binary', type: t.largeBinary, values: [bytes(1, 2, 3), null] },
  { name: 'fixed_binary', type: fixedBinary(3), values: [bytes(1, 2, 3), null, bytes(4, 5, 6)] },
  { name: 'decimal128', type: t.decimal128(38, 4), values: [10n ** 37n, -(10n ** 37n), -1n, 0n, null] },
  { name: 'decimal256', type: t.decimal256(76, 0), values: [10n ** 75n, -(10n ** 75n), null] },
  { name: 'date32', type: t.date32, values: [0, -719162, null] },
  { name: 'date64', type: t.date64, values: [0n, 86_400_000n, null] },
  { name: 'time32', type: t.time32('ms'), values: [0, 86_399_999, null] },
  { name: 'time64', type: t.time64('ns'), values: [0n, 86_399_999_999_999n, null] },
  { name: 'timestamp', type: t.timestamp('us'), values: [0n, -1n, null] },
  { name: 'timestamp_zone', type: t.timestamp('ns', 'Europe/Zurich'), values: [1n, null] },
  { name: 'duration', type: t.duration('s'), values: [5n, -5n, null] },
  { name: 'year_month', type: t.interval('year_month'), values: [{ months: 14, days: 0, nanoseconds: 0n }, null] },
  { name: 'day_time', type: t.interval('day_time'), values: [{ months: 0, days: -3, nanoseconds: 1_000_000n }, null] },
  { name: 'month_day_nano', type: t.interval('month_day_nano'), values: [{ months: -1, days: 2, nanoseconds: -(2n ** 40n) }, null] },
  { name: 'list', type: t.listOf(item(t.utf8)), values: [['a', null, 'b'], [], null, ['c']] },
  { name: 'large_list', type: t.largeListOf(item(t.int64)), values: [[1n, 2n], null, []] },
  { name: 'fixed_list', type: t.fixedListOf(item(t.int32), 2), values: [[1, 2], null, [3, null]] },
  { name: 'map', type: t.mapOf(field('key', t.utf8), field('value', t.int64, true)), values: [new Map([['a', 1n]]), new Map(), null, new Map([['b', null], ['c', 2n]])] },
  { name: 'struct', type: t.structOf([field('x', t.float64, true), field('label', t.utf8, true)]), values: [{ x: 1, label: 'one' }, { x: null, label: null }, null] },
  { name: 'dictionary', type: t.dictionaryOf(t.int16, t.utf8), values: ['A', 'B', 'A', null] },
  { name: 'dictionary_int8_of_binary', type: t.dictionaryOf(t.uint8, t.largeUtf8), values: ['x', null, 'y'] },
  { name: 'list_of_list', type: t.listOf(item(t.listOf(item(t.bool)))), values: [[[true], null, []], null] },
  {
    name: 'list_of_struct_of_dictionary',
    type: t.listOf(item(t.structOf([field('kind', t.dictionaryOf(t.int16, t.utf8), true), field('n', t.int16, true)]))),
    values: [[{ kind: 'A', n: 1 }, { kind: null, n: 2 }], [], null],
  },
  { name: 'map_of_list', type: t.mapOf(field('key', t.int32), field('value', t.listOf(item(t.utf8)), true)), values: [new Map([[1, ['a']], [2, null]]), null] },
];
