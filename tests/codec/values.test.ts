import { describe, expect, test } from 'vitest';
import * as v from '../../runtime/v1.ts';
import { testCodec } from './layouts.ts';

const { field, optional, required } = v;
const item = (type: v.DataType, nullable = true): v.Field => field('item', type, nullable);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const long = 'a text of more than thirty-two characters, to take the other path';

type Case = readonly [name: string, type: v.DataType, codec: v.ValueCodec<unknown>, values: readonly unknown[], dictionaries?: Readonly<Record<string, readonly string[]>>];

const point = v.structOf([field('x', v.float64), field('label', v.utf8, true)]);
const pointValue = v.structValue<{ x: number; label: string | undefined }>({ columns: { x: required(v.float64Value), label: optional(v.utf8Value) } });

const cases: readonly Case[] = [
  ['bool', v.bool, v.boolValue, [true, false]],
  ['int8', v.int8, v.int8Value, [-128, 127]],
  ['int16', v.int16, v.int16Value, [-32768, 32767]],
  ['int32', v.int32, v.int32Value, [-(2 ** 31), 2 ** 31 - 1]],
  ['int64', v.int64, v.int64Value, [-(2n ** 63n), 2n ** 63n - 1n, 0n]],
  ['uint8', v.uint8, v.uint8Value, [0, 255]],
  ['uint16', v.uint16, v.uint16Value, [0, 65535]],
  ['uint32', v.uint32, v.uint32Value, [0, 2 ** 32 - 1]],
  ['uint64', v.uint64, v.uint64Value, [0n, 2n ** 64n - 1n]],
  ['float16', v.float16, v.float16Value, [1.5, Number.NaN]],
  ['float32', v.float32, v.float32Value, [1.5, Number.NEGATIVE_INFINITY]],
  ['float64', v.float64, v.float64Value, [0.1, -0]],
  ['utf8', v.utf8, v.utf8Value, ['', 'plain', 'grüße', '🙂', long, `${long} ü`]],
  ['large_utf8', v.largeUtf8, v.largeUtf8Value, ['', long]],
  ['binary', v.binary, v.binaryValue, [bytes(), bytes(0, 255)]],
  ['large_binary', v.largeBinary, v.largeBinaryValue, [bytes(1, 2, 3)]],
  ['fixed_binary', v.fixedBinary(3), v.fixedBinaryValue(3), [bytes(1, 2, 3)]],
  ['date32', v.date32, v.date32Value, [-1]],
  ['date64', v.date64, v.date64Value, [-86_400_000n]],
  ['time32', v.time32('s'), v.time32Value, [86_399]],
  ['time64', v.time64('us'), v.time64Value, [1n]],
  ['timestamp', v.timestamp('us', 'UTC'), v.timestampValue, [-5n]],
  ['duration', v.duration('ns'), v.durationValue, [-5n]],
  ['decimal128', v.decimal128(38, 4), v.decimal128Value, [10n ** 37n, -(10n ** 37n), -1n]],
  ['decimal256', v.decimal256(76, 4), v.decimal256Value, [10n ** 75n, -(10n ** 75n), -1n]],
  ['year_month', v.interval('year_month'), v.yearMonthValue, [{ months: -14, days: 0, nanoseconds: 0n }]],
  ['day_time', v.interval('day_time'), v.dayTimeValue, [{ months: 0, days: -3, nanoseconds: -5_000_000n }]],
  ['month_day_nano', v.interval('month_day_nano'), v.monthDayNanoValue, [{ months: 1, days: -2, nanoseconds: -(2n ** 40n) }]],
  ['list', v.listOf(item(v.utf8)), v.listValue(v.utf8Value), [[], ['a', 'b'], [long, '']]],
  ['list not null', v.listOf(item(v.int64, false)), v.listValue(v.int64Value), [[1n, 2n]]],
  ['list of nullable', v.listOf(item(v.utf8)), v.listValue(v.nullable(v.utf8Value)), [['a', null, 'b'], [null]]],
  ['list of nullable bool', v.listOf(item(v.bool)), v.listValue(v.nullable(v.boolValue)), [[true, null, false, true, true, false, false, true, true]]],
  ['large_list', v.largeListOf(item(v.int32)), v.largeListValue(v.int32Value), [[1, 2, 3], []]],
  ['fixed_list', v.fixedListOf(item(v.float64), 2), v.fixedListValue(v.float64Value, 2), [[1, 2]]],
  ['list of list', v.listOf(item(v.listOf(item(v.decimal128(20, 4))))), v.listValue(v.listValue(v.decimal128Value)), [[[1n], [], [2n, 3n]]]],
  ['list of nullable list', v.listOf(item(v.listOf(item(v.binary)))), v.listValue(v.nullable(v.listValue(v.binaryValue))), [[[bytes(1)], null, []]]],
  ['map', v.mapOf(field('key', v.utf8), field('value', v.int64, true)), v.mapValue(v.utf8Value, v.int64Value), [new Map(), new Map([['a', 1n], ['b', 2n]])]],
  ['map to nullable', v.mapOf(field('key', v.utf8), field('value', v.utf8, true)), v.mapValue(v.utf8Value, v.nullable(v.utf8Value)), [new Map([['a', null], ['b', 'x']])]],
  ['map of lists', v.mapOf(field('key', v.int32), field('value', v.listOf(item(v.utf8)), true)), v.mapValue(v.int32Value, v.listValue(v.utf8Value)), [new Map([[1, ['a']], [2, []]])]],
  ['struct', point, pointValue, [{ x: 1, label: 'one' }, { x: 2, label: undefined }]],
  ['list of struct', v.listOf(item(point)), v.listValue(pointValue), [[{ x: 1, label: 'one' }, { x: 2, label: undefined }], []]],
  ['list of nullable struct', v.listOf(item(point)), v.listValue(v.nullable(pointValue)), [[null, { x: 1, label: 'one' }]]],
  ['list of nullable fixed_list', v.listOf(item(v.fixedListOf(item(v.int8), 2))), v.listValue(v.nullable(v.fixedListValue(v.int8Value, 2))), [[null, [1, 2]]]],
  ['enum', v.dictionaryOf(v.int16, v.utf8), v.enumValue(['A', 'B']), ['A', 'B'], { c: ['A', 'B'] }],
  ['list of enum', v.listOf(item(v.dictionaryOf(v.int16, v.utf8))), v.listValue(v.enumValue(['A', 'B'])), [['B', 'A', 'B'], []], { 'c.item': ['A', 'B'] }],
  ['map of enum', v.mapOf(field('key', v.dictionaryOf(v.int16, v.utf8)), field('value', v.utf8, true)), v.mapValue(v.enumValue(['A', 'B']), v.utf8Value), [new Map([['B', 'x']])], { 'c.key': ['A', 'B'] }],
  ['enum as text', v.utf8, v.enumTextValue(['A', 'B']), ['A', 'B']],
  ['dictionary', v.dictionaryOf(v.int16, v.utf8), v.dictionaryValue, ['free', 'text', '']],
  ['list of dictionary', v.listOf(item(v.dictionaryOf(v.int16, v.utf8))), v.listValue(v.nullable(v.dictionaryValue)), [['x', 'y', 'x', null, long], []]],
];

describe.each(cases.map(([name, type, codec, values, dictionaries]) => ({ name, type, codec, values, dictionaries })))('$name', ({ type, codec, values, dictionaries }) => {
  const one = testCodec<{ c: unknown }>('One', new v.Schema([field('c', type)]), { c: required(codec) }, { dictionaries });
  const maybe = testCodec<{ c: unknown }>('Maybe', new v.Schema([field('c', type, true)]), { c: optional(codec) }, { dictionaries });
  /** The JS values of the Arrow core, which knows null where records have `undefined`. */
  const asArrow = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'label' in value ? { ...value, label: value.label ?? null } : Array.isArray(value) ? value.map(asArrow) : value);

  test.each(values.map((value) => ({ value })))('$value as a column that is not null, and as a nullable one', ({ value }) => {
    expect(one.decode(one.encode({ c: value }))).toEqual({ c: value });
    expect(maybe.decode(maybe.encode({ c: value }))).toEqual({ c: value });
    expect(v.RecordBatch.fromIpc(one.encode({ c: value })).columnValues('c')[0]).toEqual(asArrow(value));
  });

  test('null', () => {
    expect(maybe.decode(maybe.encode({ c: undefined }))).toEqual({ c: undefined });
    expect(v.RecordBatch.fromIpc(maybe.encode({ c: undefined })).column('c').get(0)).toBe(null);
    expect(() => one.encode({ c: undefined })).toThrow('[unexpected-null] One: column "c" must not be null');
    expect(() => one.decode(maybe.encode({ c: undefined }))).toThrow('[unexpected-null] One: column "c" must not be null');
  });

  test('written by the Arrow core', () => {
    for (const value of values) {
      const batch = v.RecordBatch.of(new v.Schema([field('c', type)]), [[asArrow(value)]]);
      expect(one.decode(batch.toIpc())).toEqual({ c: value });
    }
  });
});
