import { makeData, RecordBatch as PeerBatch, RecordBatchReader, RecordBatchStreamWriter, Struct, Utf8, type Vector, vectorFromArray } from 'apache-arrow';
import { writeBatchMessage } from '../runtime/arrow/stream-encoder.ts';
import * as v from '../runtime/v1.ts';
import type { Case } from './codec-case.ts';
import { peerSchema } from './codec-peer.ts';

const ROWS = 100_000;

/** Data batches of 100,000 rows: numbers, which should cost no more than copying them, and text. */
export function batchCases(): Case[] {
  const schema = new v.Schema([v.field('a', v.int64, true), v.field('b', v.int64, true), v.field('c', v.utf8, true)]);
  const integers = BigInt64Array.from({ length: ROWS }, (_, i) => BigInt(i));
  const texts = Array.from({ length: ROWS }, (_, i) => `some value number ${1000 + (i % 9000)}`);
  const batch = v.RecordBatch.of(schema, [integers, integers, texts]);
  const bytes = batch.toIpc();
  const peer = RecordBatchReader.from(bytes).next().value as PeerBatch;
  const textColumn = v.columnFrom(v.utf8, texts);
  const peerText = vectorFromArray(texts, new Utf8());
  const fields = peerSchema(schema).fields;
  const children = [peer.getChildAt(0), peer.getChildAt(1), peer.getChildAt(2)].map((vector) => (vector as Vector).data[0]);
  const writePeer = (): Uint8Array => {
    const again = new PeerBatch(peer.schema, makeData({ type: new Struct(fields), length: ROWS, nullCount: 0, children: children as never }));
    return RecordBatchStreamWriter.writeAll([again]).toUint8Array(true);
  };
  const built = v.RecordBatch.of(schema, [integers, integers, textColumn]);
  return [
    // As transports write it: chunks, the large ones not copied.
    { name: 'batch-100k-write', goal: 3, ours: () => writeBatchMessage(built), peer: writePeer, calls: { ours: 1000, peer: 20 } },
    { name: 'batch-100k-read-integers', goal: 1, ours: () => v.RecordBatch.fromIpc(bytes).columnValues('a'), peer: () => (RecordBatchReader.from(bytes).next().value as PeerBatch).getChildAt(0)?.toArray(), calls: { ours: 1000, peer: 20 } },
    { name: 'text-100k-build', goal: 3, ours: () => v.columnFrom(v.utf8, texts), peer: () => vectorFromArray(texts, new Utf8()), calls: { ours: 1, peer: 1 } },
    { name: 'text-100k-values', goal: 3, ours: () => textColumn.values(), peer: () => peerText.toArray(), calls: { ours: 1, peer: 1 } },
  ];
}
