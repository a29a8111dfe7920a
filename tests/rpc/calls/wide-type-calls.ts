import { field, int64, RecordBatch, Schema, schemaEquals, utf8 } from 'vgi-gen/runtime/v1';
import { expect } from 'vitest';
import type { ConformanceClient, ContainerWideTypes, DeepNested, WideTypes } from '../../../generated/conformance/ts/index.ts';
import { call, type ConformanceCall } from './conformance-call.ts';

/** One call per value that must give back an equal one. */
const each = <T>(method: string, values: readonly T[], run: (client: ConformanceClient, value: T) => Promise<unknown>): ConformanceCall[] =>
  values.map((value) =>
    call(method, value instanceof Uint8Array ? `[${value.slice(0, 8).join(' ')}] of ${value.length} bytes` : `${value}`.slice(0, 40), async (client) => {
      expect(await run(client, value)).toStrictEqual(value);
    }),
  );

const wideTypes: WideTypes = {
  int8Field: -128,
  int16Field: -32768,
  int32Field: -2147483648,
  uint8Field: 255,
  uint16Field: 65535,
  uint32Field: 4294967295,
  uint64Field: 2n ** 64n - 1n,
  float32Field: Math.fround(0.1),
  dateField: -1,
  timestampField: 1_700_000_000_123_456n,
  timestampUtcField: -1n,
  timeField: 86_399_999_999n,
  durationField: -90_000_000n,
  decimalField: -99_999_999_999_999_999_999n,
  largeStringField: 'größer',
  largeBinaryField: Uint8Array.of(1, 2, 3),
  fixedBinaryField: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 255),
};

const containers: ContainerWideTypes = {
  listDecimal: [12_345n, -1n],
  listDate: [0, 19_000],
  listTimestamp: [1n, -1n],
  optionalDate: 19_000,
  optionalDecimal: 0n,
  optionalTimestamp: 5n,
  dictStrDecimal: new Map([['a', 99_999_999_999_999_999_999n]]),
  frozensetInt: [1n, 2n, 3n],
  listOptionalInt: [1n, null, 3n, null],
};

/** Nulls in fields that the schema declares not null. */
const containersWithNulls: ContainerWideTypes = { ...containers, optionalDate: undefined, optionalDecimal: undefined, optionalTimestamp: undefined };

const deepNested: DeepNested = {
  listOfListsDecimal: [[1n, -2n], [], [3n]],
  optionalListDate: [1, 2],
  dictEncodedString: 'free text',
  listOfDictEncoded: ['b', 'a', 'b', ''],
};

const deepNestedWithNull: DeepNested = { ...deepNested, listOfListsDecimal: [], optionalListDate: undefined, listOfDictEncoded: [] };

const same = <T>(method: string, title: string, value: T, run: (client: ConformanceClient, value: T) => Promise<unknown>): ConformanceCall =>
  call(method, title, async (client) => {
    expect(await run(client, value)).toStrictEqual(value);
  });

export const wideTypeCalls: readonly ConformanceCall[] = [
  ...each('echo_int8', [-128, 0, 127], (client, value) => client.echoInt8({ value })),
  ...each('echo_int16', [-32768, 32767], (client, value) => client.echoInt16({ value })),
  ...each('echo_int32', [-2147483648, 2147483647], (client, value) => client.echoInt32({ value })),
  ...each('echo_uint8', [0, 255], (client, value) => client.echoUint8({ value })),
  ...each('echo_uint16', [0, 65535], (client, value) => client.echoUint16({ value })),
  ...each('echo_uint32', [0, 4294967295], (client, value) => client.echoUint32({ value })),
  ...each('echo_uint64', [0n, 2n ** 63n, 2n ** 64n - 1n], (client, value) => client.echoUint64({ value })),
  ...each('echo_float32', [0.5, Math.fround(0.1), -Infinity], (client, value) => client.echoFloat32({ value })),
  ...each('echo_date', [0, -719_162, 2_932_896], (client, value) => client.echoDate({ value })),
  ...each('echo_timestamp', [0n, -1n, 1_700_000_000_123_456n], (client, value) => client.echoTimestamp({ value })),
  ...each('echo_timestamp_utc', [0n, 1_700_000_000_123_456n], (client, value) => client.echoTimestampUtc({ value })),
  ...each('echo_time', [0n, 86_399_999_999n], (client, value) => client.echoTime({ value })),
  ...each('echo_duration', [0n, -1n, 2n ** 62n], (client, value) => client.echoDuration({ value })),
  ...each('echo_decimal', [0n, -1n, 99_999_999_999_999_999_999n, -99_999_999_999_999_999_999n], (client, value) => client.echoDecimal({ value })),
  ...each('echo_large_string', ['', 'größer', 'x'.repeat(100_000)], (client, value) => client.echoLargeString({ value })),
  ...each('echo_large_binary', [new Uint8Array(0), Uint8Array.of(0, 255)], (client, value) => client.echoLargeBinary({ value })),
  call('echo_large_binary', '4 MiB', async (client) => {
    const value = new Uint8Array(4 * 1024 * 1024);
    for (let i = 0; i < value.length; i++) value[i] = i % 251;
    const answer = await client.echoLargeBinary({ value });
    expect(Buffer.compare(answer, value)).toBe(0);
  }),
  ...each('echo_fixed_binary', [new Uint8Array(8), Uint8Array.of(1, 0, 2, 0, 3, 0, 4, 255)], (client, value) => client.echoFixedBinary({ value })),
  ...each('echo_dict_encoded_string', ['', 'free text'], (client, value) => client.echoDictEncodedString({ value })),

  same('echo_wide_types', 'extremes', wideTypes, (client, data) => client.echoWideTypes({ data })),
  same('echo_container_wide_types', 'everything there', containers, (client, data) => client.echoContainerWideTypes({ data })),
  same('echo_container_wide_types', 'nulls in not-null fields', containersWithNulls, (client, data) => client.echoContainerWideTypes({ data })),
  same('echo_deep_nested', 'everything there', deepNested, (client, data) => client.echoDeepNested({ data })),
  same('echo_deep_nested', 'empty lists and a null list', deepNestedWithNull, (client, data) => client.echoDeepNested({ data })),
  call('echo_embedded_arrow', 'a batch and a schema', async (client) => {
    const metadata = new Map([['note', 'kept']]);
    const schema = new Schema([field('a', int64, true, metadata), field('b', utf8)], metadata);
    const batch = RecordBatch.of(schema, [[1n, null, -3n], ['x', '', 'z']]);
    const answer = await client.echoEmbeddedArrow({ data: { batch, schema } });
    if (!answer) throw new Error('the answer is null');
    expect(schemaEquals(answer.schema, schema)).toBe(true);
    expect([...answer.schema.metadata]).toEqual([['note', 'kept']]);
    expect(schemaEquals(answer.batch.schema, schema)).toBe(true);
    expect(answer.batch.numRows).toBe(3);
    expect([...answer.batch.columnValues('a')]).toEqual([1n, null, -3n]);
    expect([...answer.batch.columnValues('b')]).toEqual(['x', '', 'z']);
  }),
];
