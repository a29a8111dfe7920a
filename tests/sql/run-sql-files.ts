import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSqlRecords } from './run-sql-file.ts';
import { sqlFiles } from './sql-files.ts';
import { SqlSession } from './sql-session.ts';
import { parseSqlFile } from './sqllogic-parser.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Marks files of which something stays in the process, or would be changed by what others left there. */
const ownProcess = /^# process: own$/m;

/** Runs every SQL file with one and with eight threads; only a file that asks for the other transport or number of threads may be skipped. */
export function runSqlFiles(transport: 'stdio' | 'launch', location: string): void {
  for (const threads of [1, 8]) {
    describe(`SQL by ${transport} with ${threads === 1 ? 'one thread' : `${threads} threads`}`, () => {
      let shared: SqlSession;
      beforeAll(async () => {
        shared = await SqlSession.start(threads);
      });
      afterAll(() => shared.close());

      it.each(sqlFiles)('%s', async (file) => {
        const text = readFileSync(join(folder, file), 'utf8');
        const records = parseSqlFile(`tests/sql/${file}`, text);
        const own = ownProcess.test(text) ? await SqlSession.start(threads) : undefined;
        const session = own ?? shared;
        const environment = {
          VGI_TEST_WORKER: location,
          VGI_TEST_TRANSPORT: transport,
          VGI_TEST_THREADS: String(threads),
          VGI_TEST_BRANCH_DIR: session.folder,
        };
        try {
          const outcome = await session.fresh((engine) => runSqlRecords(`tests/sql/${file}`, records, engine, environment));
          if (outcome === 'skipped') expect(text).toMatch(/^require-env VGI_TEST_(TRANSPORT|THREADS) /m);
        } finally {
          await own?.close();
        }
      });
    });
  }
}
