import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDbSession } from './duckdb-session.ts';

const worker = fileURLToPath(new URL('../../dist/handler-worker.js', import.meta.url));

describe('the worker on the generated handlers under DuckDB 1.5.5', () => {
  let session: DuckDbSession;
  beforeAll(async () => {
    session = await DuckDbSession.start('duckdb-1.5.5');
    await session.query(`ATTACH 'numbers' AS numbers (TYPE vgi, LOCATION '${process.execPath} ${worker}')`);
  });
  afterAll(() => session?.close());

  it('scans its table function', async () => {
    expect((await session.query('SELECT * FROM numbers.squares(4)')).rows).toEqual([['0', '0'], ['1', '1'], ['2', '4'], ['3', '9']]);
    expect((await session.query('SELECT count(*), max(square) FROM numbers.squares(5000) WHERE n > 10')).rows).toEqual([['4989', '24990001']]);
    expect((await session.query('SELECT count(*) FROM numbers.squares(0)')).rows).toEqual([['0']]);
  });

  it('describes it in the catalog', async () => {
    const { rows } = await session.query("SELECT function_name, function_type, parameters, description FROM duckdb_functions() WHERE database_name = 'numbers'");
    expect(rows).toEqual([['squares', 'table', "['count']", 'The first square numbers.']]);
  });

  it('refuses arguments while the query is planned', async () => {
    await expect(session.query('EXPLAIN SELECT * FROM numbers.squares(-1)')).rejects.toThrow(/give the number of rows, 0 or more/);
    await expect(session.query('SELECT * FROM numbers.cubes(1)')).rejects.toThrow(/cubes/);
  });
});
