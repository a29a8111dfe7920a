import { readFileSync } from 'node:fs';
import { loadLayouts } from 'vgi-gen/runtime/v1';
import { beforeAll, describe, expect, it } from 'vitest';
import { vgiProtocol } from '../../generated/vgi/ts/index.ts';
import { IpcMessageReader } from '../../runtime/arrow/ipc-message-reader.ts';
import type { Message } from '../../runtime/arrow/message.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { Schema } from '../../runtime/arrow/schema.ts';
import type { RecordCodec } from '../../runtime/codec/record-codec.ts';
import { plainValue } from './plain-value.ts';

interface RecordedCall {
  readonly method: string;
  readonly request: Uint8Array;
  readonly answer?: Uint8Array;
}

/** Calls that the real extension of a version made, and answers that it accepted (tests/reference/wire/README.md). */
function recordedCalls(version: string): RecordedCall[] {
  const lines = readFileSync(new URL(`../reference/wire/${version}.jsonl`, import.meta.url), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { method, request, answer } = JSON.parse(line) as Record<'method' | 'request' | 'answer', string>;
    return { method, request: Buffer.from(request, 'base64'), ...(answer && { answer: Buffer.from(answer, 'base64') }) };
  });
}

/** The stream of the record in an answer, log lines before it left out; `undefined` if the answer is an error or void. */
function answeredRecord(bytes: Uint8Array): Uint8Array | undefined {
  const messages = new IpcMessageReader().push(bytes);
  const isRecord = (message: Message): boolean => message.kind !== 'batch' || !message.customMetadata.has('vgi_rpc.log_level');
  const kept = messages.filter(isRecord);
  return kept.some(({ kind }) => kind === 'batch') ? Buffer.concat(kept.map((message) => message.bytes)) : undefined;
}

/** Decodes, encodes and decodes again; the two values, and the columns on the wire before and after. */
function roundTrip(codec: RecordCodec<unknown>, bytes: Uint8Array): void {
  const value = codec.decode(bytes);
  const again = codec.encode(value);
  expect(plainValue(codec.decode(again))).toEqual(plainValue(value));
  expect(wireColumns(again)).toEqual(wireColumns(bytes, Schema.fromIpc(again)));
}

/**
 * The columns of a record as they stand on the wire, records nested in binary columns opened. Order does not matter, and a column that the
 * sender left out is the same as a null (vgi-semantics, section 1): `like` names the columns to look at.
 */
function wireColumns(bytes: Uint8Array, like: Schema = Schema.fromIpc(bytes)): Record<string, unknown> {
  const batch = RecordBatch.fromIpc(bytes);
  return Object.fromEntries(
    like.fields.map(({ name }) => [name, batch.schema.indexOf(name) < 0 ? null : plainValue(batch.column(name).get(0))]),
  );
}

describe.each(['1.0.0', '1.2.0', '2.0.0'])('calls recorded from the extension of %s', (version) => {
  const calls = recordedCalls(version);
  beforeAll(() => loadLayouts(vgiProtocol, version));

  it('are there', () => expect(calls.length).toBeGreaterThan(100));

  it.each(calls.map((call, index) => [call.method, index + 1, call] as const))('%s (line %i)', (_, __, call) => {
    const method = vgiProtocol.methods[call.method];
    if (!method) throw new Error(`the protocol has no method ${call.method}`);
    expect(method.since <= version).toBe(true);
    roundTrip(method.params(version), call.request);
    if (!call.answer) return;
    const codec = method.header?.(version) ?? method.result?.(version);
    const record = answeredRecord(call.answer);
    if (record && codec) roundTrip(codec, record);
    else expect(Schema.fromIpc(call.answer).fields.length).toBeLessThanOrEqual(1);
  });
});
