/** One statement of the run that makes the extension call all it can. `$LOCATION` is where the recording worker listens. */
export interface Statement {
  readonly sql: string;
  /** First protocol version in which it can succeed. */
  readonly since?: string;
  /** DuckDB or the extension refuses it without a call: the reason why some methods are never seen. */
  readonly refused?: boolean;
}

const all = (...statements: readonly string[]): Statement[] => statements.map((sql) => ({ sql }));
const since = (version: string, ...statements: readonly string[]): Statement[] => statements.map((sql) => ({ sql, since: version }));
const refused = (...statements: readonly string[]): Statement[] => statements.map((sql) => ({ sql, refused: true }));

const attach = all(
  "ATTACH 'recording' AS rec (TYPE vgi, LOCATION '$LOCATION', label 'x')",
  "ATTACH 'without_branches' AS plain (TYPE vgi, LOCATION '$LOCATION')",
);

const schemas = all('CREATE SCHEMA rec.extra', 'CREATE SCHEMA IF NOT EXISTS rec.other', 'DROP SCHEMA rec.extra', 'DROP SCHEMA IF EXISTS rec.other CASCADE', 'DROP SCHEMA IF EXISTS rec.nowhere');

const tables = all(
  "CREATE TABLE rec.parent (id BIGINT PRIMARY KEY, name VARCHAR NOT NULL DEFAULT 'none', price DOUBLE CHECK (price >= 0), code INTEGER UNIQUE)",
  // A reference has no catalog of its own.
  'USE rec',
  'CREATE TABLE IF NOT EXISTS child (id BIGINT, parent BIGINT REFERENCES parent (id), tags VARCHAR[], place STRUCT(x DOUBLE, y DOUBLE), data MAP(VARCHAR, INTEGER), day DATE, amount DECIMAL(10, 2), UNIQUE (id, parent))',
  'USE memory',
  'CREATE OR REPLACE TABLE rec.copied AS SELECT i AS id, i * 2 AS twice FROM range(10) t(i)',
  'CREATE TABLE plain.copied AS SELECT i AS id FROM range(3) t(i)',
  "COMMENT ON TABLE rec.parent IS 'parents'",
  'COMMENT ON TABLE rec.parent IS NULL',
  "COMMENT ON COLUMN rec.parent.name IS 'how it is called'",
  'ALTER TABLE rec.copied ADD COLUMN added VARCHAR',
  'ALTER TABLE rec.copied ADD COLUMN IF NOT EXISTS second INTEGER DEFAULT 7',
  'ALTER TABLE rec.copied RENAME COLUMN added TO renamed',
  'ALTER TABLE rec.copied ALTER COLUMN twice SET DATA TYPE VARCHAR',
  'ALTER TABLE rec.copied ALTER COLUMN twice TYPE VARCHAR USING twice',
  "ALTER TABLE rec.copied ALTER COLUMN renamed SET DEFAULT 'y'",
  'ALTER TABLE rec.copied ALTER COLUMN renamed DROP DEFAULT',
  'ALTER TABLE rec.copied ALTER COLUMN id SET NOT NULL',
  'ALTER TABLE rec.copied ALTER COLUMN id DROP NOT NULL',
  'ALTER TABLE rec.copied DROP COLUMN renamed',
  'ALTER TABLE rec.copied DROP COLUMN IF EXISTS second CASCADE',
  'ALTER TABLE rec.copied RENAME TO moved',
  'ALTER TABLE IF EXISTS rec.nowhere RENAME TO elsewhere',
);

const views = all(
  'CREATE VIEW rec.seen AS SELECT id FROM rec.moved',
  'CREATE OR REPLACE VIEW rec.seen AS SELECT id, twice FROM rec.moved',
  "COMMENT ON VIEW rec.seen IS 'a view'",
  'SELECT count(*) FROM rec.seen',
  'ALTER VIEW rec.seen RENAME TO looked_at',
  'DROP VIEW rec.looked_at',
  'DROP VIEW IF EXISTS rec.looked_at',
);

const notCalled = refused(
  'CREATE MACRO rec.twice(x) AS x * 2',
  'CREATE MACRO rec.some_rows(n) AS TABLE SELECT * FROM range(n)',
  'CREATE INDEX by_code ON rec.parent (code)',
  'DROP MACRO rec.add_tax',
  'CREATE SEQUENCE rec.counter',
  "CREATE TYPE rec.mood AS ENUM ('sad', 'happy')",
);

const writes = all(
  "INSERT INTO rec.parent VALUES (1, 'one', 1.5, 10), (2, 'two', NULL, 20)",
  'INSERT INTO rec.parent (id, code) VALUES (3, 30)',
  "INSERT INTO rec.parent (id, name) VALUES (4, 'four') RETURNING id, name",
  "INSERT INTO rec.parent VALUES (1, 'again', 0, 40), (5, 'five', 0, 50) ON CONFLICT DO NOTHING",
  "INSERT INTO rec.child VALUES (1, 1, ['a', NULL], {'x': 1, 'y': 2}, MAP {'k': 1}, DATE '2020-01-01', 1.25)",
  'INSERT INTO rec.child SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE false',
  "UPDATE rec.parent SET name = upper(name) WHERE id > 1",
  'UPDATE rec.parent SET price = 3, code = 31 WHERE id = 3 RETURNING *',
  'UPDATE rec.parent SET id = 40 WHERE id = 4',
  'DELETE FROM rec.parent WHERE id = 40',
  'DELETE FROM rec.parent WHERE id = 5 RETURNING id',
  "MERGE INTO rec.parent USING (SELECT 1 AS id UNION ALL SELECT 6) given ON given.id = parent.id WHEN MATCHED THEN UPDATE SET price = 9 WHEN NOT MATCHED THEN INSERT (id, name) VALUES (given.id, 'merged')",
  'MERGE INTO rec.parent USING (SELECT 6 AS id) given ON given.id = parent.id WHEN MATCHED THEN DELETE',
  'TRUNCATE rec.child',
);

const transactions = all(
  'BEGIN',
  "INSERT INTO rec.parent VALUES (7, 'seven', 7, 70)",
  'SELECT count(*) FROM rec.parent',
  'COMMIT',
  'BEGIN',
  'DELETE FROM rec.parent',
  'ROLLBACK',
);

const reads = all(
  'SELECT * FROM rec.parent',
  'SELECT count(*) FROM rec.parent',
  "SELECT name FROM rec.parent WHERE id IN (1, 2, 3) AND price IS NOT NULL AND (code > 5 OR name = 'x')",
  "SELECT id FROM rec.parent WHERE name LIKE 'o%' AND id BETWEEN 0 AND 100",
  'SELECT * FROM rec.parent ORDER BY price DESC NULLS LAST LIMIT 2',
  'SELECT rowid, id FROM rec.parent WHERE rowid = 1',
  'SELECT id FROM rec.parent AT (VERSION => 1)',
  "SELECT id FROM rec.parent AT (TIMESTAMP => TIMESTAMP '2020-01-01')",
  'SELECT * FROM plain.copied',
  'SELECT p.id, q.id FROM rec.parent p JOIN rec.parent q ON p.id = q.code',
  'SELECT * FROM duckdb_tables() WHERE database_name IN (\'rec\', \'plain\')',
  'SELECT * FROM duckdb_views() WHERE database_name = \'rec\'',
  'SELECT * FROM duckdb_functions() WHERE database_name = \'rec\'',
  'SELECT * FROM duckdb_indexes()',
  'SHOW ALL TABLES',
  'DESCRIBE rec.parent',
);

const functions = all(
  'SELECT rec.times(i, 3) FROM range(5000) t(i)',
  'SELECT rec.times(NULL, 3)',
  'SET recording_offset = 5',
  'SELECT rec.plus_offset(1)',
  "CREATE SECRET token (TYPE recording, SCOPE 'here', TOKEN 'abc')",
  "SELECT rec.token_length('here/there')",
  'SELECT rec.add_tax(2.0), rec.add_tax(2.0, rate := 0.1)',
  'SELECT * FROM rec.first_numbers(3)',
  'SELECT sum(n) FROM rec.numbers(100000)',
  'SELECT word FROM rec.numbers(100000, step := 2) WHERE n > 10 AND n < 1000',
  'SELECT n FROM rec.numbers(200000) ORDER BY n DESC NULLS LAST LIMIT 5',
  'SELECT n FROM rec.numbers(200000) LIMIT 5',
  'SELECT count(*) FROM rec.numbers(20000) TABLESAMPLE SYSTEM (10%)',
  'SELECT count(*) FROM rec.numbers(20000) TABLESAMPLE SYSTEM (10%) REPEATABLE (42)',
  'SELECT a.n FROM rec.numbers(50000) a JOIN (SELECT unnest([1, 2, 3]) AS n) b ON a.n = b.n',
  'EXPLAIN ANALYZE SELECT sum(n) FROM rec.numbers(1000)',
  'SELECT sum(n) FROM rec.split_numbers(1000)',
  'SELECT count(*) FROM rec.echo((SELECT i FROM range(5000) t(i)))',
  'SELECT * FROM rec.count_rows((SELECT i FROM range(5000) t(i)))',
  'SELECT count(*) FROM rec.collect((SELECT i FROM range(5000) t(i)))',
);

const rowFunctions = since('1.1.0', 'SELECT * FROM rec.double_of(4)', 'SELECT i, doubled FROM range(3000) t(i), LATERAL rec.double_of(i)');

const aggregates = all(
  'SELECT rec.total(i) FROM range(100000) t(i)',
  'SELECT i % 7, rec.total(i) FROM range(100000) t(i) GROUP BY ALL',
  'SELECT rec.total(i) FILTER (i > 5), rec.total(DISTINCT i % 3) FROM range(100) t(i)',
  // The parser takes only bare names of window functions.
  'USE rec',
  'SELECT window_total(i) OVER (PARTITION BY i % 2 ORDER BY i ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM range(50) t(i)',
  'SELECT running_total(i) OVER (PARTITION BY i % 2 ORDER BY i) FROM range(3000) t(i)',
  'SELECT running_total(i) OVER (PARTITION BY i % 2 ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM range(3000) t(i)',
  'USE memory',
);

const copies = since(
  '1.1.0',
  "COPY (SELECT i FROM range(3000) t(i)) TO 'nowhere.txt' (FORMAT 'rec.nothing_to', separator ',')",
  'CREATE TEMP TABLE target (a BIGINT, b VARCHAR)',
  "COPY target FROM 'nowhere.txt' (FORMAT 'rec.nothing_from', separator ',')",
);

const endings = all('DROP TABLE rec.child', 'DROP TABLE rec.parent CASCADE', 'DROP TABLE IF EXISTS rec.parent', 'DETACH rec', 'DETACH plain');

/** In the order in which they run. */
export const statements: readonly Statement[] = [
  ...attach,
  ...schemas,
  ...tables,
  ...views,
  ...notCalled,
  ...writes,
  ...transactions,
  ...reads,
  ...functions,
  ...rowFunctions,
  ...aggregates,
  ...copies,
  ...endings,
];
