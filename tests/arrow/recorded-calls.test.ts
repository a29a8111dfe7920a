import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { IpcMessageReader } from '../../runtime/arrow/ipc-message-reader.ts';
import { readMessages } from '../../runtime/arrow/ipc-stream.ts';
import { StreamDecoder } from '../../runtime/arrow/stream-decoder.ts';
import { type Column, RecordBatch, Schema, schemaEquals, splitIpcStream } from '../../runtime/v1.ts';

interface RecordedCall {
  readonly method: string;
  readonly request: string;
  readonly answer: string | null;
}

function recordedCalls(version: string): RecordedCall[] {
  const text = readFileSync(new URL(`../reference/wire/${version}.jsonl`, import.meta.url), 'utf8');
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as RecordedCall);
}

/** All batches of a stream; answers may hold log lines before the result. */
function batchesOf(bytes: Uint8Array): RecordBatch[] {
  const [schema, ...messages] = readMessages(bytes);
  const decoder = new StreamDecoder(schema as NonNullable<typeof schema>);
  return messages.flatMap((message) => decoder.read(message) ?? []);
}

const valuesOf = (columns: readonly Column[]): unknown[] => columns.map((column) => [...column.values()]);

/** Other bytes may begin with a continuation marker too, but hardly go on with a length. */
function beginsMessage(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return view.getInt32(0, true) === -1 && view.getInt32(4, true) >= 16 && view.getInt32(4, true) <= bytes.length;
}

/** Follows streams and schemas nested in binary values; counts what it meets. */
function follow(value: unknown, met: { batches: number; schemas: number }): void {
  if (value instanceof Uint8Array) {
    if (!beginsMessage(value)) return;
    if (readMessages(value).length === 1) {
      met.schemas += 1;
      const schema = Schema.fromIpc(value);
      expect(schemaEquals(Schema.fromIpc(new Schema(schema.fields, schema.metadata).toIpc()), schema)).toBe(true);
      return;
    }
    met.batches += 1;
    const batch = RecordBatch.fromIpc(value);
    checkBatch(batch, met);
  } else if (Array.isArray(value)) {
    for (const item of value) follow(item, met);
  } else if (value instanceof Map) {
    for (const item of value.values()) follow(item, met);
  }
}

/** Values and metadata survive being written anew from the columns. */
function checkBatch(batch: RecordBatch, met: { batches: number; schemas: number }): void {
  const fresh = RecordBatch.of(new Schema(batch.schema.fields, batch.schema.metadata), batch.columns, { numRows: batch.numRows, metadata: batch.metadata });
  const again = RecordBatch.fromIpc(fresh.toIpc());
  expect(schemaEquals(again.schema, batch.schema)).toBe(true);
  expect(again.numRows).toBe(batch.numRows);
  expect([...again.metadata]).toEqual([...batch.metadata]);
  expect(valuesOf(again.columns)).toEqual(valuesOf(batch.columns));
  expect(valuesOf(RecordBatch.fromIpc(batch.toIpc()).columns)).toEqual(valuesOf(batch.columns));
  for (const values of valuesOf(batch.columns)) follow(values, met);
}

describe.each(['1.0.0', '1.2.0', '2.0.0'])('calls recorded with protocol %s', (version) => {
  const calls = recordedCalls(version);

  test('requests hold one row and their method, and nest', () => {
    const met = { batches: 0, schemas: 0 };
    for (const { method, request } of calls) {
      const bytes = Buffer.from(request, 'base64');
      const split = splitIpcStream(bytes);
      expect(split.batch?.numRows).toBe(1);
      expect(split.batch?.customMetadata.get('vgi_rpc.method')).toBe(method);
      expect(split.batch?.customMetadata.get('vgi_rpc.protocol_version')).toBe(version);
      expect(RecordBatch.fromIpc(bytes).toIpc()).toBe(bytes);
      checkBatch(RecordBatch.fromMessages(split), met);
    }
    expect(met.batches).toBeGreaterThan(100);
    expect(met.schemas).toBeGreaterThan(20);
  });

  test('answers are read whole, logs and errors too, and nest', () => {
    const met = { batches: 0, schemas: 0 };
    let answers = 0;
    for (const { answer } of calls) {
      if (answer === null) continue;
      const bytes = Buffer.from(answer, 'base64');
      const batches = batchesOf(bytes);
      expect(batches.length).toBeGreaterThan(0);
      for (const batch of batches) checkBatch(batch, met);
      answers += 1;
    }
    expect(answers).toBeGreaterThan(90);
    expect(met.batches).toBeGreaterThan(50);
  });

  test('cut into chunks of any size they give the same messages', () => {
    const stream = Buffer.concat(calls.slice(0, 40).map(({ request }) => Buffer.from(request, 'base64')));
    const whole = new IpcMessageReader().push(stream);
    expect(whole.filter(({ kind }) => kind === 'end').length).toBe(40);
    for (const size of [1, 7, 64, 1000, 4096, 65_536]) {
      const reader = new IpcMessageReader();
      const messages = [];
      for (let at = 0; at < stream.length; at += size) messages.push(...reader.push(stream.subarray(at, at + size)));
      expect(messages.map(({ kind }) => kind)).toEqual(whole.map(({ kind }) => kind));
      expect(messages.every(({ bytes }, i) => Buffer.from(bytes).equals(whole[i]?.bytes as Uint8Array))).toBe(true);
      expect(reader.pendingBytes).toBe(0);
    }
  });
});
