import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from '../../storage/index.ts';
import { builtWorker } from './built-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';

const TOKEN = 'open sesame 4711';

describe('functions from rows to rows under DuckDB 1.5.5', () => {
  let folder: string;
  let session: DuckDbSession;
  const rows = async (sql: string) => (await session.query(sql)).rows;
  const failure = (sql: string): Promise<string> => session.query(sql).then(
    ({ rows: given }) => `no error: ${JSON.stringify(given)}`,
    (error: Error) => error.message,
  );

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vgi-gen-in-out-'));
    session = await DuckDbSession.start('duckdb-1.5.5', { threads: '4' }, { VGI_WORKER_SHARED_STORAGE: `sqlite:${join(folder, 'storage.db')}`, VGI_WORKER_DEBUG: '1' });
    await session.query("CALL enable_logging(level = 'trace', storage = 'memory')");
    await session.query(`ATTACH 'rows' AS r (TYPE vgi, LOCATION '${builtWorker('table-in-out-worker')}')`);
    await session.query(`CREATE SECRET named_key (TYPE in_out_key, token '${TOKEN}', port 99)`);
    // Partitions that several threads read, each with a connection and thus a process of its own.
    await session.query('CREATE TABLE many AS SELECT i, i::VARCHAR AS word, i::DOUBLE AS net FROM range(500000) t(i)');
  });
  afterAll(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('maps typed columns, with columns that the arguments decide', async () => {
    expect(await rows("SELECT * FROM r.add_tax(0.5, (SELECT 'a' AS name, 2.0::DOUBLE AS net UNION ALL SELECT 'b', NULL), note := 'x') ORDER BY name")).toEqual([
      ['a', '2', '3', 'x'],
      ['b', null, null, 'x'],
    ]);
    expect(await rows('SELECT count(*), sum(gross) FROM r.add_tax(1.0, (SELECT net FROM many))')).toEqual([['500000', '249999500000']]);
  });

  it('says which column of the input is missing or of another type', async () => {
    expect(await failure('SELECT * FROM r.add_tax(0.5, (SELECT 1 AS other))')).toMatch(/add_tax: argument data needs a column "net" of type float64/);
    expect(await failure('SELECT * FROM r.add_tax(0.5, (SELECT 1 AS net))')).toMatch(/add_tax: argument data takes float64 in column "net", got int32/);
    expect(await failure("SELECT * FROM r.add_tax('half', (SELECT 1::DOUBLE AS net))")).toMatch(/add_tax|Could not convert string/);
  });

  it('puts several batches for one together', async () => {
    expect(await rows('SELECT i, word FROM r.piecewise((SELECT 3 AS i, NULL AS word UNION ALL SELECT 4, \'y\')) ORDER BY i')).toEqual([
      ['3', null],
      ['4', 'y'],
    ]);
    // Five rows of each batch of 2,048.
    expect(await rows('SELECT count(*) FROM r.piecewise((SELECT i FROM range(20480) t(i)))')).toEqual([['50']]);
  });

  it('keeps a state for each substream and asks for the rest at the end', async () => {
    expect(await rows('SELECT * FROM r.longest((SELECT unnest([\'a\', \'ccc\', \'bb\']) AS word))')).toEqual([
      ['ccc', '1'],
      ['end', '0'],
    ]);
    const [[substreams, batches]] = (await rows("SELECT count(*) FILTER (word = 'end'), sum(batches) FROM r.longest((SELECT word FROM many))")) as [[string, string]];
    expect(Number(substreams)).toBeGreaterThanOrEqual(1);
    // Row groups of 122,880 rows in vectors of 2,048.
    expect(Number(batches)).toBe(Math.ceil(500000 / 2048));
    expect(await rows("SELECT max(length(word)) FROM r.longest((SELECT word FROM many))")).toEqual([['6']]);
  });

  it('calls row functions with constants, columns and in LATERAL joins', async () => {
    expect(await rows('SELECT * FROM r.pairs(1, 5, step := 2)')).toEqual([['1', '1..5'], ['3', '1..5'], ['5', '1..5']]);
    expect(await rows('SELECT a, value FROM (VALUES (1, 2), (7, 6), (3, 3), (NULL, 0)) t(a, b), LATERAL r.pairs(a, b) ORDER BY ALL')).toEqual([['1', '1'], ['1', '2'], ['3', '3'], [null, '0']]);
    expect(await rows('SELECT count(*), sum(i * value) FROM (SELECT i, i % 3 AS n FROM range(10000) t(i)) t, LATERAL r.pairs(1, t.n)')).toEqual([['9999', '66656667']]);
    expect(await rows("SELECT text, parts::VARCHAR FROM r.joined('a', 'b', NULL)")).toEqual([['a-b-', '[a, b, NULL]']]);
    expect(await rows("SELECT text FROM (VALUES ('x', 'y'), ('z', NULL)) t(a, b), r.joined(t.a, t.b) ORDER BY 1")).toEqual([['x-y'], ['z-']]);
  });

  it('refuses rows whose parents are not told, or are none', async () => {
    expect(await failure("SELECT * FROM r.wrong(1, how := 'none')")).toMatch(/wrong: gave 2 rows for 1; say which input row each is from/);
    expect(await failure("SELECT * FROM r.wrong(1, how := 'few')")).toMatch(/wrong: gave 1 parents for 2 rows/);
    expect(await failure("SELECT * FROM r.wrong(1, how := 'range')")).toMatch(/wrong: row 0 has parent 1, the input has rows 0 to 0/);
    expect(await failure("SELECT * FROM r.wrong(1, how := 'column')")).toMatch(/wrong: gave no column "i"/);
    expect(await failure("SELECT * FROM r.wrong(1, how := 'type')")).toMatch(/wrong: .*int64/);
    expect(await rows('SELECT count(*) FROM r.pairs(1, 3)')).toEqual([['3']]);
  });

  it('tells a buffered function all states that took a batch, and reads all parts', async () => {
    const parts = await rows('SELECT state, parts FROM r.states((SELECT i FROM many))');
    const batches = Math.ceil(500000 / 2048);
    expect(parts.map(([state]) => Number(String(state).replace('state ', ''))).sort((a, b) => a - b)).toEqual(Array.from({ length: batches }, (_, index) => index + 1));
    expect(new Set(parts.map(([, count]) => count))).toEqual(new Set([String(batches)]));
    expect(await rows('SELECT n FROM r.cached_parts((SELECT 1)) ORDER BY n')).toEqual([['1'], ['2']]);
  });

  it('reads a secret by its name in every step', async () => {
    expect(await rows('SELECT bytes FROM r.token_length((SELECT i FROM many LIMIT 10000))')).toEqual([[String(TOKEN.length)]]);
  });

  it('shows no value of a secret in logs, errors and results of careless code', async () => {
    const calls = [
      (how: string) => `SELECT r.careless_scalar('${how}')`,
      (how: string) => `SELECT * FROM r.careless_table(how := '${how}')`,
      (how: string) => `SELECT * FROM r.careless_map((SELECT 1), how := '${how}')`,
      (how: string) => `SELECT * FROM r.careless_buffered((SELECT 1), how := '${how}')`,
    ];
    for (const call of calls) {
      const shown = JSON.stringify(await rows(call('')));
      expect(shown).toMatch(/named_key/);
      expect(shown).not.toContain(TOKEN);
      for (const how of ['throw', 'refuse']) {
        const message = await failure(call(how));
        expect(message).toMatch(/named_key/);
        expect(message).not.toContain(TOKEN);
      }
    }
    const logged = (await rows("SELECT message FROM duckdb_logs WHERE type = 'VGI'")).map(([message]) => String(message));
    expect(logged.some((message) => message.includes('named_key'))).toBe(true);
    expect(logged.filter((message) => message.includes(TOKEN))).toEqual([]);
  });

  it('says how to make a secret that is missing', async () => {
    await session.query('DROP SECRET named_key');
    expect(await failure('SELECT * FROM r.token_length((SELECT 1))')).toMatch(/token_length: there is no secret of type in_out_key named named_key; make one with CREATE SECRET named_key \(TYPE in_out_key, \.\.\.\)/);
    await session.query(`CREATE SECRET named_key (TYPE in_out_key, token '${TOKEN}', port 99)`);
  });

  it('leaves nothing in the storage, and no secret in its files', async () => {
    const storage = openStorage(`sqlite:${join(folder, 'storage.db')}`);
    try {
      expect(await storage.counts()).toEqual({ scopes: 0, states: 0, counters: 0, logItems: 0, queueItems: 0 });
    } finally {
      await storage.close();
    }
    const files = readdirSync(folder);
    expect(files).toContain('storage.db');
    for (const file of files) expect(readFileSync(join(folder, file)).includes(TOKEN)).toBe(false);
  });
});
