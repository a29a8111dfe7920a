import { field } from '../../runtime/arrow/schema.ts';
import * as arrow from '../../runtime/arrow/type.ts';
import { Random } from './random.ts';

/** A column of the table that filters are tried on: its type here and in DuckDB, and the values that its rows are drawn from. */
export interface SampleColumn {
  readonly type: arrow.DataType;
  readonly sqlType: string;
  readonly values: readonly unknown[];
  /** Constants to compare with, in DuckDB's SQL; most of them are values of the column. */
  readonly literals: readonly string[];
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function integers(bits: 8 | 16 | 32 | 64, signed: boolean, sqlType: string): SampleColumn {
  const low = signed ? -(1n << BigInt(bits - 1)) : 0n;
  const high = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const wide = [0n, 1n, 2n, 3n, 7n, 42n, 100n, low, low + 1n, high, high - 1n, ...(signed ? [-1n, -42n] : [])];
  return {
    type: { kind: 'int', bits, signed },
    sqlType,
    values: bits === 64 ? wide : wide.map(Number),
    literals: wide.map((value) => `${value}`),
  };
}

function decimals(precision: number, scale: number, unscaled: readonly bigint[]): SampleColumn {
  const text = (value: bigint): string => {
    const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
    return `${value < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
  };
  const sqlType = `DECIMAL(${precision},${scale})`;
  return { type: arrow.decimal128(precision, scale), sqlType, values: unscaled, literals: unscaled.map((value) => `${quoted(text(value))}::${sqlType}`) };
}

function floats(bits: 32 | 64, sqlType: string): SampleColumn {
  const values = [0, -0, 1, -1, 0.5, 1.5, 100.25, -3.75, 1e10, NaN, Infinity, -Infinity];
  const literal = (value: number): string => (Number.isNaN(value) ? quoted('nan') : Number.isFinite(value) ? quoted(Object.is(value, -0) ? '-0.0' : String(value)) : quoted(value > 0 ? 'inf' : '-inf'));
  return { type: bits === 32 ? arrow.float32 : arrow.float64, sqlType, values, literals: values.map((value) => `${literal(value)}::${sqlType}`) };
}

const texts = ['', 'a', 'A', 'ab', 'abc', 'abd', 'b', 'ba', 'bab', "it's", 'ä', 'äb', 'Ω', '\u{10ffff}', '\uffee', '😀', '😀a', '%', '_', 'a%b', 'a_b', 'longer than twelve bytes', 'longer than twelve bits'];

function moments(type: arrow.DataType, sqlType: string, perSecond: bigint): SampleColumn {
  const times = ['1970-01-01 00:00:00', '1969-12-31 23:59:59', '2024-02-29 12:34:56', '2024-03-01 00:00:00', '1900-01-01 06:00:00', '2100-12-31 23:59:59'];
  return {
    type,
    sqlType,
    values: [
      ...times.map((time) => BigInt(Date.parse(`${time.replace(' ', 'T')}Z`) / 1000) * perSecond),
      // With fractions, before and after 1970, some of them halves of the next coarser units.
      ...[1n, 5n, -1n, -5n, -15n].map((tenths) => (tenths * perSecond) / 10n + (perSecond > 1_000n ? perSecond / 2_000n : 0n) + (perSecond > 1_000_000n ? 500n : 0n)),
    ],
    literals: times.map((time) => `${sqlType.includes('ZONE') ? 'TIMESTAMPTZ' : sqlType} ${quoted(sqlType.includes('ZONE') ? `${time}+00` : time)}`),
  };
}

const pair = arrow.structOf([field('a', arrow.int32, true), field('b', arrow.utf8, true), field('c', arrow.structOf([field('d', arrow.float64, true)]), true)]);

/** Columns of every type whose values DuckDB compares, by name. */
export const sampleColumns: Readonly<Record<string, SampleColumn>> = {
  i8: integers(8, true, 'TINYINT'),
  i16: integers(16, true, 'SMALLINT'),
  i32: integers(32, true, 'INTEGER'),
  i64: integers(64, true, 'BIGINT'),
  u8: integers(8, false, 'UTINYINT'),
  u16: integers(16, false, 'USMALLINT'),
  u32: integers(32, false, 'UINTEGER'),
  u64: integers(64, false, 'UBIGINT'),
  f32: floats(32, 'FLOAT'),
  f64: floats(64, 'DOUBLE'),
  d4: decimals(4, 1, [0n, 5n, -5n, 10n, 9999n, -9999n]),
  d9: decimals(9, 2, [0n, 1n, 150n, -150n, 999999999n]),
  d18: decimals(18, 3, [0n, 1n, -1n, 1500n, 999999999999999999n, -999999999999999999n]),
  d38: decimals(38, 10, [0n, 1n, 15000000000n, -15000000000n, 10n ** 38n - 1n, 1n - 10n ** 38n, 1n << 64n, -(1n << 64n)]),
  huge: decimals(38, 0, [0n, 1n, -1n, 1n << 64n, -(1n << 64n), 1n << 100n]),
  flag: { type: arrow.bool, sqlType: 'BOOLEAN', values: [true, false], literals: ['true', 'false'] },
  text: { type: arrow.utf8, sqlType: 'VARCHAR', values: texts, literals: texts.map(quoted) },
  label: { type: arrow.dictionaryOf(arrow.int8, arrow.utf8), sqlType: 'VARCHAR', values: ['red', 'green', 'blue'], literals: ["'red'", "'green'", "'blue'", "'black'"] },
  bytes: {
    type: arrow.binary,
    sqlType: 'BLOB',
    values: [[], [0], [0, 1], [255], [97, 98], [128, 0, 128]].map((bytes) => Uint8Array.from(bytes)),
    literals: ["''::BLOB", "'\\x00'::BLOB", "'\\x00\\x01'::BLOB", "'\\xFF'::BLOB", "'ab'::BLOB", "'\\x80\\x00\\x80'::BLOB"],
  },
  day: { type: arrow.date32, sqlType: 'DATE', values: [0, -1, 1, 19782, -25567, 0x7fff_ffff], literals: ["DATE '1970-01-01'", "DATE '1969-12-31'", "DATE '2024-02-29'", "DATE '1900-01-01'", "DATE 'infinity'"] },
  clock: { type: arrow.time64('us'), sqlType: 'TIME', values: [0n, 1n, 43_200_000_000n, 86_399_999_999n], literals: ["TIME '00:00:00'", "TIME '12:00:00'", "TIME '23:59:59.999999'"] },
  ts_s: moments(arrow.timestamp('s'), 'TIMESTAMP_S', 1n),
  ts_ms: moments(arrow.timestamp('ms'), 'TIMESTAMP_MS', 1_000n),
  ts_us: moments(arrow.timestamp('us'), 'TIMESTAMP', 1_000_000n),
  ts_ns: moments(arrow.timestamp('ns'), 'TIMESTAMP_NS', 1_000_000_000n),
  ts_tz: moments(arrow.timestamp('us', 'UTC'), 'TIMESTAMP WITH TIME ZONE', 1_000_000n),
  span: {
    type: arrow.interval('month_day_nano'),
    sqlType: 'INTERVAL',
    values: [
      { months: 0, days: 0, nanoseconds: 0n },
      { months: 1, days: 0, nanoseconds: 0n },
      { months: 0, days: 30, nanoseconds: 0n },
      { months: 0, days: 29, nanoseconds: 86_400_000_000_000n },
      { months: 1, days: -1, nanoseconds: 0n },
      { months: 1, days: -31, nanoseconds: 0n },
      { months: 0, days: -1, nanoseconds: 0n },
      { months: 0, days: 1, nanoseconds: -86_400_000_000_000n },
      { months: 0, days: 1, nanoseconds: -1_000_000_000n },
      { months: 0, days: 0, nanoseconds: 86_399_000_000_000n },
      { months: 0, days: 0, nanoseconds: -1_000n },
    ],
    literals: ["INTERVAL '0 days'", "INTERVAL '1 month'", "INTERVAL '30 days'", "INTERVAL '29 days'"],
  },
  items: {
    type: arrow.listOf(field('item', arrow.int32, true)),
    sqlType: 'INTEGER[]',
    values: [[], [1], [1, 2], [1, null], [null], [2, 1], [42]],
    literals: ['[]::INTEGER[]', '[1]', '[1, 2]', '[1, NULL]', '[2]'],
  },
  tags: { type: arrow.listOf(field('item', arrow.utf8, true)), sqlType: 'VARCHAR[]', values: [[], ['a'], ['a', 'b'], [null, 'b'], ['😀']], literals: ["['a']", "['a', 'b']", "['b']"] },
  pair: {
    type: pair,
    sqlType: 'STRUCT(a INTEGER, b VARCHAR, c STRUCT(d DOUBLE))',
    values: [
      { a: 1, b: 'x', c: { d: 1.5 } },
      { a: 1, b: null, c: null },
      { a: null, b: 'y', c: { d: null } },
      { a: 2, b: 'x', c: { d: NaN } },
    ],
    literals: ["{'a': 1, 'b': 'x', 'c': {'d': 1.5::DOUBLE}}", "{'a': 1, 'b': NULL::VARCHAR, 'c': NULL::STRUCT(d DOUBLE)}"],
  },
};

/** Drawn values of a column, an eighth of them NULL. The same for the same column, count and seed. */
export function sampleValues(name: string, rows: number, seed = 1): unknown[] {
  const { values } = sampleColumns[name] as SampleColumn;
  const random = new Random(seed * 7919 + Buffer.from(name).reduce((sum, byte) => sum * 31 + byte, 7));
  return Array.from({ length: rows }, () => (random.chance(0.125) ? null : random.pick(values)));
}
