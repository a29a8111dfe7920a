import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureWorkerCommand } from './fixture-worker-command.ts';
import { runSqlRecords } from './run-sql-file.ts';
import { SqlSession } from './sql-session.ts';
import { parseSqlFile } from './sqllogic-parser.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test')).sort();

const command = fixtureWorkerCommand();
const transports = { stdio: command, launch: `launch:${command}` };
/** Marks files of which something stays in the process, or would be changed by what others left there. */
const ownProcess = /^# process: own$/m;
/** Files that ran with some transport and number of threads. */
const ran = new Set<string>();

for (const [transport, location] of Object.entries(transports)) {
  for (const threads of [1, 8]) {
    describe(`SQL by ${transport} with ${threads === 1 ? 'one thread' : `${threads} threads`}`, () => {
      let session: SqlSession;
      beforeAll(async () => {
        session = await SqlSession.start(threads);
      });
      afterAll(() => session.close());

      it.each(files)('%s', async (file) => {
        const text = readFileSync(join(folder, file), 'utf8');
        const records = parseSqlFile(`tests/sql/${file}`, text);
        const environment = { VGI_TEST_WORKER: location, VGI_TEST_TRANSPORT: transport, VGI_TEST_THREADS: String(threads) };
        const own = ownProcess.test(text) ? await SqlSession.start(threads) : undefined;
        const outcome = await (own ?? session).fresh((engine) => runSqlRecords(`tests/sql/${file}`, records, engine, environment)).finally(() => own?.close());
        if (outcome === 'passed') ran.add(file);
      });
    });
  }
}

it('runs every file somewhere', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !ran.has(file))).toEqual([]);
});
