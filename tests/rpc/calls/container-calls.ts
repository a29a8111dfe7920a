import { expect } from 'vitest';
import type { AllTypes, ConformanceClient, Status } from '../../../generated/conformance/ts/index.ts';
import { call, type ConformanceCall } from './conformance-call.ts';

const statuses: readonly Status[] = ['PENDING', 'ACTIVE', 'CLOSED'];

const allTypes: AllTypes = {
  strField: 'text',
  bytesField: Uint8Array.of(0, 255),
  intField: -(2n ** 63n),
  floatField: -0,
  boolField: true,
  listOfInt: [1n, 2n ** 63n - 1n],
  listOfStr: ['', 'b'],
  dictField: new Map([
    ['z', 1n],
    ['a', 2n],
  ]),
  enumField: 'CLOSED',
  nestedPoint: { x: 1, y: -1 },
  optionalStr: '',
  optionalInt: 0n,
  optionalNested: { x: 0, y: 0 },
  listOfNested: [
    { x: 1, y: 2 },
    { x: 3, y: 4 },
  ],
  annotatedInt32: -2147483648,
  annotatedFloat32: 0.5,
  nestedList: [[1n], [], [2n, 3n]],
  dictStrStr: new Map([['k', '']]),
};

const withNulls: AllTypes = { ...allTypes, optionalStr: undefined, optionalInt: undefined, optionalNested: undefined };

const empty: AllTypes = {
  ...withNulls,
  strField: '',
  bytesField: new Uint8Array(0),
  boolField: false,
  listOfInt: [],
  listOfStr: [],
  dictField: new Map(),
  listOfNested: [],
  nestedList: [],
  dictStrStr: new Map(),
};

/** A call that must give back an equal value. */
const same = (method: string, title: string, value: unknown, run: (client: ConformanceClient) => Promise<unknown>): ConformanceCall =>
  call(method, title, async (client) => {
    expect(await run(client)).toStrictEqual(value);
  });

const list = (values: string[]): ConformanceCall => same('echo_list', `${values.length} items`, values, (client) => client.echoList({ values }));
const matrix = (rows: bigint[][]): ConformanceCall =>
  same('echo_nested_list', `${rows.length} rows`, rows, (client) => client.echoNestedList({ matrix: rows }));

/** Entry order counts, which equality of maps does not look at. */
const dict = (entries: [string, bigint][]): ConformanceCall =>
  call('echo_dict', `${entries.length} entries`, async (client) => {
    const mapping = await client.echoDict({ mapping: new Map(entries) });
    expect([...mapping]).toStrictEqual(entries);
  });

export const containerCalls: readonly ConformanceCall[] = [
  ...statuses.map((status) => same('echo_enum', status, status, (client) => client.echoEnum({ status }))),
  list([]),
  list(['only']),
  list(['', 'b', 'ü']),
  list(Array.from({ length: 10_000 }, (_, i) => `item ${i}`)),
  dict([]),
  dict([['z', -1n]]),
  dict([
    ['z', 1n],
    ['a', 2n ** 63n - 1n],
    ['', 0n],
  ]),
  dict(Array.from({ length: 1_000 }, (_, i): [string, bigint] => [`key ${999 - i}`, BigInt(i)])),
  matrix([]),
  matrix([[]]),
  matrix([[1n, 2n], [], [3n]]),

  same('echo_point', 'values', { x: 1.5, y: -2.5 }, (client) => client.echoPoint({ point: { x: 1.5, y: -2.5 } })),
  call('echo_point', 'negative zero and NaN', async (client) => {
    const point = await client.echoPoint({ point: { x: -0, y: NaN } });
    expect(point && [Object.is(point.x, -0), Number.isNaN(point.y)]).toEqual([true, true]);
  }),
  same('echo_bounding_box', 'values', { topLeft: { x: 0, y: 1 }, bottomRight: { x: 2, y: 3 }, label: 'box' }, (client) =>
    client.echoBoundingBox({ box: { topLeft: { x: 0, y: 1 }, bottomRight: { x: 2, y: 3 }, label: 'box' } }),
  ),
  same('echo_all_types', 'everything there', allTypes, (client) => client.echoAllTypes({ data: allTypes })),
  same('echo_all_types', 'nulls', withNulls, (client) => client.echoAllTypes({ data: withNulls })),
  same('echo_all_types', 'empty containers', empty, (client) => client.echoAllTypes({ data: empty })),
  same('inspect_point', 'spells numbers as Python does', 'Point(1.5, 2.0)', (client) => client.inspectPoint({ point: { x: 1.5, y: 2 } })),
  same('inspect_point', 'spells large and small numbers as Python does', 'Point(1e+16, -1e-05)', (client) => client.inspectPoint({ point: { x: 1e16, y: -1e-5 } })),
];
