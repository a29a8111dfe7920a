import { ColumnEncoder } from './column-encoder.ts';
import type { Column } from './column.ts';
import { FlatbufferWriter } from './flatbuffer-writer.ts';
import { BATCH, DICTIONARY, HEADER_BATCH, HEADER_DICTIONARY, METADATA_V5 } from './message-format.ts';
import { writeCustomMetadata } from './metadata.ts';

/** Buffers from this size on are handed to the caller as they are; copying less costs under 2 us. */
const SEPARATE_BYTES = 32 << 10;

const CONTINUATION = -1;

/** A record batch message as chunks to write one after another; large buffers are the columns' own, not copied. */
export function encodeBatch(columns: readonly Column[], numRows: number, metadata: ReadonlyMap<string, string>): Uint8Array[] {
  const encoder = new ColumnEncoder();
  for (const column of columns) encoder.add(column);
  const bodyLength = encoder.buffers.reduce((sum, buffer) => sum + padded(buffer.length), 0);
  const w = new FlatbufferWriter(256 + encoder.nodes.length * 8 + encoder.buffers.length * 16);
  const [header, metadataLink] = writeMessage(w, HEADER_BATCH, bodyLength, metadata.size > 0);
  writeBatch(w, header, numRows, encoder);
  if (metadata.size > 0) writeCustomMetadata(w, metadataLink, metadata);
  return assemble(w.finish(), encoder.buffers);
}

/** A dictionary batch message that sets or replaces the dictionary `id`, as chunks like those of a record batch. */
export function encodeDictionary(id: bigint, values: Column): Uint8Array[] {
  const encoder = new ColumnEncoder();
  encoder.add(values);
  const bodyLength = encoder.buffers.reduce((sum, buffer) => sum + padded(buffer.length), 0);
  const w = new FlatbufferWriter(256 + encoder.nodes.length * 8 + encoder.buffers.length * 16);
  const [header] = writeMessage(w, HEADER_DICTIONARY, bodyLength, false);
  const slots = w.table(header, [8, 4]);
  w.setInt64(slots[DICTIONARY.id] as number, id);
  writeBatch(w, slots[DICTIONARY.data] as number, values.length, encoder);
  return assemble(w.finish(), encoder.buffers);
}

/** One contiguous array out of chunks. */
export function concatBytes(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const whole = allocate(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Writes the table `Message`; returns the links for its header and its custom metadata. */
function writeMessage(w: FlatbufferWriter, headerType: number, bodyLength: number, hasMetadata: boolean): [header: number, metadata: number] {
  const [version, type, header, length, metadata] = w.table(0, hasMetadata ? [2, 1, 4, 8, 4] : [2, 1, 4, 8]) as [number, number, number, number, number];
  w.setInt16(version, METADATA_V5);
  w.setUint8(type, headerType);
  w.setSize(length, bodyLength);
  return [header, metadata];
}

function writeBatch(w: FlatbufferWriter, link: number, numRows: number, { nodes, buffers }: ColumnEncoder): void {
  const slots = w.table(link, [8, 4, 4]);
  w.setSize(slots[BATCH.length] as number, numRows);
  const nodesStart = w.vector(slots[BATCH.nodes] as number, nodes.length / 2, 16);
  nodes.forEach((count, i) => {
    w.setSize(nodesStart + i * 8, count);
  });
  let at = w.vector(slots[BATCH.buffers] as number, buffers.length, 16);
  let offset = 0;
  for (const buffer of buffers) {
    w.setSize(at, offset);
    w.setSize(at + 8, buffer.length);
    offset += padded(buffer.length);
    at += 16;
  }
}

/** Framing, metadata and buffers, each padded to 8 bytes: everything small copied into one allocation, large buffers between. */
function assemble(metadata: Uint8Array, buffers: readonly Uint8Array[]): Uint8Array[] {
  let copied = 8 + metadata.length;
  for (const buffer of buffers) copied += buffer.length < SEPARATE_BYTES ? padded(buffer.length) : padded(buffer.length) - buffer.length;
  const bytes = allocate(copied);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setInt32(0, CONTINUATION, true);
  view.setInt32(4, metadata.length, true);
  bytes.set(metadata, 8);
  const chunks: Uint8Array[] = [];
  let from = 0;
  let at = 8 + metadata.length;
  for (const buffer of buffers) {
    if (buffer.length < SEPARATE_BYTES) {
      bytes.set(buffer, at);
      at += buffer.length;
    } else {
      chunks.push(bytes.subarray(from, at), buffer);
      from = at;
    }
    for (let pad = padded(buffer.length) - buffer.length; pad > 0; pad--) bytes[at++] = 0;
  }
  if (from < at) chunks.push(bytes.subarray(from, at));
  return chunks;
}

function padded(length: number): number {
  return (length + 7) & ~7;
}

/** Bytes that are not zeroed first; not from Node's shared pool, so that they may be transferred or kept. */
function allocate(length: number): Uint8Array {
  const buffer = Buffer.allocUnsafeSlow(length);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, length);
}
