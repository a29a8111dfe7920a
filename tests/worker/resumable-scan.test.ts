import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpConnection, HttpHandler, type RunningHttpServer, serveHttp } from 'vgi-gen/runtime/http';
import { columnFrom, field, RecordBatch, Schema, structOf, int64 as int64Type } from 'vgi-gen/runtime/v1';
import { newBindRequest, newCatalogAttachRequest, newInitRequest, VgiClient, vgiProtocol } from 'vgi-gen/vgi';
import { type Catalog, constant, DeclaredHandlers, int64, tableFunction } from 'vgi-gen/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStorage } from '../../storage/index.ts';

const cancelled: bigint[] = [];
let started = 0;

const countdown = tableFunction({
  name: 'countdown',
  arguments: { from: constant(int64) },
  columns: { n: int64 },
  cache: { ttl: 60 },
  start: ({ from }) => {
    started++;
    return { next: from };
  },
  next: (state) => (state.next < 0n ? undefined : { n: [state.next--] }),
  onCancel: (_args, _context, state) => void cancelled.push(state?.next ?? -1n),
});

const inItems = tableFunction({
  name: 'in_items',
  arguments: { items: constant(int64) },
  columns: { n: int64 },
  batchIndex: true,
  plan: ({ items }) => Array.from({ length: Number(items) }, (_, index) => BigInt(index) * 10n),
  start: (_, { item }) => ({ next: item }),
  next: (state, _, { item }) => (state.next === item + 3n ? undefined : { n: [state.next++] }),
});

const catalog: Catalog = { name: 'resumable', schemas: { main: { functions: [countdown, inItems] } } };
const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-resumable-'));
const location = `sqlite:${join(folder, 'storage.db')}`;
const storage = openStorage(location);

let running: RunningHttpServer;
let handlers: HttpHandler[];
let client: VgiClient;
/** Requests that were served. */
let requests = 0;

// Two workers that know nothing of each other take the requests in turn.
beforeAll(async () => {
  const tokenKey = randomBytes(32);
  handlers = [0, 1].map(() => new HttpHandler([{ protocol: vgiProtocol, handlers: new DeclaredHandlers([catalog], { storage: location }) }], { tokenKey, callCacheEntries: 0 }));
  running = await serveHttp({ handle: (request) => (handlers[requests++ % 2] as HttpHandler).handle(request), graceMs: 100 });
  client = new VgiClient(new HttpConnection({ url: `http://127.0.0.1:${running.port}` }));
});

afterAll(async () => {
  running.stop();
  await running.stopped;
  for (const handler of handlers) await handler.close();
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const argumentsOf = (value: bigint): RecordBatch => {
  const type = structOf([field('positional_0', int64Type, true)]);
  return RecordBatch.of(new Schema([field('args', type, true)]), [columnFrom(type, [{ positional_0: value }])], { numRows: 1 });
};

async function scan(functionName: string, argument: bigint): Promise<Awaited<ReturnType<VgiClient['init']>>> {
  const { attachOpaqueData } = await client.catalogAttach(newCatalogAttachRequest({ name: 'resumable' }));
  const bindCall = newBindRequest({ functionName, functionType: 'TABLE', schemaPath: ['main'], attachOpaqueData, arguments: argumentsOf(argument) });
  const { outputSchema, opaqueData } = await client.bind(bindCall);
  return client.init(newInitRequest({ bindCall, outputSchema, bindOpaqueData: opaqueData }));
}

const numbers = (batch: RecordBatch): unknown[] => [...batch.columnValues('n')];

it('goes on in another process from the state that the client brings', async () => {
  const before = requests;
  const stream = await scan('countdown', 5n);
  const read: unknown[] = [];
  const told: boolean[] = [];
  for (let batch = await stream.tick(); batch; batch = await stream.tick()) {
    read.push(...numbers(batch));
    told.push(batch.metadata.has('vgi.cache.ttl'));
  }
  expect(read).toEqual([5n, 4n, 3n, 2n, 1n, 0n]);
  expect(told).toEqual([true, false, false, false, false, false]);
  expect(requests - before).toBeGreaterThan(6);
  expect(started).toBe(1);
});

it('runs the cancel hook with the state', async () => {
  const stream = await scan('countdown', 9n);
  await stream.tick();
  await stream.tick();
  await stream.cancel();
  expect(cancelled).toEqual([7n]);
});

it('takes items of the plan wherever it runs, and leaves nothing behind', async () => {
  const stream = await scan('in_items', 4n);
  const read: unknown[] = [];
  const indexes = new Set<string | undefined>();
  for (let batch = await stream.tick(); batch; batch = await stream.tick()) {
    read.push(...numbers(batch));
    indexes.add(batch.metadata.get('vgi_batch_index'));
  }
  expect(read).toEqual([0n, 1n, 2n, 10n, 11n, 12n, 20n, 21n, 22n, 30n, 31n, 32n]);
  expect([...indexes]).toEqual(['0', '1', '2', '3']);
  expect(await storage.counts()).toEqual({ scopes: 0, states: 0, counters: 0, logItems: 0, queueItems: 0 });
});
