import { ArrowError } from './arrow-error.ts';
import { bitmapBytes } from './bits.ts';
import type { Column } from './column.ts';
import { fixedLayout, hasLargeOffsets } from './physical-layout.ts';

const nothing = new Uint8Array(0);

/** Nodes and buffers of columns in the order of a record batch message. Buffers are views of the columns' own. */
export class ColumnEncoder {
  /** Length and null count of each node, alternating. */
  readonly nodes: number[] = [];
  readonly buffers: Uint8Array[] = [];

  /** Adds a column and those under it. */
  add(column: Column): void {
    const { type, length } = column;
    this.nodes.push(length, column.nullCount);
    if (type.kind === 'null') return;
    if (type.kind === 'union') {
      this.buffers.push(bytesOf(column.typeIds as Int8Array, length));
      if (type.mode === 'dense') this.buffers.push(bytesOf(column.offsets as Int32Array, length * 4));
      for (const child of column.children) this.add(child);
      return;
    }
    this.buffers.push(column.validity ? column.validity.subarray(0, bitmapBytes(length)) : nothing);
    switch (type.kind) {
      case 'utf8':
      case 'large_utf8':
      case 'binary':
      case 'large_binary': {
        const [start, end] = this.addOffsets(column);
        this.buffers.push((column.data as Uint8Array).subarray(start, end));
        break;
      }
      case 'list':
      case 'large_list': {
        const [start, end] = this.addOffsets(column);
        this.add(rows(column.children[0] as Column, start, end));
        break;
      }
      case 'map': {
        const [start, end] = this.addOffsets(column);
        this.nodes.push(end - start, 0);
        this.buffers.push(nothing);
        for (const child of column.children) this.add(rows(child, start, end));
        break;
      }
      case 'fixed_list':
        this.add(rows(column.children[0] as Column, 0, length * type.size));
        break;
      case 'struct':
        for (const child of column.children) this.add(rows(child, 0, length));
        break;
      case 'bool':
        this.buffers.push((column.data as Uint8Array).subarray(0, bitmapBytes(length)));
        break;
      default: {
        const layout = fixedLayout(type);
        if (layout === undefined || column.data === undefined) throw new ArrowError('mismatch', `a column of type ${type.kind} has no data`);
        this.buffers.push(bytesOf(column.data, length * layout.perRow * layout.array.BYTES_PER_ELEMENT));
      }
    }
  }

  /** Adds offsets that start at 0 and returns the range that the column's own span. */
  private addOffsets(column: Column): [number, number] {
    const { length } = column;
    const offsets = column.offsets as Int32Array;
    const start = offsets[0] as number;
    if (hasLargeOffsets(column.type)) {
      const words = new Int32Array((length + 1) * 2);
      for (let i = 0; i <= length; i++) words[i * 2] = (offsets[i] as number) - start;
      this.buffers.push(bytesOf(words, words.byteLength));
    } else {
      const own = offsets.subarray(0, length + 1);
      this.buffers.push(bytesOf(start === 0 ? own : own.map((offset) => offset - start), (length + 1) * 4));
    }
    return [start, offsets[length] as number];
  }
}

function rows(column: Column, start: number, end: number): Column {
  return start === 0 && end === column.length ? column : column.slice(start, end);
}

function bytesOf(array: NonNullable<Column['data']>, byteLength: number): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, byteLength);
}
