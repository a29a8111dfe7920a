import { describe, expect, test } from 'vitest';
import * as v from '../../runtime/v1.ts';
import { testCodec } from './layouts.ts';

const { field, optional, required, Schema } = v;
const item = (type: v.DataType, nullable = true): v.Field => field('item', type, nullable);

interface Info {
  readonly name: string;
  readonly comment: string | undefined;
  readonly count: bigint | undefined;
}

const infoSchema = new Schema([field('name', v.utf8), field('comment', v.utf8, true), field('count', v.int64)]);
const infoColumns = { name: required(v.utf8Value), comment: optional(v.utf8Value), count: v.carriesNull(v.int64Value) };
const byName = testCodec<Info>('Info', infoSchema, infoColumns);
const exact = testCodec<Info>('Info', infoSchema, infoColumns, { contract: 'exact' });

const stream = (fields: readonly v.Field[], rows: readonly (readonly unknown[])[], numRows?: number): Uint8Array => v.RecordBatch.of(new Schema(fields), rows, { numRows }).toIpc();
const errorOf = (call: () => unknown): v.CodecError => {
  try {
    call();
  } catch (error) {
    if (error instanceof v.CodecError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('by name', () => {
  const name = field('name', v.utf8);
  const comment = field('comment', v.utf8, true);
  const count = field('count', v.int64);

  test('order is free, unknown columns are passed over, nullability may differ', () => {
    const extra = field('tags', v.mapOf(field('key', v.utf8), field('value', v.utf8, true)), true);
    const fields = [extra, field('count', v.int64, true), field('kind', v.dictionaryOf(v.int8, v.utf8)), field('comment', v.utf8), field('name', v.utf8, true)];
    expect(byName.decode(stream(fields, [[new Map([['a', 'b']])], [7n], ['K'], ['c'], ['n']]))).toEqual({ name: 'n', comment: 'c', count: 7n });
  });

  test('a column that may be null may be missing', () => {
    expect(byName.decode(stream([name], [['n']]))).toEqual({ name: 'n', comment: undefined, count: undefined });
  });

  test('a column that is not null may not', () => {
    expect(() => byName.decode(stream([comment, count], [['c'], [1n]]))).toThrow('[field-missing] Info: record has no column "name" (got: comment, count)');
    expect(() => byName.decode(stream([], [], 1))).toThrow('[field-missing] Info: record has no column "name" (got: no columns)');
  });

  test('another type is an error', () => {
    expect(() => byName.decode(stream([field('name', v.binary)], [[new Uint8Array(1)]]))).toThrow('[type-mismatch] Info: column "name" is binary, expected utf8');
    expect(() => byName.decode(stream([name, field('count', v.int32)], [['n'], [1]]))).toThrow('[type-mismatch] Info: column "count" is int32, expected int64');
  });

  test('a null in a column that is not null is an error', () => {
    expect(() => byName.decode(stream([field('name', v.utf8, true)], [[null]]))).toThrow('[unexpected-null] Info: column "name" must not be null');
  });

  test.each([
    ['large_utf8', v.largeUtf8],
    ['dictionary<int8, utf8>', v.dictionaryOf(v.int8, v.utf8)],
    ['dictionary<uint32, large_utf8>', v.dictionaryOf(v.uint32, v.largeUtf8)],
    ['dictionary<int64, utf8>', v.dictionaryOf(v.int64, v.utf8)],
  ])('text may come as %s', (_name, type) => {
    expect(byName.decode(stream([field('name', type), field('comment', type, true)], [['grüße'], [null]]))).toEqual({ name: 'grüße', comment: undefined, count: undefined });
  });

  test('enums come as any dictionary or as text, by name or other spelling', () => {
    const codec = testCodec<{ kind: string; kinds: readonly string[] }>(
      'Kinds',
      new Schema([field('kind', v.dictionaryOf(v.int16, v.utf8)), field('kinds', v.listOf(item(v.dictionaryOf(v.int16, v.utf8))))]),
      { kind: required(v.enumValue(['TABLE', 'VIEW'], { view: 'VIEW' })), kinds: required(v.listValue(v.enumValue(['TABLE', 'VIEW'], { view: 'VIEW' }))) },
      { dictionaries: { kind: ['TABLE', 'VIEW'], 'kinds.item': ['TABLE', 'VIEW'] } },
    );
    for (const type of [v.utf8, v.largeUtf8, v.dictionaryOf(v.int8, v.utf8), v.dictionaryOf(v.uint64, v.largeUtf8)]) {
      const sent = stream([field('kind', type), field('kinds', v.largeListOf(item(type)))], [['view'], [['VIEW', 'TABLE', 'view']]]);
      expect(codec.decode(sent)).toEqual({ kind: 'VIEW', kinds: ['VIEW', 'TABLE', 'VIEW'] });
      expect(() => codec.decode(stream([field('kind', type), field('kinds', v.listOf(item(type)))], [['MACRO'], [[]]]))).toThrow(
        '[unknown-enum-member] Kinds: column "kind" is "MACRO", expected one of TABLE, VIEW',
      );
    }
    expect(() => codec.encode({ kind: 'view', kinds: [] })).toThrow('[unknown-enum-member] Kinds: column "kind" is "view", expected one of TABLE, VIEW');
    expect(() => codec.encode({ kind: 'VIEW', kinds: ['x'] })).toThrow('[unknown-enum-member] Kinds: column "kinds.item" is "x", expected one of TABLE, VIEW');
  });

  test('bytes and lists come with either width of offsets', () => {
    const codec = testCodec<{ data: Uint8Array; names: readonly string[] }>('Wide', new Schema([field('data', v.binary), field('names', v.listOf(item(v.utf8)))]), {
      data: required(v.binaryValue),
      names: required(v.listValue(v.utf8Value)),
    });
    const sent = stream([field('data', v.largeBinary), field('names', v.largeListOf(field('element', v.largeUtf8)))], [[Uint8Array.of(1, 2)], [['a', 'b']]]);
    expect(codec.decode(sent)).toEqual({ data: Uint8Array.of(1, 2), names: ['a', 'b'] });
  });

  test('struct members are found by name', () => {
    const codec = testCodec<{ p: { x: number; label: string | undefined } }>('Points', new Schema([field('p', v.structOf([field('x', v.float64), field('label', v.utf8, true)]))]), {
      p: required(v.structValue<{ x: number; label: string | undefined }>({ columns: { x: required(v.float64Value), label: optional(v.utf8Value) } })),
    });
    const point = (fields: readonly v.Field[], value: object): Uint8Array => stream([field('p', v.structOf(fields))], [[value]]);
    const x = field('x', v.float64, true);
    expect(codec.decode(point([field('z', v.listOf(item(v.utf8)), true), field('label', v.utf8), x], { z: ['q'], label: 'l', x: 1 }))).toEqual({ p: { x: 1, label: 'l' } });
    expect(codec.decode(point([x], { x: 2 }))).toEqual({ p: { x: 2, label: undefined } });
    expect(() => codec.decode(point([field('label', v.utf8)], { label: 'l' }))).toThrow('[field-missing] Points: struct "p" has no member "x" (got: label)');
    expect(() => codec.decode(point([x], { x: null }))).toThrow('[unexpected-null] Points: column "p.x" must not be null');
  });

  test('nulls among items are an error unless they mean something', () => {
    const codec = testCodec<{ names: readonly string[] }>('Names', new Schema([field('names', v.listOf(item(v.utf8)))]), { names: required(v.listValue(v.utf8Value)) });
    expect(() => codec.decode(stream([field('names', v.listOf(item(v.utf8)))], [[['a', null]]]))).toThrow('[unexpected-null] Names: column "names.item" must not be null');
    expect(() => codec.encode({ names: ['a', null as unknown as string] })).toThrow('[unexpected-null] Names: column "names.item" must not be null');
  });
});

describe('exact', () => {
  const fields = infoSchema.fields as readonly [v.Field, v.Field, v.Field];
  const row = [['n'], ['c'], [1n]];

  test('the same schema is read, metadata and names of list items aside', () => {
    const withMetadata = v.RecordBatch.of(new Schema(fields, new Map([['k', 'v']])), row);
    expect(exact.decode(withMetadata.toIpc())).toEqual({ name: 'n', comment: 'c', count: 1n });
    const lists = testCodec<{ l: readonly string[] }>('Lists', new Schema([field('l', v.listOf(item(v.utf8)))]), { l: required(v.listValue(v.utf8Value)) }, { contract: 'exact' });
    expect(lists.decode(stream([field('l', v.listOf(field('element', v.utf8, true)))], [[['a']]]))).toEqual({ l: ['a'] });
    expect(() => lists.decode(stream([field('l', v.listOf(item(v.utf8, false)))], [[['a']]]))).toThrow('[type-mismatch] Lists: column "l" is list<utf8!>, expected list<utf8>');
  });

  test.each([
    ['field-missing', fields.slice(0, 2), 'record has no column "count" (got: name, comment)'],
    ['field-unexpected', [...fields, field('more', v.bool)], 'record has column "more", which it must not have (expected: name, comment, count)'],
    ['order-mismatch', [fields[1], fields[0], fields[2]], 'column 0 is "comment", expected "name" (expected order: name, comment, count)'],
    ['type-mismatch', [fields[0], field('comment', v.largeUtf8, true), fields[2]], 'column "comment" is large_utf8, expected utf8'],
    ['nullability-mismatch', [fields[0], field('comment', v.utf8), fields[2]], 'column "comment" is declared not null, expected nullable'],
  ] as const)('%s', (code, sent, detail) => {
    const values: Record<string, unknown[]> = { name: ['n'], comment: ['c'], count: [1n], more: [true] };
    const error = errorOf(() => exact.decode(stream(sent, sent.map((f) => values[f.name] as unknown[]))));
    expect(error).toMatchObject({ name: 'CodecError', code, subject: 'Info', detail, message: `[${code}] Info: ${detail}` });
  });

  test('an error can be told of a method', () => {
    expect(errorOf(() => exact.decode(stream(fields.slice(0, 2), [['n'], ['c']]))).about('catalog_table_get').message).toBe('[field-missing] catalog_table_get: record has no column "count" (got: name, comment)');
  });
});

describe.each([['by name', byName], ['exact', exact]] as const)('%s', (_name, codec) => {
  test.each([0, 2, 3])('%i rows are an error', (rows) => {
    const values = infoSchema.fields.map((_, i) => new Array(rows).fill([['n', 'c', 1n][i]][0]));
    expect(() => codec.decode(stream(infoSchema.fields, values))).toThrow(`[row-count] Info: record has ${rows} rows, expected 1`);
  });

  test('so are no batch and two batches', () => {
    expect(() => codec.decode(codec.schema.toIpc())).toThrow('[row-count] Info: record has no batch, expected one of one row');
    const bytes = codec.encode({ name: 'n', comment: undefined, count: 1n });
    const twice = Buffer.concat([bytes.subarray(0, -8), bytes.subarray(codec.schema.toIpc().length)]);
    expect(() => codec.decode(twice)).toThrow('[row-count] Info: record has more than its one batch');
  });

  test('the end marker may be missing', () => {
    expect(codec.decode(codec.encode({ name: 'n', comment: 'c', count: undefined }).subarray(0, -8))).toEqual({ name: 'n', comment: 'c', count: undefined });
  });

  test('what is no record is refused', () => {
    expect(errorOf(() => codec.decode(new Uint8Array(0))).code).toBe('row-count');
    expect(errorOf(() => codec.decode(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))).code).toBe('not-ipc');
    expect(() => codec.encode(null as unknown as Info)).toThrow('[invalid-value] Info: expected a record, got null');
    expect(() => codec.encode({ name: 5 as unknown as string, comment: undefined, count: 1n })).toThrow('[invalid-value] Info: column "name" is 5, which is no utf8');
    expect(() => codec.encode({ name: 'n', comment: undefined, count: 2n ** 63n })).toThrow('[invalid-value] Info: column "count" is 9223372036854775808n, which is no int64');
  });
});

test('records without columns take any number of rows', () => {
  for (const contract of ['exact', 'by_name'] as const) {
    const empty = testCodec<Record<string, never>>('Empty', new Schema([]), {}, { contract });
    for (const rows of [0, 1, 5]) expect(empty.decode(stream([], [], rows))).toEqual({});
    expect(v.RecordBatch.fromIpc(empty.encode({})).numRows).toBe(1);
  }
});

test('a peer may send one schema after the other', () => {
  for (let round = 0; round < 3; round++) {
    for (let extra = 0; extra < 40; extra++) {
      const fields = [...Array.from({ length: extra }, (_, i) => field(`extra_${i}`, v.bool)), field('name', v.utf8)];
      expect(byName.decode(stream(fields, fields.map((_, i) => [i < extra ? true : `name ${extra}`]))).name).toBe(`name ${extra}`);
    }
  }
});
