import { expect, test } from 'vitest';
import * as v from '../../runtime/v1.ts';
import { damage, seededRandom } from '../arrow/random.ts';
import { testCodec } from './layouts.ts';

const { field, optional, required, Schema } = v;
const item = (type: v.DataType): v.Field => field('item', type, true);

interface Everything {
  readonly text: string;
  readonly count: bigint | undefined;
  readonly flag: boolean;
  readonly tags: ReadonlyMap<string, string>;
  readonly names: readonly (string | null)[];
  readonly kind: 'A' | 'B';
  readonly words: readonly string[];
  readonly point: { readonly x: number; readonly label: string | undefined } | undefined;
  readonly pairs: readonly (readonly bigint[])[];
  readonly schema: v.Schema;
  readonly batch: v.RecordBatch | undefined;
  readonly inner: Everything | undefined;
}

const codec: v.RecordCodec<Everything> = testCodec<Everything>(
  'Everything',
  new Schema([
    field('text', v.utf8),
    field('count', v.int64, true),
    field('flag', v.bool),
    field('tags', v.mapOf(field('key', v.utf8), field('value', v.utf8, true))),
    field('names', v.listOf(item(v.utf8))),
    field('kind', v.dictionaryOf(v.int16, v.utf8)),
    field('words', v.listOf(item(v.dictionaryOf(v.int16, v.utf8)))),
    field('point', v.structOf([field('x', v.float64), field('label', v.utf8, true)]), true),
    field('pairs', v.listOf(item(v.fixedListOf(item(v.int64), 2)))),
    field('schema', v.binary),
    field('batch', v.largeBinary, true),
    field('inner', v.binary, true),
  ]),
  {
    text: required(v.utf8Value),
    count: optional(v.int64Value),
    flag: required(v.boolValue),
    tags: required(v.mapValue(v.utf8Value, v.utf8Value)),
    names: required(v.listValue(v.nullable(v.utf8Value))),
    kind: required(v.enumValue(['A', 'B'])),
    words: required(v.listValue(v.dictionaryValue)),
    point: optional(v.structValue<{ readonly x: number; readonly label: string | undefined }>({ columns: { x: required(v.float64Value), label: optional(v.utf8Value) } })),
    pairs: required(v.listValue(v.fixedListValue(v.int64Value, 2))),
    schema: required(v.schemaValue),
    batch: optional(v.largeBatchValue),
    inner: optional(v.ipcValue(() => codec)),
  },
  { dictionaries: { kind: ['A', 'B'] } },
);

const plain = new Schema([field('a', v.int32)]);
const value = (inner: Everything | undefined): Everything => ({
  text: 'some text that is longer than twelve',
  count: 5n,
  flag: true,
  tags: new Map([['a', 'b']]),
  names: ['x', null, 'y'],
  kind: 'B',
  words: ['p', 'q', 'p'],
  point: { x: 1, label: undefined },
  pairs: [[1n, 2n]],
  schema: plain,
  batch: v.RecordBatch.of(plain, [[1, 2]]),
  inner,
});

/** The same record as another writer would lay it out. */
const foreign = (() => {
  const dictionary = v.dictionaryOf(v.int32, v.largeUtf8);
  const schema = new Schema([field('kind', dictionary), field('extra', v.listOf(item(v.bool)), true), ...codec.schema.fields.filter(({ name }) => name !== 'kind')]);
  const own = v.RecordBatch.fromIpc(codec.encode(value(undefined)));
  return v.RecordBatch.of(schema, schema.fields.map(({ name }) => (name === 'kind' ? ['A'] : name === 'extra' ? [[true]] : own.column(name)))).toIpc();
})();

test.each([
  ['own', codec.encode(value(value(undefined)))],
  ['with metadata', codec.encodeCall(value(undefined), [['k', 'v']])],
  ['foreign', foreign],
])('damaged records (%s) give a record or a CodecError, never anything else', (_name, bytes) => {
  const random = seededRandom(4);
  const codes = new Set<string>();
  for (let i = 0; i < 4000; i++) {
    const damaged = damage(bytes, random);
    try {
      const read = i % 2 === 0 ? codec.decode(damaged) : codec.decodeMessages(v.splitIpcStream(damaged));
      expect(typeof read.text).toBe('string');
      codes.add('fine');
    } catch (error) {
      if (!(error instanceof v.CodecError) && !(error instanceof v.ArrowError)) throw error;
      codes.add(error.code);
    }
  }
  expect([...codes]).toEqual(expect.arrayContaining(['fine', 'not-ipc', 'field-missing', 'type-mismatch', 'row-count']));
});
