import { expect, test } from 'vitest';
import { IpcMessageReader } from '../../runtime/arrow/ipc-message-reader.ts';
import { StreamDecoder } from '../../runtime/arrow/stream-decoder.ts';
import { ArrowError, type Column, columnFrom, field, RecordBatch, Schema } from '../../runtime/v1.ts';
import * as t from '../../runtime/arrow/type.ts';
import { damage, seededRandom } from './random.ts';
import { samples } from './samples.ts';

/** Looks at everything there is to see in a column. */
function inspect(column: Column): void {
  column.values();
  for (let row = 0; row < Math.min(column.length, 20); row++) column.get(row);
}

function tolerate(call: () => void, codes: Set<string>): void {
  try {
    call();
    codes.add('fine');
  } catch (error) {
    if (!(error instanceof ArrowError)) throw error;
    codes.add(error.code);
  }
}

const schema = new Schema(
  samples.map(({ name, type }) => field(name, type, true, new Map([['note', name]]))),
  new Map([['k', 'v']]),
);
const wide = RecordBatch.of(schema, samples.map(({ values }) => Array.from({ length: 10 }, (_, i) => values[i % values.length])), { metadata: [['m', 'n']] }).toIpc();
const streams = [wide, ...samples.map(({ type, values }) => RecordBatch.of(new Schema([field('c', type, true)]), [values]).toIpc())];

test('damaged streams give values or an ArrowError, never anything else', () => {
  const random = seededRandom(1);
  const codes = new Set<string>();
  for (let i = 0; i < 6000; i++) {
    const bytes = damage(streams[i % streams.length] as Uint8Array, random);
    tolerate(() => {
      const batch = RecordBatch.fromIpc(bytes);
      for (const column of batch.columns) inspect(column);
      batch.withMetadata([]).toIpc();
    }, codes);
  }
  expect([...codes]).toEqual(expect.arrayContaining(['fine', 'malformed', 'truncated', 'unsupported-type']));
});

test('so do damaged streams that come in pieces and hold several batches', () => {
  const random = seededRandom(2);
  const codes = new Set<string>();
  const one = RecordBatch.of(new Schema([field('d', t.dictionaryOf(t.int8, t.utf8), true), field('n', t.int32)]), [columnFrom(t.dictionaryOf(t.int8, t.utf8), ['a', 'b', null]), [1, 2, 3]]).toIpc();
  const many = Buffer.concat([one.subarray(0, -8), one.subarray(0, -8), one, one]);
  for (let i = 0; i < 3000; i++) {
    const bytes = damage(many, random);
    tolerate(() => {
      const reader = new IpcMessageReader({ maxMessageBytes: 1 << 20 });
      let decoder: StreamDecoder | undefined;
      for (let at = 0; at < bytes.length; ) {
        const size = 1 + Math.floor(random() * 400);
        for (const message of reader.push(bytes.subarray(at, at + size))) {
          if (message.kind === 'schema') decoder = new StreamDecoder(message);
          else if (message.kind === 'end') decoder = undefined;
          else if (decoder) for (const column of decoder.read(message)?.columns ?? []) inspect(column);
        }
        at += size;
      }
      reader.end();
    }, codes);
  }
  expect([...codes]).toEqual(expect.arrayContaining(['fine', 'malformed', 'truncated']));
});

test('every cut of a stream is told from a whole one', () => {
  const bytes = streams[14] as Uint8Array;
  for (let length = 0; length < bytes.length - 8; length++) expect(() => RecordBatch.fromIpc(bytes.subarray(0, length))).toThrow(ArrowError);
  expect(RecordBatch.fromIpc(bytes.subarray(0, -8)).numRows).toBe(samples[13]?.values.length);
});

test('random bytes are refused', () => {
  const random = seededRandom(3);
  for (let i = 0; i < 2000; i++) {
    const bytes = Uint8Array.from({ length: 8 + Math.floor(random() * 200) }, () => Math.floor(random() * 256));
    if (i % 2 === 0) bytes.fill(0xff, 0, 4);
    if (i % 4 === 0) new DataView(bytes.buffer).setInt32(4, bytes.length - 8, true);
    expect(() => RecordBatch.fromIpc(bytes)).toThrow(ArrowError);
  }
});
