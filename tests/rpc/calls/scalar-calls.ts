import { expect } from 'vitest';
import type { ConformanceClient } from '../../../generated/conformance/ts/index.ts';
import { call, type ConformanceCall } from './conformance-call.ts';

const texts: Readonly<Record<string, string>> = {
  empty: '',
  ascii: 'hello',
  emoji: '👋🌍 👩‍👩‍👧',
  'Chinese and Japanese': '漢字かな',
  'right to left': 'שלום עולם',
  'U+0000 inside': 'a\0b',
  escapes: '\t\n\r"\\',
  '10,000 characters': 'x'.repeat(10_000),
};

const floats: readonly number[] = [0, -0, 1.5, -1e300, 1.7976931348623157e308, 5e-324, 2.2250738585072009e-308, Infinity, -Infinity, NaN];

const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);

/** A call of an echo method that must give back the very value. */
const echo = (method: string, title: string, run: (client: ConformanceClient) => Promise<unknown>, value: unknown): ConformanceCall =>
  call(method, title, async (client) => {
    expect(Object.is(await run(client), value), `${String(value)} came back changed`).toBe(true);
  });

export const scalarCalls: readonly ConformanceCall[] = [
  ...Object.entries(texts).map(([title, value]) => echo('echo_string', title, (client) => client.echoString({ value }), value)),
  ...[0n, -1n, 42n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)].map((value) => echo('echo_int', `${value}`, (client) => client.echoInt({ value }), value)),
  ...floats.map((value) => echo('echo_float', Object.is(value, -0) ? '-0' : `${value}`, (client) => client.echoFloat({ value }), value)),
  ...[true, false].map((value) => echo('echo_bool', `${value}`, (client) => client.echoBool({ value }), value)),
  ...[new Uint8Array(0), everyByte, new Uint8Array(100_000).fill(0xff)].map((data) =>
    call('echo_bytes', `${data.length} bytes`, async (client) => {
      expect(await client.echoBytes({ data })).toEqual(data);
    }),
  ),

  call('void_noop', 'answers nothing', async (client) => {
    expect(await client.voidNoop()).toBeUndefined();
  }),
  call('void_with_param', 'answers nothing', async (client) => {
    expect(await client.voidWithParam({ value: 7n })).toBeUndefined();
  }),

  ...['text', ''].map((value) => echo('echo_optional_string', `"${value}"`, (client) => client.echoOptionalString({ value }), value)),
  echo('echo_optional_string', 'null', (client) => client.echoOptionalString({ value: undefined }), undefined),
  ...[5n, 0n].map((value) => echo('echo_optional_int', `${value}`, (client) => client.echoOptionalInt({ value }), value)),
  echo('echo_optional_int', 'null', (client) => client.echoOptionalInt({ value: undefined }), undefined),
  call('echo_optional_string', 'absent and present in turn', async (client) => {
    for (let i = 0; i < 60; i++) {
      const value = i % 2 === 0 ? undefined : `value ${i}`;
      expect(await client.echoOptionalString({ value })).toBe(value);
    }
  }),

  echo('add_floats', 'adds', (client) => client.addFloats({ a: 1.5, b: -4 }), -2.5),
  echo('concatenate', 'default separator', (client) => client.concatenate({ prefix: 'a', suffix: 'b' }), 'a-b'),
  echo('concatenate', 'separator given', (client) => client.concatenate({ prefix: 'a', suffix: 'b', separator: '' }), 'ab'),
  echo('with_defaults', 'all defaults', (client) => client.withDefaults({ required: 1n }), 'required=1, optional_str=default, optional_int=42'),
  echo('with_defaults', 'no default', (client) => client.withDefaults({ required: -1n, optionalStr: 's', optionalInt: 0n }), 'required=-1, optional_str=s, optional_int=0'),
];
