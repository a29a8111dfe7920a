import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtWorker } from './built-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';
import { failing, kinds, type Place, querying, rightAnswer, type Way, wrongResults } from './failing-functions.ts';

/** Longest that a query may take, failing or not, in milliseconds. */
const LIMIT = 10_000;

const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-failures-'));
const command = builtWorker('failing-worker');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The answer of a query as text, or its error. */
async function outcome(session: DuckDbSession, sql: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, LIMIT, 'no answer');
  });
  const answer = session.query(sql).then(({ rows }) => JSON.stringify(rows[0]), (error: Error) => error.message);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

const right = JSON.stringify(rightAnswer);

/** What a query has to end with, by what goes wrong in the function. */
const ends: Readonly<Record<Exclude<Way, 'hangs' | 'is_killed'>, (name: string) => RegExp>> = {
  throws: (name) => new RegExp(`TypeError: (${name}: the cause|the cause \\[function: ${name}\\])`),
  refuses: (name) => new RegExp(`ValueError: the cause \\[function: ${name}\\]`),
  throws_text: (name) => new RegExp(`string: the cause \\[function: ${name}\\]`),
  rejects: (name) => new RegExp(`Error: (${name}: the cause|the cause \\[function: ${name}\\])`),
  lets_reject: (name) => new RegExp(`WorkerExit: the worker process ended before the call was done: nobody caught Error: the cause \\[function: ${name}\\]`),
  exits: (name) => new RegExp(`WorkerExit: the worker process ended before the call was done: exit code 3 \\[function: ${name}\\]`),
  babbles: () => new RegExp(`^${right.replaceAll('[', '\\[')}$`),
};

/**
 * Places at which the extension takes the end of a killed worker's stream for the end of the result, unless it happens to know already that the
 * process is dead. A worker can do nothing about it: nothing of it is left.
 */
const streamed: readonly Place[] = ['first', 'later', 'end', 'finalize', 'finalize_later'];
const streams = new Set(failing.filter(({ kind, place }) => streamed.includes(place) && (kind === 'table' || kind === 'table_in_out' || (kind === 'buffered' && place.startsWith('finalize')))).map(({ name }) => name));

const locations: Readonly<Record<string, { readonly options: string; readonly ways: readonly Way[]; readonly places: readonly Place[] }>> = {
  'command line': { options: `LOCATION '${command}'`, ways: ['throws', 'refuses', 'throws_text', 'rejects', 'lets_reject', 'exits', 'babbles'], places: [...new Set(failing.map(({ place }) => place))] },
  launch: { options: `LOCATION 'launch:${command}', launcher_idle_timeout 2`, ways: ['throws', 'exits', 'babbles'], places: ['first', 'finalize'] },
};

describe.each(Object.entries(locations))('a function of a worker by %s', (_, { options, ways, places }) => {
  const those = failing.filter(({ place }) => places.includes(place));
  let session: DuckDbSession;
  beforeAll(async () => {
    session = await DuckDbSession.start('duckdb-1.5.5', { threads: '1' }, { XDG_RUNTIME_DIR: folder, VGI_WORKER_SHARED_STORAGE: `sqlite:${folder}/storage.db`, HANGING: join(folder, 'hanging') });
    await session.query(`ATTACH 'failing' AS f (TYPE vgi, ${options})`);
  });
  afterAll(() => session.close());
  /** A worker that several queries share tells of its end before it is gone: what is asked meanwhile is lost with it. */
  const next = async (): Promise<void> => {
    let answer = await outcome(session, querying('scalar', 'scalar_right'));
    for (let tries = 0; tries < 5 && /reset by peer|EOF/.test(answer); tries++) answer = await outcome(session, querying('scalar', 'scalar_right'));
    expect(answer).toBe(right);
  };

  it.each(kinds)('that is %s answers', async (kind) => {
    expect(await outcome(session, querying(kind, `${kind}_right`))).toBe(right);
  });

  it.each(ways)('that %s is told by name, and the next query answered', async (way) => {
    for (const { kind, name } of those.filter((each) => each.way === way)) {
      expect(await outcome(session, querying(kind, name))).toMatch(ends[way as keyof typeof ends](name));
      await next();
    }
  }, 60_000);

  it.each(kinds)('that is %s and killed ends the query, and the next one is answered', async (kind) => {
    for (const { name } of those.filter((each) => each.kind === kind && each.way === 'is_killed')) {
      const end = await outcome(session, querying(kind, name));
      expect(end).toMatch(streams.has(name) ? /IO Error|^\[/ : /IO Error/);
      await next();
    }
  }, 60_000);

  it.each(kinds)('that is %s and hangs can be interrupted, or killed', async (kind) => {
    const { name } = failing.find((each) => each.kind === kind && each.place === 'first' && each.way === 'hangs') as { name: string };
    for (const stop of ['interrupt', 'kill']) {
      const asked = outcome(session, querying(kind, name));
      const pid = await hanging();
      if (stop === 'interrupt') await session.interrupt();
      else process.kill(pid, 'SIGKILL');
      const end = await asked;
      expect(end).toMatch(stop === 'interrupt' ? /INTERRUPT|[Ii]nterrupted|cancelled/ : streams.has(name) ? /IO Error|^\[/ : /IO Error/);
      await next();
    }
  }, 60_000);
});

/** Waits for a process of the worker to hang; gives its id. */
async function hanging(): Promise<number> {
  const path = join(folder, 'hanging');
  for (let tries = 0; !existsSync(path) || !readFileSync(path, 'utf8').endsWith('\n'); tries++) {
    if (tries > LIMIT / 10) throw new Error('the function is not called');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const pid = Number(readFileSync(path, 'utf8').trim());
  rmSync(path);
  expect(execFileSync('ps', ['-o', 'args=', '-p', String(pid)]).toString()).toContain('failing-worker');
  return pid;
}

/** What is told of a wrong result, and of what an author may think right. */
const complaints: Readonly<Record<(typeof wrongResults)[number], RegExp>> = {
  text_for_numbers: /column "(n|result)", row 0: "text" is no int64/,
  too_few: /column "m" has 2047 rows, the first one has 2048|returned 2047 values for 2048 rows/,
  too_many: /column "m" has 2049 rows, the first one has 2048|returned 2049 values for 2048 rows/,
  lacks_column: /gave no column "m"/,
  other_column: /gave (a column "other" that was not declared|no column "m")/,
  nothing: /gave (undefined|nothing)|returned (undefined|nothing)/,
  number: /(gave|returned) 7/,
};

describe('a wrong result', () => {
  let session: DuckDbSession;
  beforeAll(async () => {
    session = await DuckDbSession.start('duckdb-1.5.5', { threads: '1' }, { XDG_RUNTIME_DIR: folder, VGI_WORKER_SHARED_STORAGE: `sqlite:${folder}/storage.db` });
    await session.query(`ATTACH 'failing' AS f (TYPE vgi, LOCATION '${command}')`);
  });
  afterAll(() => session.close());

  it.each(wrongResults)('%s is told with the name of the function', async (wrong) => {
    for (const kind of kinds) {
      const name = `${kind}_gives_${wrong}`;
      const end = await outcome(session, querying(kind, name));
      // The result of a scalar function is one column without a name.
      if (kind === 'scalar' && (wrong === 'lacks_column' || wrong === 'other_column')) continue;
      expect(end).toMatch(complaints[wrong]);
      expect(end).toContain(name);
    }
    expect(await outcome(session, querying('scalar', 'scalar_right'))).toBe(right);
  });
});
