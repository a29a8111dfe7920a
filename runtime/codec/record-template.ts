import { BATCH, HEADER_BATCH, METADATA_V5 } from '../arrow/message-format.ts';
import { FlatbufferWriter } from '../arrow/flatbuffer-writer.ts';

/** Bytes before the flatbuffer: continuation marker and length of the metadata. */
const FRAMING_BYTES = 8;

/**
 * The head of every record of a layout as constant bytes: prefix, then the record batch message up to its body with one row, no
 * nulls and no buffers filled in. Positions are relative to its start.
 */
export interface RecordTemplate {
  readonly bytes: Uint8Array;
  /** Where the record batch message starts. */
  readonly message: number;
  readonly bodyLength: number;
  readonly nodes: number;
  readonly buffers: number;
}

/** With `hasMetadata` custom metadata must follow the bytes (`writeMetadata`) and the message's metadata length be set. */
export function recordTemplate(prefix: Uint8Array, nodeCount: number, bufferCount: number, hasMetadata: boolean): RecordTemplate {
  const w = new FlatbufferWriter(256 + nodeCount * 16 + bufferCount * 16);
  const [version, type, header, bodyLength, metadata] = w.table(0, hasMetadata ? [2, 1, 4, 8, 4] : [2, 1, 4, 8]) as [number, number, number, number, number];
  w.setInt16(version, METADATA_V5);
  w.setUint8(type, HEADER_BATCH);
  const slots = w.table(header, [8, 4, 4]);
  w.setSize(slots[BATCH.length] as number, 1);
  const nodes = w.vector(slots[BATCH.nodes] as number, nodeCount, 16);
  for (let i = 0; i < nodeCount; i++) w.setSize(nodes + i * 16, 1);
  const buffers = w.vector(slots[BATCH.buffers] as number, bufferCount, 16);
  const flatbuffer = w.finish();
  if (hasMetadata) w.setInt32(metadata, flatbuffer.length - metadata);

  const bytes = new Uint8Array(prefix.length + FRAMING_BYTES + flatbuffer.length);
  const view = new DataView(bytes.buffer);
  bytes.set(prefix);
  view.setInt32(prefix.length, -1, true);
  view.setInt32(prefix.length + 4, flatbuffer.length, true);
  const base = prefix.length + FRAMING_BYTES;
  bytes.set(flatbuffer, base);
  return { bytes, message: prefix.length, bodyLength: base + bodyLength, nodes: base + nodes, buffers: base + buffers };
}
