import { field, float64, int64, RecordBatch, Schema } from 'vgi-gen/runtime/v1';
import { expect } from 'vitest';
import { batchesOf, call, type ConformanceCall, failure, plain } from './conformance-call.ts';

const points = [
  { x: 1, y: 2 },
  { x: 3, y: 4 },
];

const withMetadata = (entries: readonly (readonly [string, string])[]): RecordBatch =>
  RecordBatch.of(new Schema([field('value', float64, true)]), [[1]]).withMetadata(new Map(entries));

/** What the service has since version 2.0.0, whose requests carry the routing key. */
export const routedCalls: readonly ConformanceCall[] = [
  call('echo_optional_point', 'a point and none', async (client) => {
    expect(await client.echoOptionalPoint({ point: points[0] })).toEqual(points[0]);
    expect(await client.echoOptionalPoint({ point: undefined })).toBeUndefined();
  }),
  call('echo_annotated_optional_int', 'a number and none', async (client) => {
    expect(await client.echoAnnotatedOptionalInt({ value: -(2 ** 31) })).toBe(-(2 ** 31));
    expect(await client.echoAnnotatedOptionalInt({ value: undefined })).toBeUndefined();
  }),
  call('echo_outer_optional_non_null', 'a number', async (client) => {
    expect(await client.echoOuterOptionalNonNull({ value: 23 })).toBe(23);
  }),
  call('echo_status_list', 'members, repeated and none', async (client) => {
    expect(await client.echoStatusList({ statuses: ['CLOSED', 'ACTIVE', 'CLOSED'] })).toEqual(['CLOSED', 'ACTIVE', 'CLOSED']);
    expect(await client.echoStatusList({ statuses: [] })).toEqual([]);
  }),
  call('pack_nested_containers', 'enums and records in containers', async (client) => {
    const statusByName = new Map([['a', 'ACTIVE'], ['c', 'CLOSED']] as const);
    const { taggedBatch, frozenStatuses, ...packed } = await client.packNestedContainers({ statuses: ['ACTIVE', 'CLOSED'], points, statusByName });
    expect([...frozenStatuses].sort()).toEqual(['ACTIVE', 'CLOSED']);
    expect(packed).toEqual({ statuses: ['ACTIVE', 'CLOSED'], points, statusByName, taggedStatus: 'ACTIVE', taggedPoint: points[0] });
    expect([taggedBatch?.schema.fields[0]?.type, Array.from(taggedBatch?.columnValues('value') ?? [])]).toEqual([int64, [1n, 2n]]);
  }),
  call('pack_nested_containers', 'of nothing', async (client) => {
    const packed = await client.packNestedContainers({ statuses: [], points: [], statusByName: new Map() });
    expect(packed).toMatchObject({ statuses: [], points: [], frozenStatuses: [] });
    expect([packed.taggedStatus, packed.taggedPoint]).toEqual([undefined, undefined]);
  }),
  call('published_string', 'needs a storage', async (client) => {
    const error = await failure(client.publishedString({ value: 'x', includeSha256: true }));
    expect([error.type, error.message]).toEqual(['RuntimeError', 'published_string requires external storage']);
  }),
  call('produce_tick_metadata', 'one batch a tick', async (client) => {
    const batches = await batchesOf(await client.produceTickMetadata({ count: 2n }));
    expect(batches).toEqual([{ index: [0n], seen: [''] }, { index: [1n], seen: [''] }]);
  }),
  call('produce_annotated_batches', 'numbers of batch and row', async (client) => {
    const batches = await batchesOf(await client.produceAnnotatedBatches({ count: 2n, rowsPerBatch: 2n }));
    expect(batches).toEqual([{ value: [0n, 1n] }, { value: [1_000_000n, 1_000_001n] }]);
  }),
  call('exchange_input_metadata', 'of each turn its own', async (client) => {
    const exchange = await client.exchangeInputMetadata();
    const turn = async (batch: RecordBatch): Promise<object> => plain(await exchange.exchange(batch as never));
    expect(await turn(withMetadata([['vgi.conformance.input', 'first'], ['other', 'x']]))).toEqual({ seen: ['first'], keys: ['other,vgi.conformance.input'] });
    expect(await turn(withMetadata([['vgi.conformance.input', '\u00fc\u03bb']]))).toEqual({ seen: ['\u00fc\u03bb'], keys: ['vgi.conformance.input'] });
    expect(await turn(withMetadata([]))).toEqual({ seen: [''], keys: [''] });
    await exchange.close();
  }),
];
