import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtWorker } from './built-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';

describe('declared scalar functions', () => {
  let session: DuckDbSession;
  const value = async (sql: string): Promise<unknown> => (await session.query(`SELECT ${sql}`)).rows[0]?.[0];
  const column = async (sql: string): Promise<unknown[]> => (await session.query(sql)).rows.map(([first]) => first);

  beforeAll(async () => {
    session = await DuckDbSession.start('duckdb-1.5.5', { threads: '2' });
    await session.query(`ATTACH 'scalars' AS s (TYPE vgi, LOCATION '${builtWorker('scalar-worker')}')`);
  });
  afterAll(() => session.close());

  it.each([
    ['bool', "true, NULL, false"],
    ['int32', '-2147483647::INTEGER, NULL, 7::INTEGER'],
    ['int64', '-9223372036854775808, NULL, 9223372036854775807'],
    ['float64', "'nan'::DOUBLE, NULL, '-0'::DOUBLE"],
    ['utf8', "'', NULL, 'grüße 🦆'"],
    ['binary', "'\\x00\\xFF'::BLOB, NULL, ''::BLOB"],
    ['date', "DATE '1969-12-31', NULL, DATE '9999-12-31'"],
    ['timestamp', "TIMESTAMP '1969-12-31 23:59:59.999999', NULL, TIMESTAMP '2026-11-21 01:02:03'"],
    ['decimal', '-12345678.90::DECIMAL(10,2), NULL, 0.01::DECIMAL(10,2)'],
    ['list', '[1, NULL, 3]::BIGINT[], NULL, []::BIGINT[]'],
    ['map', "MAP {'a': 1::BIGINT, 'b': NULL}, NULL, MAP {}::MAP(VARCHAR, BIGINT)"],
    ['struct', "{'a': 1::BIGINT, 'b': 'x'}, NULL, {'a': NULL::BIGINT, 'b': NULL::VARCHAR}"],
  ])('%s survives both ways', async (name, literals) => {
    const rows = `(SELECT unnest([${literals}]) AS v)`;
    expect(await column(`SELECT s.echo_${name}(v) IS NOT DISTINCT FROM v FROM ${rows}`)).toEqual(['true', 'true', 'true']);
    expect(await column(`SELECT s.echo_any(v) IS NOT DISTINCT FROM v FROM ${rows}`)).toEqual(['true', 'true', 'true']);
    expect(await column(`SELECT typeof(s.echo_any(v)) = typeof(v) FROM ${rows}`)).toEqual(['true', 'true', 'true']);
  });

  it.each([
    "'99999999999999999999999999999999999999'::HUGEINT",
    "INTERVAL '1 month 2 days 3 seconds'",
    "TIME '23:59:59.999999'",
    "TIMESTAMPTZ '2026-11-21 01:02:03+02'",
    "'11111111-2222-3333-4444-555555555555'::UUID",
    "'b'::ENUM('a', 'b')",
    '[[1, 2], [3]]::INTEGER[][]',
    '[1, 2, 3]::INTEGER[3]',
    "union_value(num := 2)",
    'NULL',
    '255::UTINYINT',
    '18446744073709551615::UBIGINT',
    '1.5::FLOAT',
    "TIMESTAMP_NS '2026-11-21 01:02:03.123456789'",
  ])('%s passes through untouched', async (literal) => {
    expect(await value(`s.echo_any(${literal}) IS NOT DISTINCT FROM ${literal}`)).toBe('true');
    expect(await value(`s.echo_any(v) IS NOT DISTINCT FROM v FROM (SELECT ${literal} AS v FROM range(3))`)).toBe('true');
  });

  it('keeps types that Arrow does not have where DuckDB tells them', async () => {
    await session.query('SET arrow_lossless_conversion = true');
    for (const literal of ["'10101'::BIT", "'170141183460469231731687303715884105727'::HUGEINT", "'11111111-2222-3333-4444-555555555555'::UUID"]) {
      expect(await value(`s.echo_any(${literal}) IS NOT DISTINCT FROM ${literal}`)).toBe('true');
      expect(await value(`typeof(s.echo_any(${literal})) = typeof(${literal})`)).toBe('true');
    }
    await session.query('RESET arrow_lossless_conversion');
  });

  it('takes constants beside columns, and checks them', async () => {
    expect(await column('SELECT s.multiply(i, 3) FROM range(3) t(i)')).toEqual(['0', '3', '6']);
    await expect(session.query('SELECT s.multiply(i, 1000) FROM range(3) t(i)')).rejects.toThrow(/multiply: argument factor takes a number in \[0, 1000\), got 1000/);
    expect(await value("s.styled('Duck', 'upper', 'x')")).toBe('x:DUCK');
    await expect(session.query("SELECT s.styled('Duck', 'bold', 'x')")).rejects.toThrow(/argument style takes one of upper, lower, got bold/);
    await expect(session.query("SELECT s.styled('Duck', 'upper', 'X1')")).rejects.toThrow(/argument tag takes text that matches \[a-z\]\+, got X1/);
  });

  it('takes any number of further columns', async () => {
    expect(await column('SELECT s.sum_all(i, i, i) FROM range(3) t(i)')).toEqual(['0', '3', '6']);
    expect(await value('s.sum_all(5)')).toBe('5');
    expect(await value("s.count_nulls(1, NULL, 'a', NULL::DATE)")).toBe('2');
  });

  it('chooses among overloads', async () => {
    expect(await value('s.describe(5::BIGINT)')).toBe('integer 5');
    expect(await value("s.describe('five')")).toBe('text five');
  });

  it('gives NULL for NULL', async () => {
    expect(await column('SELECT s.multiply(v, 2) FROM (VALUES (1), (NULL), (3)) t(v)')).toEqual(['2', null, '6']);
  });

  it('sees the settings of the session', async () => {
    expect(await value('s.scaled(4)')).toBe('40');
    await session.query('SET scale = 3');
    expect(await value('s.scaled(4)')).toBe('12');
    await session.query('RESET scale');
    expect(await value('s.scaled(4)')).toBe('40');
  });

  it('stands beside macros', async () => {
    expect(Number(await value('s.add_tax(100, 0.25)'))).toBe(125);
    expect(Number(await value('s.add_tax(100)'))).toBe(150);
    expect(await column('SELECT i FROM s.numbers_to(3)')).toEqual(['0', '1', '2']);
    expect(await column("SELECT function_name FROM duckdb_functions() WHERE database_name = 's' AND function_type LIKE '%macro' ORDER BY 1")).toEqual(['add_tax', 'numbers_to']);
  });

  it('waits for asynchronous functions', async () => {
    expect(await value('sum(s.delayed(i)) FROM range(5000) t(i)')).toBe('12497500');
  });

  it('tells what a function did wrong', async () => {
    await expect(session.query('SELECT s.failing(i) FROM range(3) t(i)')).rejects.toThrow(/cannot take 3 rows/);
    await expect(session.query('SELECT s.shortened(i) FROM range(3) t(i)')).rejects.toThrow(/shortened: returned 2 values for 3 rows/);
    expect(await value('s.multiply(2, 2)')).toBe('4');
  });
});
