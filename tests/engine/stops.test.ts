import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '../../storage/index.ts';
import { builtWorker } from './built-worker.ts';
import { DuckDbSession } from './duckdb-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-stops-'));
const logFile = join(folder, 'log');
const socket = join(folder, 'worker.sock');
const command = builtWorker('stopping-worker');
const environment = { XDG_RUNTIME_DIR: folder, STOP_LOG: logFile, VGI_WORKER_SHARED_STORAGE: `sqlite:${folder}/storage.db` };

/** Enough rows that a query over them does not end by itself while a test runs. */
const ENDLESS = 100_000_000;

interface Stopped {
  /** What is asked; its LIMIT is left out for an interrupt. */
  readonly sql: string;
  /** Lines that have to be told once the query was stopped by LIMIT. Some kinds of calls are then over as any other. */
  readonly limit: readonly string[];
  /** The same for an interrupt. */
  readonly interrupt: readonly string[];
}

const table = (name: string): string => `SELECT n FROM s.${name}((SELECT i FROM range(${ENDLESS}) t(i)))`;
const queries: Readonly<Record<string, Stopped>> = {
  'a scalar function': { sql: `SELECT s.scalar(i) AS n FROM range(${ENDLESS}) t(i)`, limit: [], interrupt: [] },
  'a scan': { sql: 'SELECT n FROM s.scan()', limit: ['finally true', 'onCancel'], interrupt: ['finally true', 'onCancel'] },
  'a scan by steps': { sql: 'SELECT n FROM s.steps()', limit: ['onCancel at bigint'], interrupt: ['onCancel at bigint'] },
  'a scan with shared work': { sql: 'SELECT n FROM s.shared_scan()', limit: ['finally', 'onCancel'], interrupt: ['finally', 'onCancel'] },
  'a map': { sql: table('map'), limit: ['onCancel after some batches'], interrupt: ['onCancel after some batches'] },
  'the rows of a buffered function': { sql: 'SELECT n FROM s.buffered((SELECT i FROM range(5000) t(i)))', limit: ['finally', 'onCancel'], interrupt: ['finally', 'onCancel'] },
};

/** What DuckDB reads to its end in spite of a LIMIT. */
const interrupted: Readonly<Record<string, Pick<Stopped, 'sql' | 'interrupt'>>> = {
  // All rows of the other side are collected before the function sees the first.
  'a row function': { sql: 'SELECT n FROM range(2000000) t(i), s.each_row(t.i)', interrupt: [] },
  'what follows a map': { sql: 'SELECT n FROM s.finalize((SELECT i FROM range(5000) t(i)))', interrupt: ['finally', 'onCancel'] },
  'the input of a buffered function': { sql: table('taking'), interrupt: [] },
};

const lines = (): string[] => (existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n') : []);

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 1000) throw new Error(`${what}; told was: ${lines().slice(-20).join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A query that should have been stopped may not keep the engine. */
async function ended(session: DuckDbSession): Promise<void> {
  const timer = setTimeout(() => session.process.kill('SIGKILL'), 5000);
  await session.close();
  clearTimeout(timer);
}

let storage: Storage;
let served: ChildProcess;
beforeAll(async () => {
  storage = openStorage(environment.VGI_WORKER_SHARED_STORAGE);
  const [program, ...args] = command.split(' ') as [string, ...string[]];
  served = spawn(program, [...args, '--unix', socket], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  await once(served.stdout as NodeJS.ReadableStream, 'data');
});
afterAll(async () => {
  served.kill();
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const locations = { 'command line': `LOCATION '${command}'`, launch: `LOCATION 'launch:${command}', launcher_idle_timeout 2`, unix: `LOCATION 'unix://${socket}'` };

describe.each(Object.entries(locations))('a worker by %s', (_, location) => {
  let session: DuckDbSession;
  beforeAll(async () => {
    session = await DuckDbSession.start('duckdb-1.5.5', { threads: '4' }, environment);
    await session.query(`ATTACH 'stopping' AS s (TYPE vgi, ${location})`);
  });
  afterAll(() => ended(session));

  /** All hooks have run, and nothing is left of the execution. */
  async function leavesNothing(hooks: readonly string[]): Promise<void> {
    await until(() => hooks.every((line) => lines().includes(line)), `not all of ${hooks.join(', ')} were told`);
    await until(async () => (await storage.counts()).scopes === 0, 'the storage is not empty');
    expect(await storage.counts()).toEqual({ scopes: 0, states: 0, counters: 0, logItems: 0, queueItems: 0 });
  }

  it.each(Object.entries(queries))('stops %s at a LIMIT', async (__, { sql, limit }) => {
    rmSync(logFile, { force: true });
    expect((await session.query(`${sql} LIMIT 5`)).rows).toHaveLength(5);
    expect(lines()).toContain('begins');
    await leavesNothing(limit);
  });

  it.each([...Object.entries(queries), ...Object.entries(interrupted)])('stops %s at an interrupt', async (__, { sql, interrupt }) => {
    rmSync(logFile, { force: true });
    const end = session.query(`SELECT max(n) FROM (${sql})`).then(() => 'an answer', (error: Error) => error.message);
    await until(() => lines().includes('begins'), 'the function does not begin');
    await session.interrupt();
    expect(await end).toMatch(/INTERRUPT|[Ii]nterrupted|cancelled/);
    await leavesNothing(interrupt);
    expect((await session.query('SELECT s.scalar(1)')).rows).toEqual([['1']]);
  });
});
