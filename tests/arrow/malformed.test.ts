import { describe, expect, test } from 'vitest';
import { encodeBatch, encodeDictionary } from '../../runtime/arrow/batch-message.ts';
import { FlatbufferWriter } from '../../runtime/arrow/flatbuffer-writer.ts';
import { encapsulate } from '../../runtime/arrow/message-framing.ts';
import { ArrowError, Column, columnFrom, field, RecordBatch, Schema } from '../../runtime/v1.ts';
import * as t from '../../runtime/arrow/type.ts';

/** A stream of a schema and of a batch whose columns need not fit it. */
function stream(type: t.DataType, column: Column, numRows = column.length): Uint8Array {
  return Buffer.concat([new Schema([field('c', type, true)]).toIpc(), ...encodeBatch([column], numRows, new Map())]);
}

const read = (bytes: Uint8Array) => (): unknown => RecordBatch.fromIpc(bytes).columnValues('c');

describe('bodies that contradict the schema or themselves', () => {
  const texts = columnFrom(t.utf8, ['ab', 'cd']);
  const withOffsets = (...offsets: number[]): Column => new Column({ type: t.utf8, length: offsets.length - 1, offsets: Int32Array.from(offsets), data: Buffer.from('abcd') });
  /** Offsets pass the encoder, which cuts the data; here the two are told apart as `struct<list<int8>, ...>` would be. */
  const listWithOffsets = (...offsets: number[]): Column => new Column({ type: t.listOf(field('item', t.int8)), length: offsets.length - 1, offsets: Int32Array.from(offsets), children: [columnFrom(t.int8, [1, 2])] });

  test.each([
    ['too few rows', stream(t.int32, columnFrom(t.int32, [1]), 2), 'column "c" has 1 rows where 2 are needed'],
    ['too many rows', stream(t.int32, columnFrom(t.int32, [1, 2]), 1), 'column "c" has 2 rows in a batch of 1'],
    ['narrower values', stream(t.int64, columnFrom(t.int32, [1, 2, 3])), 'a buffer of column "c" has 12 bytes where its rows need 24'],
    ['too few buffers', stream(t.utf8, columnFrom(t.int32, [1])), 'a buffer of column "c" has 4 bytes where its rows need 8'],
    ['no buffer of data', stream(t.binary, columnFrom(t.int64, [0n])), 'the batch has too few buffers for column "c"'],
    ['no children', stream(t.structOf([field('x', t.int8)]), columnFrom(t.structOf([]), [{}])), 'the batch has no node for column "c.x"'],
    ['falling offsets', stream(t.utf8, withOffsets(0, 3, 2)), 'offset 2 of column "c" is 2, below 3'],
    ['negative offsets', stream(t.utf8, columnFrom(t.int32, [-1])), 'a buffer of column "c" has 4 bytes where its rows need 8'],
    ['items that are not there', stream(t.listOf(field('item', t.int64)), columnFrom(t.listOf(field('item', t.int8)), [[1, 2]])), 'a buffer of column "c.item" has 2 bytes where its rows need 16'],
    ['nulls without a bitmap', stream(t.int8, new Column({ type: t.int8, length: 9, nullCount: 1, validity: new Uint8Array(1), data: new Int8Array(9) })), 'column "c" claims 1 nulls without a validity bitmap of 9 rows'],
  ])('%s', (_name, bytes, text) => {
    expect(read(bytes)).toThrow(`[malformed] ${text}`);
    expect(read(bytes)).toThrow(ArrowError);
  });

  test('what is whole is read all the same', () => {
    expect(read(stream(t.utf8, texts))()).toEqual(['ab', 'cd']);
    expect(read(stream(t.utf8, withOffsets(1, 3, 3)))()).toEqual(['bc', '']);
    expect(read(stream(t.listOf(field('item', t.int8)), listWithOffsets(1, 2)))()).toEqual([[2]]);
  });

  test('large offsets past the data', () => {
    const bytes = RecordBatch.of(new Schema([field('c', t.largeBinary)]), [[Uint8Array.of(1, 2, 3)]]).toIpc();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    // Body: offsets 0 and 3, then the data; before the end marker.
    const last = bytes.length - 8 - 8 - 8;
    expect(view.getBigInt64(last, true)).toBe(3n);
    view.setBigInt64(last, 2n ** 40n, true);
    expect(read(bytes)).toThrow('[malformed] offset 1 of column "c" lies outside the message');
    view.setBigInt64(last, -1n, true);
    expect(read(bytes)).toThrow('[malformed] offset 1 of column "c" lies outside the message');
    view.setBigInt64(last, 4n, true);
    expect(read(bytes)).toThrow('[malformed] a buffer of column "c" has 3 bytes where its rows need 4');
  });
});

describe('dictionaries', () => {
  const type = t.dictionaryOf(t.int8, t.utf8);
  const schema = new Schema([field('c', type, true)]);
  const indices = (...values: number[]): Column => new Column({ type, length: values.length, data: Int8Array.from(values), dictionary: columnFrom(t.utf8, ['a']) });
  const batch = (...values: number[]): Uint8Array[] => encodeBatch([indices(...values)], values.length, new Map());

  test.each([1, -1, 127])('index %i into a dictionary of one', (index) => {
    expect(read(Buffer.concat([schema.toIpc(), ...encodeDictionary(0n, columnFrom(t.utf8, ['a'])), ...batch(index)]))).toThrow(`[malformed] row 0 has index ${index} into a dictionary of 1 values`);
  });

  test('a dictionary that never came is empty', () => {
    expect(read(Buffer.concat([schema.toIpc(), ...batch(0)]))).toThrow('[malformed] row 0 has index 0 into a dictionary of 0 values');
    expect(read(Buffer.concat([schema.toIpc(), ...batch()]))()).toEqual([]);
  });

  test('a dictionary of no column is refused', () => {
    expect(read(Buffer.concat([schema.toIpc(), ...encodeDictionary(7n, columnFrom(t.utf8, ['a'])), ...batch(0)]))).toThrow('[mismatch] a dictionary batch has id 7, which no column of the schema uses');
  });

  test('one dictionary in another, in any order', () => {
    const nested = t.dictionaryOf(t.int8, t.structOf([field('k', type, true)]));
    const column = columnFrom(nested, [{ k: 'x' }, null]);
    const stream = RecordBatch.of(new Schema([field('c', nested, true)]), [column]).toIpc();
    expect(read(stream)()).toEqual([{ k: 'x' }, null]);
  });
});

describe('claims without bytes', () => {
  test('rows of nothing are limited', () => {
    const bytes = stream(t.nullType, new Column({ type: t.nullType, length: 0x7fff_0000 }));
    expect(read(bytes)).toThrow('[too-large] column "c" claims 2147418112 rows without any bytes');
    expect(read(stream(t.structOf([]), new Column({ type: t.structOf([]), length: 0x7fff_0000 })))).toThrow('[too-large]');
    expect(read(stream(t.nullType, new Column({ type: t.nullType, length: 1000 })))()).toEqual(new Array(1000).fill(null));
  });

  test('a batch without columns may have as many rows as it likes', () => {
    expect(RecordBatch.fromIpc(RecordBatch.of(new Schema([]), [], { numRows: 2 ** 40 }).toIpc()).numRows).toBe(2 ** 40);
  });
});

describe('schema messages', () => {
  /** A schema message whose fields are written by `write`, which gets the position of the link to the vector of fields. */
  function schemaMessage(write: (w: FlatbufferWriter, fields: number) => void, options: { version?: number; endianness?: number; type?: number } = {}): Uint8Array {
    const w = new FlatbufferWriter();
    const [version, type, header] = w.table(0, [2, 1, 4]) as [number, number, number];
    w.setInt16(version, options.version ?? 4);
    w.setUint8(type, options.type ?? 1);
    const [endianness, fields] = w.table(header, [2, 4]) as [number, number];
    w.setInt16(endianness, options.endianness ?? 0);
    write(w, fields);
    return encapsulate(w.finish());
  }

  const noFields = (w: FlatbufferWriter, fields: number): void => {
    w.vector(fields, 0, 4);
  };

  test.each([
    [{ version: 2 }, '[unsupported-version] a message has metadata version V3; V4 and V5 are supported'],
    [{ endianness: 1 }, '[unsupported-endianness] the schema says that its data is big-endian; only little-endian data is supported'],
    [{ type: 4 }, '[unsupported-message] a message has header type 4; schemas (1), dictionary batches (2) and record batches (3) are supported'],
  ])('%j', (options, text) => {
    expect(() => Schema.fromIpc(schemaMessage(noFields, options))).toThrow(text);
    expect(Schema.fromIpc(schemaMessage(noFields)).fields).toEqual([]);
    expect(Schema.fromIpc(schemaMessage(noFields, { version: 3 })).fields).toEqual([]);
  });

  /** Writes the one element of a vector of fields, a struct without a name; returns the link to its children. */
  function writeStruct(w: FlatbufferWriter, link: number): number {
    const [, , typeNumber, type, , children] = w.table(link, [0, 0, 1, 4, 0, 4]) as [number, number, number, number, number, number];
    w.setUint8(typeNumber, 13);
    w.table(type, []);
    return children;
  }

  test('fields that are used again and again do not unfold without end', () => {
    // 30 levels of two children each that are one and the same: 2^30 fields in 1 KB.
    const bytes = schemaMessage((w, fields) => {
      let link = fields;
      for (let level = 0; level < 30; level++) {
        const start = w.vector(link, 2, 4);
        link = writeStruct(w, start);
        w.share(start + 4, start);
      }
      w.vector(link, 0, 4);
    });
    expect(() => Schema.fromIpc(bytes)).toThrow('[malformed] the schema nests too deep or unfolds to more fields than its bytes can hold');
  });

  test('types nested deeper than any are refused', () => {
    let type: t.DataType = t.int8;
    for (let i = 0; i < 100; i++) type = t.listOf(field('item', type, true));
    expect(() => Schema.fromIpc(new Schema([field('c', type)]).toIpc())).toThrow('[malformed] the schema nests too deep');
  });

  test('text that is used again and again does not unfold without end', () => {
    const bytes = schemaMessage((w, fields) => {
      const start = w.vector(fields, 1, 4);
      const [, , typeNumber, type, , , metadata] = w.table(start, [0, 0, 1, 4, 0, 0, 4]) as [number, number, number, number, number, number, number];
      w.setUint8(typeNumber, 1);
      w.table(type, []);
      const first = w.vector(metadata, 1000, 4);
      const [key, value] = w.table(first, [4, 4]) as [number, number];
      for (let i = 1; i < 1000; i++) w.share(first + i * 4, first);
      w.string(key, 'key');
      w.string(value, 'x'.repeat(1_000_000));
    });
    expect(() => Schema.fromIpc(bytes)).toThrow('[malformed] the message metadata repeats its text past any use');
  });

  test('a copy is kept: the bytes may be used for something else', () => {
    const bytes = new Schema([field('first', t.int32)]).toIpc().slice();
    const schema = Schema.fromIpc(bytes);
    bytes.fill(0);
    expect(Schema.fromIpc(schema.toIpc()).fields.map(({ name }) => name)).toEqual(['first']);
  });
});
