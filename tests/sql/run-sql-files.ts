import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, engineProtocols } from '../engine/engine-protocols.ts';
import { isLaterThan } from './later-than.ts';
import { runSqlRecords, SqlTestFailure } from './run-sql-file.ts';
import { sqlFiles } from './sql-files.ts';
import { SqlSession } from './sql-session.ts';
import { parseSqlFile } from './sqllogic-parser.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Marks files of which something stays in the process, or would be changed by what others left there. */
const ownProcess = /^# process: own$/m;

export interface SqlMode {
  readonly engine: Engine;
  readonly transport: 'stdio' | 'launch';
  /** Of the worker, for ATTACH. */
  readonly location: string;
  readonly threads: number;
}

/**
 * Runs every SQL file. Only a file that asks for the other transport or number of threads may be skipped; one that is later than the protocol of the
 * engine has to fail, or its mark is wrong.
 */
export function runSqlFiles({ engine, transport, location, threads }: SqlMode): void {
  describe(`SQL in ${engine} by ${transport} with ${threads === 1 ? 'one thread' : `${threads} threads`}`, () => {
    let shared: SqlSession;
    beforeAll(async () => {
      shared = await SqlSession.start(engine, threads);
    });
    afterAll(() => shared.close());

    it.each(sqlFiles)('%s', async (file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const records = parseSqlFile(`tests/sql/${file}`, text);
      const own = ownProcess.test(text) ? await SqlSession.start(engine, threads) : undefined;
      const session = own ?? shared;
      const environment = {
        VGI_TEST_WORKER: location,
        VGI_TEST_TRANSPORT: transport,
        VGI_TEST_THREADS: String(threads),
        VGI_TEST_BRANCH_DIR: session.folder,
      };
      try {
        const run = session.fresh((fresh) => runSqlRecords(`tests/sql/${file}`, records, fresh, environment));
        if (isLaterThan(text, engineProtocols[engine])) await expect(run).rejects.toThrow(SqlTestFailure);
        else if ((await run) === 'skipped') expect(text).toMatch(/^require-env VGI_TEST_(TRANSPORT|THREADS) /m);
      } finally {
        await own?.close();
      }
    });
  });
}
