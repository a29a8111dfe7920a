import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage, type StorageCounts } from '../../../storage/index.ts';
import { Random } from '../../rpc/soak/actions.ts';
import { type Gauge, gauge } from '../../rpc/soak/process-gauge.ts';
import { DuckDbSession } from '../duckdb-session.ts';
import { running, zombies } from './process-tree.ts';
import { type Question, questionKinds } from './queries.ts';

export interface EngineSoakOptions {
  /** Command line of the fixture worker. */
  readonly command: string;
  readonly launch: boolean;
  readonly seed: number;
  /** Questions of each part: one with interrupts only, one with kills as well. */
  readonly questions: number;
}

export interface EngineSoakReport {
  /** Questions that were answered rightly, by kind. */
  readonly done: ReadonlyMap<string, number>;
  /** Wrong or no answers, with what it takes to see them again. */
  readonly failures: readonly string[];
  readonly kills: number;
  readonly interrupts: number;
  /** Questions that were asked again because a kill or an interrupt hit them. */
  readonly repeated: number;
  /** Of these such as had an answer: the extension takes what a killed worker has sent until then for all. */
  readonly cutShort: number;
  /** Rows in the storage after the first part, after both, and once everything has expired. */
  readonly storage: { readonly undisturbed: StorageCounts; readonly killed: StorageCounts; readonly expired: StorageCounts };
  /** What the engine held after a first round and at the end. */
  readonly engine: { readonly before: Gauge; readonly after: Gauge };
  /** What a shared worker held after a first round and at the end of the first part. */
  readonly worker: { readonly before: Gauge; readonly after: Gauge } | undefined;
  readonly zombies: number;
  /** Worker processes that outlived the engine. */
  readonly leaked: readonly number[];
}

/** Connections that ask at the same time. */
const CONNECTIONS = 8;
/** Longest that an answer may take, in milliseconds. */
const LIMIT = 30_000;
const TRIES = 20;
/** Seconds after which nothing of what a test leaves is kept by a storage. */
const LATER = 100 * 86_400;
/** Seconds without client after which a shared worker ends. */
const IDLE = 2;
const MILLISECONDS_BETWEEN_KILLS = 400;
/** Workers are killed no oftener than this: a question that takes many of them would never be answered. */
const QUESTIONS_A_KILL = 4;

/** Questions of every kind in random order on several connections at once, with interrupts, then with workers killed as well. */
export async function engineSoak({ command, launch, seed, questions }: EngineSoakOptions): Promise<EngineSoakReport> {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-engine-soak-'));
  const location = `sqlite:${join(folder, 'storage.db')}`;
  const storage = openStorage(location);
  const session = await DuckDbSession.start('duckdb-1.5.5', { threads: '8' }, { XDG_RUNTIME_DIR: folder, VGI_WORKER_SHARED_STORAGE: location });
  const engine = session.process.pid as number;
  const workers = (): number[] => running(engine, command);
  try {
    await session.query(`ATTACH 'example' AS ex (TYPE vgi, LOCATION '${launch ? 'launch:' : ''}${command}'${launch ? `, launcher_idle_timeout ${IDLE}` : ''})`);
    await session.query("CREATE SECRET plain (TYPE vgi_example, secret_string 'hush', api_key 'ka', port 5, use_ssl true, timeout 1.5)");
    const run = new Run(session, seed, workers);
    await run.part(questionKinds.length * 2, { kills: false });
    const before = gauge(engine);
    const [shared] = launch ? workers() : [];
    const workerBefore = shared === undefined ? undefined : gauge(shared);
    await run.part(questions, { kills: false });
    const workerAfter = shared === undefined ? undefined : gauge(shared);
    const undisturbed = await settled(storage);
    await run.part(questions, { kills: true });
    const after = gauge(engine);
    const left = zombies(engine).length;
    const last = workers();
    await session.close();
    const leaked = await outliving(last);
    const killed = await storage.counts();
    const inTheFuture = openStorage(location, { now: () => Date.now() + LATER * 1000 });
    await inTheFuture.collectExpired();
    const expired = await inTheFuture.counts();
    await inTheFuture.close();
    return {
      ...run.report(),
      storage: { undisturbed, killed, expired },
      engine: { before, after },
      worker: workerBefore && workerAfter && { before: workerBefore, after: workerAfter },
      zombies: left,
      leaked,
    };
  } finally {
    session.process.kill('SIGKILL');
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is stored once the hooks of what was stopped have run. */
async function settled(storage: ReturnType<typeof openStorage>): Promise<StorageCounts> {
  for (let tries = 0; tries < 100 && (await storage.counts()).scopes > 0; tries++) await sleep(50);
  return storage.counts();
}

/** Those of some processes that are there when they should have ended. */
async function outliving(pids: readonly number[]): Promise<number[]> {
  const there = (): number[] => pids.filter((pid) => isAlive(pid));
  for (let waited = 0; waited < (IDLE + 8) * 1000 && there().length > 0; waited += 100) await sleep(100);
  return there();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

class Run {
  readonly #session: DuckDbSession;
  readonly #random: Random;
  readonly #seed: number;
  readonly #workers: () => number[];
  readonly #done = new Map<string, number>();
  readonly #failures: string[] = [];
  #kills = 0;
  #interrupts = 0;
  #repeated = 0;
  #cutShort = 0;
  #lastKill = -Infinity;

  constructor(session: DuckDbSession, seed: number, workers: () => number[]) {
    this.#session = session;
    this.#seed = seed;
    this.#random = new Random(seed);
    this.#workers = workers;
  }

  report(): Pick<EngineSoakReport, 'done' | 'failures' | 'kills' | 'interrupts' | 'repeated' | 'cutShort'> {
    return { done: this.#done, failures: this.#failures, kills: this.#kills, interrupts: this.#interrupts, repeated: this.#repeated, cutShort: this.#cutShort };
  }

  async part(questions: number, { kills }: { readonly kills: boolean }): Promise<void> {
    // Each kind comes up equally often.
    const kinds = Array.from({ length: questions }, (_, at) => questionKinds[at % questionKinds.length] as (typeof questionKinds)[number]);
    for (let at = kinds.length - 1; at > 0; at--) {
      const other = this.#random.below(at + 1);
      [kinds[at], kinds[other]] = [kinds[other] as (typeof kinds)[number], kinds[at] as (typeof kinds)[number]];
    }
    const ask = async (connection: string): Promise<void> => {
      for (let kind = kinds.pop(); kind; kind = kinds.pop()) await this.#answered(kind.name, kind.ask(this.#random), connection);
    };
    const asking = Promise.all(Array.from({ length: CONNECTIONS }, (_, at) => ask(`connection ${at}`)));
    let over = false;
    const most = this.#kills + questions / QUESTIONS_A_KILL;
    const killing = kills ? this.#killUntil(() => over || this.#kills >= most) : Promise.resolve();
    await asking;
    over = true;
    await killing;
  }

  async #killUntil(over: () => boolean): Promise<void> {
    while (!over()) {
      await sleep(this.#random.below(2 * MILLISECONDS_BETWEEN_KILLS));
      const workers = this.#workers();
      const victim = workers[this.#random.below(workers.length)];
      if (victim === undefined) continue;
      this.#lastKill = performance.now();
      this.#kills++;
      if (isAlive(victim)) process.kill(victim, 'SIGKILL');
    }
  }

  /** Asks until there is an answer that nothing has disturbed. */
  async #answered(name: string, question: Question, connection: string): Promise<void> {
    let problem = '';
    for (let tries = 0; tries < TRIES; tries++) {
      const begun = performance.now();
      const interrupt = this.#random.below(8) === 0 && tries === 0 ? setTimeout(() => void this.#session.interrupt(connection), this.#random.below(60)) : undefined;
      const answer = await this.#ask(question.statements, connection);
      clearTimeout(interrupt);
      if (answer.rows === question.expected) {
        this.#done.set(name, (this.#done.get(name) ?? 0) + 1);
        return;
      }
      if (question.statements.length > 1) await this.#ask(['ROLLBACK'], connection);
      const interrupted = interrupt !== undefined && /INTERRUPT|interrupted|cancelled/i.test(answer.error ?? '');
      // A connection to a worker that is gone may lie in the extension's pool for a while.
      const hit = this.#lastKill >= begun || (answer.error !== undefined && /IO Error/.test(answer.error) && this.#kills > 0);
      problem = `${question.statements.join('; ')}: expected ${question.expected}, got ${answer.rows ?? answer.error}`;
      if (!interrupted && !hit) break;
      if (interrupted) this.#interrupts++;
      if (hit && answer.rows !== undefined) this.#cutShort++;
      this.#repeated++;
    }
    this.#failures.push(`seed ${this.#seed}, ${name}: ${problem}`);
  }

  async #ask(statements: readonly string[], connection: string): Promise<{ readonly rows?: string; readonly error?: string }> {
    const late = new AbortController();
    const limit = sleep(LIMIT, { error: `no answer for ${LIMIT} ms` }, { signal: late.signal }).catch(() => ({ error: '' }));
    const asked = async (): Promise<{ rows?: string; error?: string }> => {
      let rows = '';
      try {
        for (const sql of statements) rows = (await this.#session.query(sql, connection)).rows.map((row) => row.join(' ')).join('\n');
        return { rows };
      } catch (error) {
        return { error: (error as Error).message };
      }
    };
    const answer = await Promise.race([asked(), limit]);
    late.abort();
    return answer;
  }
}

/** By how much descriptors and memory (MiB) may differ between two moments. */
const NOISE = { memory: 64, descriptors: 24 };
const NOISE_RATIO = 1.5;

/** What is wrong with a run: wrong answers, and whatever is left behind. */
export function engineProblems({ failures, storage, engine, worker, zombies: unwaited, leaked }: EngineSoakReport): string[] {
  const found = [...failures];
  for (const [name, held] of Object.entries({ engine, worker })) {
    for (const what of ['memory', 'descriptors'] as const) {
      if (held && held.after[what] > held.before[what] * NOISE_RATIO + NOISE[what]) found.push(`${name}: ${what} grew from ${held.before[what].toFixed(0)} to ${held.after[what].toFixed(0)}`);
    }
  }
  if (storage.undisturbed.scopes > 0) found.push(`${JSON.stringify(storage.undisturbed)} in the storage though no process was killed`);
  if (Object.values(storage.expired).some((rows) => rows > 0)) found.push(`${JSON.stringify(storage.expired)} in the storage after everything has expired`);
  // The extension waits for a process that has ended when it would use it again.
  if (unwaited > CONNECTIONS) found.push(`${unwaited} processes ended that nobody waits for`);
  if (leaked.length > 0) found.push(`${leaked.length} worker processes outlived the engine`);
  return found;
}
