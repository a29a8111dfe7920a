import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { IpcMessageReader } from '../../runtime/arrow/ipc-message-reader.ts';
import { ArrowError, field, RecordBatch, Schema, splitIpcStream } from '../../runtime/v1.ts';
import * as t from '../../runtime/arrow/type.ts';

const schema = new Schema([field('a', t.int64), field('b', t.utf8)]);
const small = RecordBatch.of(schema, [[1n, 2n], ['x', 'y']], { metadata: [['k', 'v']] }).toIpc();

describe('messages', () => {
  test('that lie in one chunk are views of it', () => {
    const messages = new IpcMessageReader().push(small);
    expect(messages.map(({ kind }) => kind)).toEqual(['schema', 'batch', 'end']);
    expect(messages.every(({ bytes }) => bytes.buffer === small.buffer)).toBe(true);
    expect(messages.map(({ numRows }) => numRows)).toEqual([0, 2, 0]);
    expect(messages.map(({ customMetadata }) => [...customMetadata])).toEqual([[], [['k', 'v']], []]);
    expect(Buffer.concat(messages.map(({ bytes }) => bytes)).equals(small)).toBe(true);
    expect(messages[1]?.body.length).toBe(messages[1]?.bytes.length as number - (messages[1]?.bodyStart as number));
  });

  test('that span chunks are assembled, aligned, and not held back', () => {
    const reader = new IpcMessageReader();
    const ends: [kind: string, end: number][] = [];
    for (let at = 0; at < small.length; at++) {
      for (const message of reader.push(small.subarray(at, at + 1))) {
        ends.push([message.kind, at + 1]);
        expect(message.bytes.byteOffset % 8).toBe(0);
        expect(reader.pendingBytes).toBe(0);
      }
    }
    const schemaEnd = schema.toIpc().length;
    expect(ends).toEqual([['schema', schemaEnd], ['batch', small.length - 8], ['end', small.length]]);
    reader.end();
  });

  test('streams follow one another', () => {
    const kinds = new IpcMessageReader().push(Buffer.concat([small, small])).map(({ kind }) => kind);
    expect(kinds).toEqual(['schema', 'batch', 'end', 'schema', 'batch', 'end']);
  });

  test('an end inside a message is told', () => {
    const reader = new IpcMessageReader();
    reader.push(small.subarray(0, 100));
    expect(reader.pendingBytes).toBeGreaterThan(0);
    expect(() => reader.end()).toThrow('[truncated] the bytes end inside a message');
  });

  test('framing of before Arrow 0.15 is taken in any chunks', () => {
    const { streams } = JSON.parse(readFileSync(new URL('pyarrow-streams.json', import.meta.url), 'utf8')) as { streams: Record<string, string> };
    const legacy = Buffer.from(streams['legacy-framing'] as string, 'base64');
    expect(legacy.readInt32LE(0)).toBeGreaterThan(0);
    for (const size of [1, 3, 50, legacy.length]) {
      const reader = new IpcMessageReader();
      const kinds: string[] = [];
      for (let at = 0; at < legacy.length; at += size) kinds.push(...reader.push(legacy.subarray(at, at + size)).map(({ kind }) => kind));
      expect(kinds).toEqual(['schema', 'dictionary', 'dictionary', 'batch', 'end']);
      reader.end();
    }
  });

  test('large ones in small chunks take time in proportion to their size', () => {
    const assemble = (megabytes: number): number => {
      const bytes = RecordBatch.of(new Schema([field('a', t.float64)]), [new Float64Array((megabytes << 20) / 8)]).toIpc();
      const reader = new IpcMessageReader();
      const start = performance.now();
      let length = 0;
      for (let at = 0; at < bytes.length; at += 16_384) for (const message of reader.push(bytes.subarray(at, at + 16_384))) length += message.bytes.length;
      expect(length).toBe(bytes.length);
      return performance.now() - start;
    };
    assemble(8);
    // Quadratic copying would take 36 times as long, 64 MiB more than four seconds.
    expect(assemble(48)).toBeLessThan(1000 + assemble(8) * 20);
  });
});

describe('limits', () => {
  test('a message above the limit is refused as soon as its length is known', () => {
    const large = RecordBatch.of(new Schema([field('a', t.float64)]), [new Float64Array(10_000)]).toIpc();
    const reader = new IpcMessageReader({ maxMessageBytes: 50_000 });
    expect(() => reader.push(large.subarray(0, 1000))).toThrow(/^\[too-large\] a message of 8\d{4} bytes exceeds the limit of 50000$/);
    expect(new IpcMessageReader({ maxMessageBytes: 100_000 }).push(large).length).toBe(3);
  });

  test('what is only announced is not allocated', () => {
    const bytes = RecordBatch.of(new Schema([field('a', t.float64)]), [new Float64Array(1)]).toIpc();
    const [, batch] = new IpcMessageReader().push(bytes);
    const announced = new Uint8Array(batch?.bytes as Uint8Array);
    const view = new DataView(announced.buffer);
    // The body length is the one 64-bit 8 in the message table.
    const at = Array.from({ length: (batch?.bodyStart as number) / 8 }, (_, i) => i * 8).find((i) => view.getBigInt64(i, true) === 8n) as number;
    view.setBigInt64(at, 0x7000_0000n, true);
    const before = process.memoryUsage().arrayBuffers;
    const reader = new IpcMessageReader();
    expect(reader.push(announced)).toEqual([]);
    expect(reader.pendingBytes).toBe(announced.length);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20);
  });

  test.each(['GET / HTTP/1.1\r\n', 'hello world, this is text\n', '{"method": "bind"}', '\n\n\n\n\n\n\n\n\n\n\n\n', 'Traceback (most recent call last):'])('text is refused at once: %j', (text) => {
    expect(() => new IpcMessageReader().push(Buffer.from(text))).toThrow(/^\[malformed\] the bytes [0-9a-f]+\.\.\. do not begin an Arrow IPC message$/);
  });
});

describe('a split stream', () => {
  test('has schema, dictionaries and batch', () => {
    const split = splitIpcStream(small);
    expect(split.dictionaries).toEqual([]);
    expect(split.batch?.numRows).toBe(2);
    expect(Schema.fromIpc(split.schemaMessage)).toBe(Schema.fromIpc(small));
    expect(splitIpcStream(schema.toIpc()).batch).toBe(undefined);
  });

  test.each([
    ['nothing', new Uint8Array(0), '[malformed] the stream is empty'],
    ['a batch first', small.subarray(schema.toIpc().length), '[malformed] the stream begins with a batch message, not with a schema'],
    ['two schemas', Buffer.concat([schema.toIpc(), schema.toIpc()]), '[malformed] the stream holds a second schema'],
    ['two batches', Buffer.concat([small.subarray(0, -8), small.subarray(schema.toIpc().length)]), '[malformed] the stream holds more than its one record batch'],
    ['half a message', small.subarray(0, 40), '[truncated] the stream ends inside a message: 40 of at least'],
  ])('refuses %s', (_name, bytes, text) => {
    expect(() => splitIpcStream(bytes)).toThrow(text);
    expect(() => splitIpcStream(bytes)).toThrow(ArrowError);
  });
});
