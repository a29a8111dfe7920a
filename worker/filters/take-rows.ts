import { bitmapBytes, getBit, setBit } from '../../runtime/arrow/bits.ts';
import { Column, type NumericArray } from '../../runtime/arrow/column.ts';
import { fixedLayout } from '../../runtime/arrow/physical-layout.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';

/** Some rows of a batch, by rising row number. A stretch of neighbours is cut out without copying. */
export function takeRows(batch: RecordBatch, rows: Uint32Array): RecordBatch {
  if (rows.length === batch.numRows) return batch;
  const stretch = stretchOf(rows);
  if (stretch) return batch.slice(...stretch);
  return RecordBatch.of(batch.schema, batch.columns.map((column) => takeColumn(column, rows)), { numRows: rows.length, metadata: batch.metadata });
}

/** Some rows of a column, in the order given. */
export function takeColumn(column: Column, rows: Uint32Array): Column {
  const { type } = column;
  const { length } = rows;
  const shared = { type, length, validity: column.validity && takeBits(column.validity, rows) };
  switch (type.kind) {
    case 'null':
      return new Column(shared);
    case 'bool':
      return new Column({ ...shared, data: takeBits(column.data as Uint8Array, rows) });
    case 'utf8':
    case 'large_utf8':
    case 'binary':
    case 'large_binary':
      return new Column({ ...shared, ...takeBytes(column, rows) });
    case 'list':
    case 'large_list':
    case 'map': {
      const { offsets, items } = itemsOf(column.offsets as Int32Array, rows);
      return new Column({ ...shared, offsets, children: column.children.map((child) => takeColumn(child, items)) });
    }
    case 'fixed_list': {
      const items = new Uint32Array(length * type.size);
      for (let i = 0; i < items.length; i++) items[i] = (rows[Math.floor(i / type.size)] as number) * type.size + (i % type.size);
      return new Column({ ...shared, children: column.children.map((child) => takeColumn(child, items)) });
    }
    case 'struct':
      return new Column({ ...shared, children: column.children.map((child) => takeColumn(child, rows)) });
    case 'union': {
      const typeIds = takeNumbers(column.typeIds as Int8Array, rows, 1) as Int8Array;
      if (type.mode === 'sparse') return new Column({ ...shared, typeIds, children: column.children.map((child) => takeColumn(child, rows)) });
      return new Column({ ...shared, typeIds, offsets: takeNumbers(column.offsets as Int32Array, rows, 1) as Int32Array, children: column.children });
    }
    default:
      return new Column({ ...shared, data: takeNumbers(column.data as NumericArray, rows, fixedLayout(type)?.perRow ?? 1), dictionary: column.dictionary });
  }
}

/** Start and end of rows without a gap. */
function stretchOf(rows: Uint32Array): [number, number] | undefined {
  const [first, last] = [rows[0] ?? 0, rows[rows.length - 1] ?? -1];
  return last - first + 1 === rows.length ? [first, last + 1] : undefined;
}

function takeNumbers(data: NumericArray, rows: Uint32Array, perRow: number): NumericArray {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    // Copied as 32-bit words: a bigint for each value would cost several times as much.
    const words = takeWords(new Uint32Array(data.buffer, data.byteOffset, data.length * 2), rows, perRow * 2);
    const array = data instanceof BigInt64Array ? BigInt64Array : BigUint64Array;
    return new array(words.buffer as ArrayBuffer, 0, rows.length * perRow);
  }
  return takeWords(data, rows, perRow);
}

function takeWords<T extends Exclude<NumericArray, BigInt64Array | BigUint64Array>>(data: T, rows: Uint32Array, perRow: number): T {
  const taken = new (data.constructor as new (length: number) => T)(rows.length * perRow);
  if (perRow === 1) {
    for (let i = 0; i < rows.length; i++) taken[i] = data[rows[i] as number] as number;
    return taken;
  }
  for (let i = 0, to = 0; i < rows.length; i++) {
    const from = (rows[i] as number) * perRow;
    for (let word = 0; word < perRow; word++) taken[to++] = data[from + word] as number;
  }
  return taken;
}

function takeBits(bits: Uint8Array, rows: Uint32Array): Uint8Array {
  const taken = new Uint8Array(bitmapBytes(rows.length));
  for (let i = 0; i < rows.length; i++) if (getBit(bits, rows[i] as number)) setBit(taken, i);
  return taken;
}

function takeBytes(column: Column, rows: Uint32Array): { offsets: Int32Array; data: Uint8Array } {
  const [from, bytes] = [column.offsets as Int32Array, column.data as Uint8Array];
  const offsets = new Int32Array(rows.length + 1);
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    size += (from[row + 1] as number) - (from[row] as number);
    offsets[i + 1] = size;
  }
  const data = new Uint8Array(size);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    let to = offsets[i] as number;
    // Texts are short as a rule: a loop beats a call of `set` up to some dozen bytes.
    for (let at = from[row] as number; at < (from[row + 1] as number); at++) data[to++] = bytes[at] as number;
  }
  return { offsets, data };
}

function itemsOf(from: Int32Array, rows: Uint32Array): { offsets: Int32Array; items: Uint32Array } {
  const offsets = new Int32Array(rows.length + 1);
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    size += (from[row + 1] as number) - (from[row] as number);
    offsets[i + 1] = size;
  }
  const items = new Uint32Array(size);
  for (let i = 0, to = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    for (let at = from[row] as number; at < (from[row + 1] as number); at++) items[to++] = at;
  }
  return { offsets, items };
}
