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
  readonly threads: number;
}

/**
 * Runs every SQL file in each of the modes. Only a file that asks for the other transport or number of threads may be skipped; one that is later than
 * the protocol of an engine has to fail there, or its mark is wrong.
 *
 * The modes run a file at the same time: after an error in the middle of a stream DuckDB 1.5.5 has started two further workers over stdio, one
 * after the other, to roll back, and waited half a second for each.
 */
export function runSqlFiles(transport: 'stdio' | 'launch', location: string, modes: readonly SqlMode[]): void {
  const sessions = new Map<SqlMode, SqlSession>();
  beforeAll(async () => {
    for (const mode of modes) sessions.set(mode, await SqlSession.start(mode.engine, mode.threads));
  });
  afterAll(async () => {
    for (const session of sessions.values()) await session.close();
  });

  describe.each(sqlFiles)(`%s by ${transport}`, (file) => {
    const text = readFileSync(join(folder, file), 'utf8');

    it.concurrent.each(modes)('in $engine, threads: $threads', { timeout: 60_000 }, async (mode) => {
      const { engine, threads } = mode;
      const records = parseSqlFile(`tests/sql/${file}`, text);
      const own = ownProcess.test(text) ? await SqlSession.start(engine, threads) : undefined;
      const session = own ?? (sessions.get(mode) as SqlSession);
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
