import { ArrowError } from '../arrow/arrow-error.ts';
import { checkUncompressed } from '../arrow/body-reader.ts';
import type { FlatTable } from '../arrow/flatbuffer-reader.ts';
import { BATCH } from '../arrow/message-format.ts';
import { type ByteSource, noSource } from './byte-source.ts';
import type { RecordPlan } from './record-plan.ts';

/** Numbers kept of each node: see the constants. */
export const NODE_STRIDE = 8;
/** Rows of the node, -1 if the peer does not send it. */
export const ROWS = 0;
export const NULLS = 1;
/** Start and length of the validity bitmap; of offsets or values; of the data that offsets point into. */
export const VALIDITY = 2;
export const VALUES = 4;
export const DATA = 6;

/** Rows that no buffer has to vouch for; more than this in a record is an attack. */
const MAX_UNBACKED_ROWS = 1 << 24;

/** Where the nodes and buffers of the record being read lie, in the order of the codec's own layout. */
export class RecordReader {
  source: ByteSource = noSource;
  plan!: RecordPlan;
  /** `NODE_STRIDE` numbers a node; positions are in `source`, buffers are checked to lie in the body of the record. */
  readonly nodes: Int32Array;
  /** Values of the dictionary-encoded columns by node. */
  dictionaries: readonly (readonly string[] | undefined)[] = [];
  /** The range that was located last. */
  from = 0;
  to = 0;

  constructor(nodeCount: number) {
    this.nodes = new Int32Array(nodeCount * NODE_STRIDE);
  }

  /** Finds the nodes and buffers of a batch whose body is `[bodyStart, bodyEnd)`. Returns its number of rows. Throws `ArrowError`. */
  load(source: ByteSource, plan: RecordPlan, batch: FlatTable, bodyStart: number, bodyEnd: number): number {
    checkUncompressed(batch);
    this.source = source;
    this.plan = plan;
    const nodes = batch.vector(BATCH.nodes, 16);
    const buffers = batch.vector(BATCH.buffers, 16);
    if ((nodes?.length ?? 0) !== plan.peerNodes || (buffers?.length ?? 0) !== plan.peerBuffers) {
      throw new ArrowError('malformed', `the batch has ${nodes?.length ?? 0} nodes and ${buffers?.length ?? 0} buffers where its schema makes ${plan.peerNodes} and ${plan.peerBuffers}`);
    }
    if (nodes !== undefined) this.locate(batch.view, nodes.start, buffers?.start ?? 0, bodyStart, bodyEnd);
    return batch.size(BATCH.length);
  }

  /** Lets go of the bytes. */
  close(): void {
    this.source = noSource;
    this.dictionaries = [];
  }

  private locate(view: DataView, nodesStart: number, buffersStart: number, bodyStart: number, bodyEnd: number): void {
    const { node: peerNode, firstBuffer, bufferCount } = this.plan;
    const at = this.nodes;
    const bodyLength = bodyEnd - bodyStart;
    const maxRows = MAX_UNBACKED_ROWS + bodyLength * 8;
    // The upper halves of all 64-bit numbers must be 0; one check at the end tells.
    let high = 0;
    for (let i = 0, slot = 0; slot < at.length; i++, slot += NODE_STRIDE) {
      const peer = peerNode[i] as number;
      if (peer < 0) {
        at[slot + ROWS] = -1;
        at[slot + NULLS] = -1;
        continue;
      }
      const node = nodesStart + peer * 16;
      const rows = view.getInt32(node, true);
      const nulls = view.getInt32(node + 8, true);
      high |= view.getInt32(node + 4, true) | view.getInt32(node + 12, true);
      if (rows < 0 || rows > maxRows || nulls < 0 || nulls > rows) throw new ArrowError('malformed', `a column claims ${rows} rows and ${nulls} nulls`);
      at[slot + ROWS] = rows;
      at[slot + NULLS] = nulls;
      let buffer = buffersStart + (firstBuffer[i] as number) * 16;
      const last = slot + VALIDITY + (bufferCount[i] as number) * 2;
      for (let to = slot + VALIDITY; to < last; to += 2, buffer += 16) {
        const start = view.getInt32(buffer, true);
        const length = view.getInt32(buffer + 8, true);
        high |= view.getInt32(buffer + 4, true) | view.getInt32(buffer + 12, true);
        // A sum past 2^31 turns up as too large; an empty buffer may lie anywhere.
        if (length < 0 || (length > 0 && (start < 0 || start + length > bodyLength))) {
          throw new ArrowError('malformed', `a buffer of ${length} bytes at ${start} lies outside the body of ${bodyLength} bytes`);
        }
        at[to] = bodyStart + start;
        at[to + 1] = length;
      }
    }
    if (high !== 0) throw new ArrowError('malformed', 'a length or position in the batch exceeds 2^32');
  }
}
