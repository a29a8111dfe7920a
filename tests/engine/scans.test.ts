import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '../../storage/index.ts';
import { builtWorker } from './built-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-scans-'));
const logFile = join(folder, 'log.txt');
const storageFile = join(folder, 'storage.db');

/** What the worker has written since the last time. */
function written(): string[] {
  const lines = existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n') : [];
  rmSync(logFile, { force: true });
  return lines;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
}

const logged = (text: string): boolean => existsSync(logFile) && readFileSync(logFile, 'utf8').includes(text);

let session: DuckDbSession;
let storage: Storage;

beforeAll(async () => {
  session = await DuckDbSession.start('duckdb-1.5.5', { threads: '4' }, { SCAN_LOG: logFile, VGI_WORKER_SHARED_STORAGE: `sqlite:${storageFile}`, XDG_RUNTIME_DIR: folder });
  storage = openStorage(`sqlite:${storageFile}`);
  await session.query(`ATTACH 'scans' AS w (TYPE vgi, LOCATION '${builtWorker('scans')}')`);
});

afterAll(async () => {
  await session.close();
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const failure = async (sql: string): Promise<string> => {
  try {
    await session.query(sql);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

const nothing = { scopes: 0, states: 0, counters: 0, logItems: 0, queueItems: 0 };

/** Waits until the storage of the worker is empty; what is then left in it is what the test expects to be nothing. */
async function leftInStorage(): Promise<object> {
  for (let tries = 0; tries < 100 && (await storage.counts()).scopes > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  return storage.counts();
}

describe('a bind', () => {
  it('decides the columns and hands its state to the scan', async () => {
    written();
    const { columns, rows } = await session.query('SELECT * FROM w.constant_columns(2, 1.5, 2.5, 3)');
    expect(columns).toEqual(['c0', 'c1', 'c2']);
    expect(rows).toEqual([['1.5', '2.5', '3'], ['1.5', '2.5', '3']]);
    expect(new Set(written())).toEqual(new Set(['bind 3']));
  });

  it('keeps the metadata of columns', async () => {
    expect(await session.query('SELECT typeof(id), id::VARCHAR FROM w.uuids()')).toMatchObject({ rows: [['UUID', '11111111-1111-1111-1111-111111111111']] });
  });
});

describe('statistics', () => {
  it.each(['i > 5', 'f < 0.5', "d > DATE '1970-01-11'", "t > TIMESTAMP '1970-01-01 00:00:01'", 'i IS NULL'])('rule out a scan where %s', async (condition) => {
    expect((await session.query(`SELECT count(*) FROM w.known() WHERE ${condition}`)).rows).toEqual([['0']]);
  });

  it('of text arrive, though DuckDB leaves out no scan for them', async () => {
    const [[text]] = (await session.query('SELECT stats(s) FROM w.known()')).rows as [[string]];
    expect(text).toContain('Min: b, Max: d, Has Unicode: false, Max String Length: 1');
  });

  it.each(['i >= 5', "s >= 'd'", 'f >= 1.5', "d >= DATE '1970-01-11'"])('leave a scan where %s', async (condition) => {
    expect((await session.query(`SELECT count(*) FROM w.known() WHERE ${condition}`)).rows).toEqual([['1']]);
  });
});

describe('work that is shared', () => {
  it('needs no storage where one stream does it all', async () => {
    written();
    expect((await session.query('SELECT count(*) FROM w.shared(1)')).rows).toEqual([['100']]);
    expect(written()).toEqual(['plan', 'item 0']);
  });

  it('goes to each stream in part, and leaves nothing behind', async () => {
    const { rows } = await session.query('SELECT count(*), count(DISTINCT item), count(DISTINCT pid) FROM w.shared(40, sleep := 20)');
    expect(rows[0]?.slice(0, 2)).toEqual(['4000', '40']);
    expect(Number(rows[0]?.[2])).toBeGreaterThan(1);
    const lines = written();
    expect(lines.filter((line) => line === 'plan')).toHaveLength(1);
    expect(new Set(lines).size).toBe(41);
    expect(lines).toHaveLength(41);
    expect(await leftInStorage()).toEqual(nothing);
  });

  it('goes out in splits', async () => {
    written();
    expect((await session.query('SELECT count(*), count(DISTINCT item) FROM w.split(20)')).rows).toEqual([['20', '20']]);
    expect(new Set(written())).toEqual(new Set(['plan', ...Array.from({ length: 20 }, (_, item) => `item ${item}`)]));
    expect((await session.query('SELECT item FROM w.split(20) WHERE item IN (3, 7) ORDER BY item')).rows).toEqual([['3'], ['7']]);
    expect(new Set(written())).toEqual(new Set(['plan', 'item 3', 'item 7']));
    expect(await leftInStorage()).toEqual(nothing);
  });

  it('is cleared after LIMIT', async () => {
    expect((await session.query('SELECT item FROM w.shared(500, rows := 3000, sleep := 5) LIMIT 1')).rows).toHaveLength(1);
    expect(await leftInStorage()).toEqual(nothing);
  });

  it('is cleared after an interrupt', async () => {
    const running = failure('SELECT count(*) FROM w.shared(10000, sleep := 10)');
    await until(() => logged('item 5'));
    await session.interrupt();
    expect(await running).toMatch(/INTERRUPT/i);
    expect(await leftInStorage()).toEqual(nothing);
    written();
  });
});

describe('a scan that is stopped', () => {
  it('runs its finally and the hook for LIMIT', async () => {
    written();
    expect((await session.query('SELECT n FROM w.endless() LIMIT 3')).rows).toEqual([['0'], ['1'], ['2']]);
    await until(() => logged('onCancel'));
    expect(written()).toEqual(['begin', 'finally aborted=true', 'onCancel']);
  });

  it('runs them for an interrupt', async () => {
    const running = failure('SELECT count(*) FROM w.endless()');
    await until(() => logged('begin'));
    await session.interrupt();
    expect(await running).toMatch(/INTERRUPT/i);
    await until(() => logged('onCancel'));
    expect(written()).toEqual(['begin', 'finally aborted=true', 'onCancel']);
  });
});

describe('a scan that goes wrong gives an error that names function and cause', () => {
  it.each([
    ['plain_error', /wrong: something is undefined/],
    ['wrong_type', /wrong: .*"a".*row 0/s],
    ['wrong_column_type', /wrong: column "a" is int64, the scan gave utf8/],
    ['wrong_rows', /wrong: column "b" has 1 rows, the first one has 2/],
    ['unknown_column', /wrong: the scan gave a column "c" that was not declared/],
    ['missing_column', /wrong: the scan gave no column "b"/],
    ['not_columns', /wrong: the scan gave .*7/],
  ])('%s', async (mistake, message) => {
    expect(await failure(`SELECT * FROM w.wrong('${mistake}')`)).toMatch(message);
    // The session serves on.
    expect((await session.query('SELECT count(*) FROM w.shared(1)')).rows).toEqual([['100']]);
  });

  it('at bind', async () => {
    expect(await failure('SELECT * FROM w.bad_bind()')).toMatch(/bad_bind: nothing to bind to/);
  });

  it('at plan', async () => {
    expect(await failure('SELECT * FROM w.bad_plan()')).toMatch(/bad_plan: nothing to plan/);
  });

  it('in a scalar function', async () => {
    expect(await failure('SELECT w.bad_scalar(i) FROM range(3) t(i)')).toMatch(/bad_scalar.*reading 'at'/s);
    expect(await failure('SELECT w.bad_scalar(1)')).toMatch(/bad_scalar.*reading 'at'/s);
  });
});
