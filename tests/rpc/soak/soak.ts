import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpConnection } from 'vgi-gen/runtime/http';
import { ChannelConnection, type ClientConnection, connectUnix, WorkerPool } from 'vgi-gen/runtime/v1';
import { ConformanceClient } from '../../../generated/conformance/ts/index.ts';
import { type Action, actions, CALLS_AT_ONCE, LOST_AFTER, Random } from './actions.ts';
import { echoRequest, httpHead, sendBroken } from './broken-requests.ts';
import { canGauge, childrenOf, type Gauge, gauge } from './process-gauge.ts';

export interface SoakOptions {
  readonly seconds: number;
  /** Clients on each of unix and HTTP. */
  readonly clients: number;
  readonly seed: number;
  /** Program of the conformance worker. */
  readonly worker: string;
}

/** What a process held. */
export interface Growth {
  readonly process: string;
  /** In the first and in the last quarter after warm-up, the middle of each. */
  readonly busy: { readonly before: Gauge; readonly after: Gauge };
  /** Before the first client and after the last one had gone. */
  readonly rest: { readonly before: Gauge; readonly after: Gauge };
  /** Connections that HTTP may keep for later requests. */
  readonly keptConnections: number;
}

export interface SoakReport {
  /** Actions done, by transport and action. */
  readonly done: ReadonlyMap<string, number>;
  /** Answers that were lost, wrong or late, with what it takes to see them again. */
  readonly failures: readonly string[];
  /** Empty where processes cannot be gauged. */
  readonly growth: readonly Growth[];
}

const WARM_UP = 0.3;
const SAMPLE_EVERY = 200;
/** Workers of the pool, and the clients that share them. */
const POOL_WORKERS = 3;
const POOL_CLIENTS = 6;
/** Milliseconds between two workers of the pool that are killed. */
const KILL_EVERY = 700;
/** How long closed connections linger, in milliseconds. */
const LINGER = 2000;

interface Place {
  readonly name: string;
  readonly connect: () => Promise<ClientConnection & { readonly usable?: boolean }>;
  /** Sends part of a request. */
  readonly sendBroken?: (token: string, random: Random) => Promise<Buffer>;
  /** The other side may vanish: calls may fail with a `TransportError`. */
  readonly killed?: boolean;
}

/** Runs many clients at the same time, all sorts of calls among calls that are killed, cancelled and cut off. */
export async function soak({ seconds, clients, seed, worker }: SoakOptions): Promise<SoakReport> {
  const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-soak-'));
  const path = join(folder, 'worker.sock');
  const unix = await startWorker(worker, ['--unix', path]);
  const http = await startWorker(worker, ['--http', '0']);
  const port = Number(http.line.slice('PORT:'.length));
  const pool = new WorkerPool(worker, [], { maxWorkers: POOL_WORKERS });
  const places: readonly [Place, number][] = [
    [{ name: 'unix', connect: async () => new ChannelConnection(await connectUnix(path)), sendBroken: (token, random) => sendBroken({ path }, echoRequest(token), random) }, clients],
    [{ name: 'http', connect: async () => new HttpConnection({ url: `http://127.0.0.1:${port}` }), sendBroken: (token, random) => sendBroken({ port, host: '127.0.0.1' } as NetConnectOpts, httpRequest(token), random) }, clients],
    [{ name: 'pool', connect: async () => ({ call: (call) => pool.call(call), openStream: (call) => pool.openStream(call), close: async () => {} }), killed: true }, POOL_CLIENTS],
  ];
  const servers: readonly ChildProcess[] = [unix.child, http.child];
  const watched = new Map([['client', process.pid], ['unix worker', unix.child.pid as number], ['http worker', http.child.pid as number]]);
  const before = gauges(watched);
  const run = new Run(seed, performance.now() + seconds * 1000);
  const samples: Map<string, Gauge>[] = [];
  try {
    await Promise.all([
      ...places.flatMap(([place, count]) => Array.from({ length: count }, (_, at) => run.client(place, at))),
      sampling(watched, run.until, seconds, samples),
      killing(servers, run.until),
    ]);
    await pool.close();
    return { done: run.done, failures: run.failures, growth: await growth(watched, before, samples, clients * CALLS_AT_ONCE) };
  } finally {
    await pool.close();
    for (const child of servers) {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    rmSync(folder, { recursive: true });
  }
}

async function startWorker(worker: string, args: readonly string[]): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(worker, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, line };
}

function httpRequest(token: string): Uint8Array {
  const body = echoRequest(token);
  return Buffer.concat([Buffer.from(httpHead(body.length)), body]);
}

class Run {
  readonly until: number;
  readonly done = new Map<string, number>();
  readonly failures: string[] = [];
  readonly #seed: number;

  constructor(seed: number, until: number) {
    this.#seed = seed;
    this.until = until;
  }

  /** One client, action after action until the time is up. */
  async client(place: Place, at: number): Promise<void> {
    const random = new Random(this.#seed + at * 1000 + place.name.length);
    let connection = await place.connect();
    for (let step = 0; performance.now() < this.until; step++) {
      const token = `${place.name}/${at}/${step}/${random.below(2 ** 31)}`;
      const choices = [...actions, abandoned, ...(place.sendBroken ? [broken(place.sendBroken)] : [])];
      const action = choose(choices, random);
      try {
        await action.run(new ConformanceClient(connection), token, random);
      } catch (error) {
        const expected = place.killed && /TransportError|the other side|is gone|closed the connection|was ended by/.test(`${(error as Error).name} ${(error as Error).message}`);
        if (!expected) this.failures.push(`${token} (seed ${this.#seed}), ${action.name}: ${(error as Error).stack ?? String(error)}`);
      }
      const name = `${place.name}: ${action.name}`;
      this.done.set(name, (this.done.get(name) ?? 0) + 1);
      if (connection.usable === false) {
        await connection.close();
        connection = await place.connect();
      }
    }
    await connection.close();
  }
}

/** A call whose caller does not wait: its connection is given up while the answer is on the way. */
const abandoned: Action = {
  name: 'a call that is given up',
  weight: 2,
  run: async (client, token, random) => {
    const controller = new AbortController();
    const data = Buffer.alloc(random.below(400_000), token);
    const call = client.echoBytes({ data }, { signal: controller.signal, timeout: LOST_AFTER });
    const timer = setTimeout(() => controller.abort(new Error(token)), random.below(4));
    try {
      if (Buffer.compare(await call, data) !== 0) throw new Error('the bytes differ');
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
    }
  },
};

const broken = (send: NonNullable<Place['sendBroken']>): Action => ({
  name: 'a request that is cut off',
  weight: 2,
  run: async (_client, token, random) => {
    const answer = await send(token, random);
    if (answer.includes(token)) throw new Error('part of a request was answered as if it were whole');
  },
});

function choose(choices: readonly Action[], random: Random): Action {
  let at = random.below(choices.reduce((sum, { weight }) => sum + weight, 0));
  for (const action of choices) {
    at -= action.weight;
    if (at < 0) return action;
  }
  return choices[0] as Action;
}

/** Kills one worker of the pool after the other. */
async function killing(servers: readonly ChildProcess[], until: number): Promise<void> {
  const kept = new Set(servers.map(({ pid }) => pid));
  while (canGauge && performance.now() < until) {
    await sleep(KILL_EVERY);
    const [victim] = childrenOf(process.pid).filter((pid) => !kept.has(pid));
    if (victim !== undefined) process.kill(victim, 'SIGKILL');
  }
}

function gauges(watched: ReadonlyMap<string, number>): Map<string, Gauge> {
  return new Map(canGauge ? [...watched].map(([name, pid]) => [name, gauge(pid)]) : []);
}

async function sampling(watched: ReadonlyMap<string, number>, until: number, seconds: number, samples: Map<string, Gauge>[]): Promise<void> {
  await sleep(seconds * 1000 * WARM_UP);
  while (performance.now() < until) {
    samples.push(gauges(watched));
    await sleep(SAMPLE_EVERY);
  }
}

/** Waits until connections that were closed are gone, then compares. */
async function growth(watched: ReadonlyMap<string, number>, before: ReadonlyMap<string, Gauge>, samples: readonly ReadonlyMap<string, Gauge>[], kept: number): Promise<Growth[]> {
  if (!canGauge) return [];
  await sleep(LINGER);
  const after = gauges(watched);
  const quarter = Math.ceil(samples.length / 4);
  return [...watched.keys()].map((name) => ({
    process: name,
    busy: { before: middle(samples.slice(0, quarter), name), after: middle(samples.slice(-quarter), name) },
    rest: { before: before.get(name) as Gauge, after: after.get(name) as Gauge },
    keptConnections: name === 'unix worker' ? 0 : kept,
  }));
}

function middle(samples: readonly ReadonlyMap<string, Gauge>[], name: string): Gauge {
  const of = (what: keyof Gauge): number => samples.map((sample) => sample.get(name)?.[what] ?? 0).sort((a, b) => a - b)[samples.length >> 1] ?? 0;
  return { memory: of('memory'), descriptors: of('descriptors'), children: of('children') };
}

/** By how much the middle of a process's memory (MiB) and descriptors may differ between two quarters: collections come when they like. */
const NOISE = { memory: 24, descriptors: 12 };
const NOISE_RATIO = 1.2;

/** What is wrong with a run: failures, and processes that hold more than before. */
export function problems({ failures, growth }: SoakReport): string[] {
  const found = [...failures];
  for (const { process: name, busy, rest, keptConnections } of growth) {
    for (const what of ['memory', 'descriptors'] as const) {
      const [first, last] = [busy.before[what], busy.after[what]];
      if (last > first * NOISE_RATIO + NOISE[what]) found.push(`${name}: ${what} grew from ${first.toFixed(0)} to ${last.toFixed(0)}`);
    }
    if (rest.after.descriptors > rest.before.descriptors + keptConnections) found.push(`${name}: ${rest.before.descriptors} descriptors before, ${rest.after.descriptors} after its clients have gone`);
    if (rest.after.children > rest.before.children) found.push(`${name}: ${rest.before.children} children before, ${rest.after.children} after`);
  }
  return found;
}
