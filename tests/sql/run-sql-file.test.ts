import { describe, expect, it } from 'vitest';
import type { QueryResult } from '../engine/duckdb-session.ts';
import { runSqlRecords, type SqlEngine } from './run-sql-file.ts';
import { parseSqlFile } from './sqllogic-parser.ts';

const none: QueryResult = { columns: [], types: [], rows: [] };

/** An engine that knows some statements by heart and fails on others. */
function engineWith(answers: Readonly<Record<string, QueryResult>>): SqlEngine & { readonly heard: string[] } {
  const heard: string[] = [];
  return {
    heard,
    query: (sql, connection) => {
      heard.push(connection === 'main' ? sql : `${connection}: ${sql}`);
      const answer = answers[sql];
      return answer ? Promise.resolve(answer) : Promise.reject(new Error(`Parser Error: ${sql}`));
    },
  };
}

const integers = (...values: (string | null)[]): QueryResult => ({ columns: ['x'], types: ['BIGINT'], rows: values.map((value) => [value]) });
const pairs: QueryResult = { columns: ['a', 'b'], types: ['VARCHAR', 'DOUBLE'], rows: [['b', '0.30000000000000004'], ['', null]] };

const run = async (text: string, answers: Readonly<Record<string, QueryResult>> = {}, environment: Readonly<Record<string, string>> = {}) =>
  runSqlRecords('f.test', parseSqlFile('f.test', text), engineWith(answers), environment);

describe('the runner of SQL files', () => {
  it('passes on the expected rows, in each of the notations', async () => {
    expect(await run('query I\nSELECT 1\n----\n1\nNULL\n', { 'SELECT 1': integers('1', null) })).toBe('passed');
    expect(await run('query TR\nQ\n----\nb\t0.3\n(empty)\tNULL\n', { Q: pairs })).toBe('passed');
    expect(await run('query TR\nQ\n----\nb\n0.3\n(empty)\nNULL\n', { Q: pairs })).toBe('passed');
    expect(await run('query TR rowsort\nQ\n----\n(empty)\tNULL\nb\t0.3\n', { Q: pairs })).toBe('passed');
    expect(await run('query I\nQ\n----\n', { Q: integers() })).toBe('passed');
    expect(await run('query I\nQ\n----\n<REGEX>:\\d+\n', { Q: integers('42') })).toBe('passed');
  });

  it.each([
    ['a wrong value', 'query I\nQ\n----\n2\n', 'expected:\n  2\nactual:\n  1'],
    ['a missing row', 'query I\nQ\n----\n1\n2\n', 'expected:\n  1\n  2\nactual:\n  1'],
    ['a row too many', 'query I\nQ\n----\n', 'expected:\n  (no rows)\nactual:\n  1'],
    ['NULL for a value', 'query I\nQ\n----\nNULL\n', 'expected:\n  NULL'],
    ['a wrong pattern', 'query I\nQ\n----\n<REGEX>:2+\n', 'actual:\n  1'],
    ['another number of columns', 'query II\nQ\n----\n1\t1\n', 'the query has 1 columns, its types say 2'],
    ['a query that fails', 'query I\nBAD\n----\n1\n', 'error\nBAD\nactual:\n  Parser Error: BAD'],
    ['a statement that fails', 'statement ok\nBAD\n', 'error\nBAD\nactual:\n  Parser Error: BAD'],
    ['a statement that does not fail', 'statement error\nQ\n----\nParser\n', 'no error\nQ\nexpected:\n  Parser'],
    ['another error', 'statement error\nBAD\n----\nBinder Error\n', 'another error\nBAD\nexpected:\n  Binder Error\nactual:\n  Parser Error: BAD'],
    ['a pattern that matches a part only', 'statement error\nBAD\n----\n<REGEX>:Parser\n', 'another error'],
  ])('fails on %s, with file, line, SQL, expected and actual', async (_, text, message) => {
    const failure = run(`\n${text}`, { Q: integers('1') });
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow(/^f\.test:2: /);
  });

  it('refuses values whose text depends on who prints them', async () => {
    const nested: QueryResult = { columns: ['s'], types: ['STRUCT(a VARCHAR)'], rows: [["{'a': x}"]] };
    await expect(run("query T\nQ\n----\n{'a': x}\n", { Q: nested })).rejects.toThrow(/STRUCT\(a VARCHAR\) has no text.*::VARCHAR/);
  });

  it('takes errors by a part or by a pattern of the whole', async () => {
    expect(await run('statement error\nBAD\n----\nParser Error\n')).toBe('passed');
    expect(await run('statement error\nBAD\n----\n<REGEX>:.*er Error: B[A-Z]+\n')).toBe('passed');
  });

  it('puts in what loops and the environment say', async () => {
    const engine = engineWith({ 'A w 0 x': none, 'A w 0 y': none, 'A w 1 x': none, 'A w 1 y': none });
    const text = 'require-env W\n\nloop i 0 2\n\nforeach v x y\n\nstatement ok c2\nA ${W} ${i} ${v}\n\nendloop\n\nendloop\n';
    expect(await runSqlRecords('f.test', parseSqlFile('f.test', text), engine, { W: 'w' })).toBe('passed');
    expect(engine.heard).toEqual(['c2: A w 0 x', 'c2: A w 0 y', 'c2: A w 1 x', 'c2: A w 1 y']);
    await expect(run('statement ok\nA ${W}\n')).rejects.toThrow('nothing says what ${W} is');
  });

  it('skips files whose requirements are not met', async () => {
    expect(await run('require-env W\n\nstatement ok\nBAD\n')).toBe('skipped');
    expect(await run('require-env W v\n\nstatement ok\nBAD\n', {}, { W: 'w' })).toBe('skipped');
    const loaded = "SELECT loaded FROM duckdb_extensions() WHERE extension_name = 'vgi'";
    expect(await run('require vgi\n', { [loaded]: { columns: ['loaded'], types: ['BOOLEAN'], rows: [['true']] } })).toBe('passed');
    expect(await run('require vgi\n\nstatement ok\nBAD\n', { [loaded]: none })).toBe('skipped');
  });

  it.each([
    ['frobnicate', /^f\.test:1: unknown directive frobnicate/],
    ['statement maybe\nA', /a statement is ok or error, not maybe/],
    ['statement error\nA', /takes the expected text after ----/],
    ['statement ok\nA\n----\nB', /expects no text/],
    ['statement ok\n', /there is no SQL/],
    ['query I\nA', /has no ---- with the expected rows/],
    ['query 3\nA\n----', /query takes a letter/],
    ['query I sortrows more\nA\n----', /unknown words after query/],
    ['loop i 0 2\n\nstatement ok\nA', /^f\.test:1: this loop has no endloop/],
    ['endloop', /endloop without a loop/],
    ['loop i', /a loop is written/],
    ['foreach v', /a foreach is written/],
    ['require', /require takes a name/],
  ])('does not overlook what it does not know: %j', (text, message) => {
    expect(() => parseSqlFile('f.test', text)).toThrow(message);
  });
});
