import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { vgiProtocol } from '../../generated/vgi/ts/index.ts';
import { DuckDbSession } from './duckdb-session.ts';
import { engineProtocols } from './engine-protocols.ts';

const worker = fileURLToPath(new URL('../../bin/vgi-example-worker', import.meta.url));

describe.each(Object.entries(engineProtocols))('one worker, many versions: %s speaks %s', (engine, version) => {
  it('answers the same SQL', async () => {
    expect(vgiProtocol.versions).toContain(version);
    const session = await DuckDbSession.start(engine, { threads: '4' });
    const rows = async (sql: string) => (await session.query(sql)).rows;
    await session.query(`ATTACH 'example' AS ex (TYPE vgi, LOCATION '${worker}')`);
    expect(await rows('SELECT count(*), sum(ex.double_it(i)) FROM range(200000) t(i)')).toEqual([['200000', '39999800000']]);
    expect(await rows('SELECT list(n) FROM ex.countdown(5, step := 2)')).toEqual([['[5, 3, 1]']]);
    expect(await rows('SELECT count(*), min(n), max(n) FROM ex.countdown(100000)')).toEqual([['100001', '0', '100000']]);
    expect(await rows('SELECT count(*) FROM (SELECT * FROM ex.countdown(100000000000) LIMIT 7)')).toEqual([['7']]);
    expect(await rows('SELECT name FROM ex.mountains WHERE height_m > 4700 ORDER BY 1')).toEqual([['Aconcagua'], ['Denali'], ['Mont Blanc']]);
    expect(await rows('SELECT name FROM ex.alps ORDER BY name')).toEqual([['Dufourspitze'], ['Matterhorn'], ['Mont Blanc']]);
    await expect(session.query('SELECT * FROM ex.countdown(NULL)')).rejects.toThrow(/countdown: argument start is NULL/);
    await expect(session.query('CREATE TABLE ex.t (a INTEGER)')).rejects.toThrow(/catalog is read-only/);
    await session.query('DETACH ex');
    await session.close();
  });

  it('comes from the packages that its folder pins', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL(`../../engines/${engine}/package.json`, import.meta.url), 'utf8'));
    expect(Object.values(dependencies).every((spec) => /^\d/.test(String(spec)))).toBe(true);
  });
});
