import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpConnection, HttpHandler, type RunningHttpServer, serveHttp } from 'vgi-gen/runtime/http';
import { columnFrom, field, RecordBatch, Schema, structOf, int64 as int64Type } from 'vgi-gen/runtime/v1';
import { type BindRequest, newBindRequest, newCatalogAttachRequest, newInitRequest, newTableBufferingCombineRequest, newTableBufferingProcessRequest, VgiClient, vgiProtocol } from 'vgi-gen/vgi';
import { bufferedTableFunction, type Catalog, DeclaredHandlers, int64, tableInOutFunction, tableInput } from 'vgi-gen/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStorage } from '../../storage/index.ts';

const cancelled: bigint[] = [];

const total = tableInOutFunction({
  name: 'total',
  arguments: { data: tableInput({ n: int64 }) },
  columns: { n: int64 },
  state: () => ({ sum: 0n }),
  map({ data }, { state }) {
    for (const n of data.values('n')) state.sum += n ?? 0n;
    return { n: [state.sum] };
  },
  *finalize(_, { state }) {
    yield { n: [state.sum, -1n] };
  },
  onCancel: (_, { state }) => void cancelled.push(state.sum),
});

const reversed = bufferedTableFunction({
  name: 'reversed',
  arguments: { data: tableInput({ n: int64 }) },
  columns: { n: int64 },
  async process({ data }, { buffer }) {
    const key = String(data.values('n')[0]);
    await buffer('rows', key).append(data);
    return key;
  },
  combine: (_, { stateIds }) => [...stateIds].sort(Buffer.compare).reverse(),
  finalize: (_, { buffer, finalizeId }) => buffer('rows', finalizeId),
});

const catalog: Catalog = { name: 'rows', schemas: { main: { functions: [total, reversed] } } };
const folder = mkdtempSync(join(tmpdir(), 'vgi-gen-substreams-'));
const location = `sqlite:${join(folder, 'storage.db')}`;
const storage = openStorage(location);

let running: RunningHttpServer;
let handlers: HttpHandler[];
let client: VgiClient;
let requests = 0;
/** The worker that a generator runs in: its stream goes on there only. */
let pinned: number | undefined;

// Two workers that know nothing of each other take the requests in turn.
beforeAll(async () => {
  const tokenKey = randomBytes(32);
  handlers = [0, 1].map(() => new HttpHandler([{ protocol: vgiProtocol, handlers: new DeclaredHandlers([catalog], { storage: location }) }], { tokenKey, callCacheEntries: 0 }));
  running = await serveHttp({ handle: (request) => (handlers[pinned ?? requests++ % 2] as HttpHandler).handle(request), graceMs: 100 });
  client = new VgiClient(new HttpConnection({ url: `http://127.0.0.1:${running.port}` }));
});

afterAll(async () => {
  running.stop();
  await running.stopped;
  for (const handler of handlers) await handler.close();
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

const inputSchema = new Schema([field('n', int64Type, true)]);
const noArguments = RecordBatch.of(new Schema([field('args', structOf([]), true)]), [columnFrom(structOf([]), [{}])], { numRows: 1 });
const batchOf = (...values: bigint[]): RecordBatch => RecordBatch.of(inputSchema, [BigInt64Array.from(values)], { numRows: values.length });
const numbers = (batch: RecordBatch | undefined): unknown[] => (batch ? [...batch.columnValues('n')] : ['no batch']);

async function bound(functionName: string): Promise<{ bindCall: BindRequest; outputSchema: Schema }> {
  const { attachOpaqueData } = await client.catalogAttach(newCatalogAttachRequest({ name: 'rows' }));
  const bindCall = newBindRequest({ functionName, functionType: 'TABLE', schemaPath: ['main'], attachOpaqueData, arguments: noArguments, inputSchema });
  const { outputSchema } = await client.bind(bindCall);
  return { bindCall, outputSchema };
}

it('keeps the state of a substream for its end, wherever its requests go', async () => {
  const call = await bound('total');
  const substreams = [randomBytes(16), randomBytes(16)];
  const inputs = await Promise.all(substreams.map((substreamId) => client.init(newInitRequest({ ...call, phase: 'INPUT', substreamId }))));
  for (const [index, input] of inputs.entries()) {
    expect(numbers(await input.exchange(batchOf(1n, 2n)))).toEqual([3n]);
    expect(numbers(await input.exchange(batchOf(BigInt(index) * 10n)))).toEqual([3n + BigInt(index) * 10n]);
    await input.close();
  }
  for (const [index, input] of inputs.entries()) {
    pinned = index;
    const rest = await client.init(newInitRequest({ ...call, phase: 'FINALIZE', substreamId: substreams[index], executionId: input.header.executionId }));
    expect(numbers(await rest.tick())).toEqual([3n + BigInt(index) * 10n, -1n]);
    expect(await rest.tick()).toBeUndefined();
  }
  pinned = undefined;
  expect((await storage.counts()).states).toBe(0);
});

it('says so if the state of a substream is not known', async () => {
  const call = await bound('total');
  const init = client.init(newInitRequest({ ...call, phase: 'FINALIZE', substreamId: randomBytes(16), executionId: randomBytes(16) }));
  await expect(init.then((stream) => stream.tick())).rejects.toThrow(/total: the state of this substream is not known/);
});

it('runs the cancel hook with the state', async () => {
  const call = await bound('total');
  const input = await client.init(newInitRequest({ ...call, phase: 'INPUT', substreamId: randomBytes(16) }));
  await input.exchange(batchOf(40n));
  await input.exchange(batchOf(2n));
  await input.cancel();
  expect(cancelled).toEqual([42n]);
});

it('takes the input of a buffered function in any process, and leaves nothing behind', async () => {
  const call = await bound('reversed');
  const opened = await client.init(newInitRequest({ ...call, phase: 'TABLE_BUFFERING' }));
  const { executionId } = opened.header;
  await opened.close();
  const request = { functionName: 'reversed', schemaPath: ['main'], executionId, attachOpaqueData: call.bindCall.attachOpaqueData };
  const ids = [];
  for (const inputBatch of [batchOf(1n, 2n), batchOf(5n), batchOf(3n)]) ids.push((await client.tableBufferingProcess(newTableBufferingProcessRequest({ ...request, inputBatch }))).stateId);
  expect(ids.map((id) => Buffer.from(id).toString())).toEqual(['1', '5', '3']);
  // DuckDB names some of the states only.
  const { finalizeStateIds } = await client.tableBufferingCombine(newTableBufferingCombineRequest({ ...request, stateIds: ids.slice(2) }));
  const read: unknown[] = [];
  for (const [index, finalizeStateId] of finalizeStateIds.entries()) {
    pinned = index % 2;
    const part = await client.init(newInitRequest({ ...call, phase: 'TABLE_BUFFERING_FINALIZE', executionId, finalizeStateId }));
    for (let batch = await part.tick(); batch; batch = await part.tick()) read.push(...numbers(batch));
  }
  pinned = undefined;
  expect(read).toEqual([5n, 3n, 1n, 2n]);
  await client.tableBufferingDestructor(request);
  expect(await storage.counts()).toEqual({ scopes: 0, states: 0, counters: 0, logItems: 0, queueItems: 0 });
  const process = client.tableBufferingProcess(newTableBufferingProcessRequest({ ...request, executionId: randomBytes(16), inputBatch: batchOf(1n) }));
  await expect(process).rejects.toThrow(/reversed: this execution is not known/);
});

it('opens a stored request for nobody else', async () => {
  const call = await bound('reversed');
  const opened = await client.init(newInitRequest({ ...call, phase: 'TABLE_BUFFERING' }));
  const { executionId } = opened.header;
  const other = (await bound('reversed')).bindCall;
  const steps = [0, 1].map(() => client.tableBufferingProcess(newTableBufferingProcessRequest({ functionName: 'reversed', executionId, attachOpaqueData: other.attachOpaqueData, inputBatch: batchOf(1n) })));
  // One of the two workers opened the execution, the other one reads its request from the storage.
  expect((await Promise.allSettled(steps)).map(({ status }) => status)).toContain('rejected');
  await client.tableBufferingDestructor({ functionName: 'reversed', executionId });
});
