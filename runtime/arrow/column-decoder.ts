import { ArrowError } from './arrow-error.ts';
import { bitmapBytes } from './bits.ts';
import type { BodyReader } from './body-reader.ts';
import { Column, type ColumnParts } from './column.ts';
import { METADATA_V4 } from './message-format.ts';
import { wireShape } from './wire-shape.ts';
import { fixedLayout, hasLargeOffsets } from './physical-layout.ts';
import type { Field } from './schema.ts';
import type { DataType, MapType, UnionType } from './type.ts';

/**
 * Columns whose length no buffer vouches for (null, structs without members, values of width 0) are taken up to this length: a
 * message of 100 bytes must not make a reader fill 2^31 rows.
 */
const MAX_UNBACKED_ROWS = 1 << 24;

/** Gives the dictionary of the dictionary-encoded field with that number, counted depth-first through the schema. */
export type DictionaryLookup = (ordinal: number) => Column;

/** Cuts columns out of the body of one batch. */
export class ColumnDecoder {
  private readonly body: BodyReader;
  private readonly version: number;
  private readonly dictionaryOf: DictionaryLookup;
  private ordinal: number;

  /** `ordinal` is the number of the first dictionary-encoded field among the columns that are going to be read. */
  constructor(body: BodyReader, version: number, dictionaryOf: DictionaryLookup, ordinal: number) {
    this.body = body;
    this.version = version;
    this.dictionaryOf = dictionaryOf;
    this.ordinal = ordinal;
  }

  /** Reads the next top-level column, which has the rows of the batch. */
  root(type: DataType, path: string): Column {
    const column = this.next(type, path, this.body.numRows);
    if (column.length !== this.body.numRows) throw new ArrowError('malformed', `column "${path}" has ${column.length} rows in a batch of ${this.body.numRows}`);
    return column;
  }

  /** Reads the next column, which must have at least `minRows` rows. */
  private next(type: DataType, path: string, minRows: number): Column {
    const { length, nullCount } = this.body.nextNode(path);
    if (length < minRows) throw new ArrowError('malformed', `column "${path}" has ${length} rows where ${minRows} are needed`);
    if (type.kind === 'null') return new Column({ type, length: limitUnbacked(length, path), nullCount: length });
    if (type.kind === 'union') return this.union(type, path, length);
    const validity = this.validity(path, length, nullCount);
    return new Column({ type, length, nullCount: validity && nullCount, validity, ...this.parts(type, path, length) });
  }

  private parts(type: DataType, path: string, length: number): Partial<ColumnParts> {
    switch (type.kind) {
      case 'bool':
        return { data: this.body.nextBytes(path, bitmapBytes(length)) };
      case 'utf8':
      case 'large_utf8':
      case 'binary':
      case 'large_binary': {
        const offsets = this.offsets(type, path, length);
        const bytes = this.body.nextBytes(path, offsets[length] as number);
        const isText = type.kind === 'utf8' || type.kind === 'large_utf8';
        return { offsets, data: isText ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes };
      }
      case 'list':
      case 'large_list': {
        const offsets = this.offsets(type, path, length);
        return { offsets, children: [this.child(type.item, path, offsets[length] as number)] };
      }
      case 'fixed_list':
        if (type.size === 0) limitUnbacked(length, path);
        return { children: [this.child(type.item, path, length * type.size)] };
      case 'map': {
        const offsets = this.offsets(type, path, length);
        return { offsets, children: this.entries(type, path, offsets[length] as number) };
      }
      case 'struct':
        if (type.fields.length === 0) limitUnbacked(length, path);
        return { children: type.fields.map((field) => this.child(field, path, length)) };
      case 'dictionary': {
        const dictionary = this.dictionaryOf(this.ordinal);
        this.ordinal += wireShape(type, this.version).dictionaries;
        return { data: this.fixed(type, path, length), dictionary };
      }
      default:
        return { data: this.fixed(type, path, length) };
    }
  }

  private child(field: Field, path: string, minRows: number): Column {
    return this.next(field.type, `${path}.${field.name}`, minRows);
  }

  /** Key and value columns of a map, which lie under a struct that says nothing new. */
  private entries(type: MapType, path: string, minRows: number): Column[] {
    const { length } = this.body.nextNode(path);
    if (length < minRows) throw new ArrowError('malformed', `column "${path}" has ${length} entries where ${minRows} are needed`);
    this.body.nextBuffer(path);
    return [this.child(type.key, path, length), this.child(type.value, path, length)];
  }

  private union(type: UnionType, path: string, length: number): Column {
    // Unions had a validity buffer up to metadata version V4.
    if (this.version === METADATA_V4) this.body.nextBuffer(path);
    const typeIds = this.body.nextArray(path, Int8Array, length) as Int8Array;
    const offsets = type.mode === 'dense' ? (this.body.nextArray(path, Int32Array, length) as Int32Array) : undefined;
    const children = type.fields.map((field) => this.child(field, path, offsets ? 0 : length));
    return new Column({ type, length, typeIds, offsets, children });
  }

  private fixed(type: DataType, path: string, length: number): Column['data'] {
    const layout = fixedLayout(type);
    if (layout === undefined) throw new ArrowError('unsupported-type', `column "${path}" has no fixed width`);
    if (layout.perRow === 0) limitUnbacked(length, path);
    return this.body.nextArray(path, layout.array, length * layout.perRow);
  }

  private validity(path: string, length: number, nullCount: number): Uint8Array | undefined {
    const bits = this.body.nextBytes(path, 0);
    if (nullCount === 0) return undefined;
    if (bits.length < bitmapBytes(length)) throw new ArrowError('malformed', `column "${path}" claims ${nullCount} nulls without a validity bitmap of ${length} rows`);
    return bits;
  }

  /** Offsets that never decrease nor start below 0; the caller checks the last one against what they point into. */
  private offsets(type: DataType, path: string, length: number): Int32Array {
    // A column without rows may come without its one offset.
    if (length === 0) {
      this.body.nextBuffer(path);
      return new Int32Array(1);
    }
    const offsets = hasLargeOffsets(type)
      ? narrowOffsets(this.body.nextArray(path, BigInt64Array, length + 1) as BigInt64Array, path)
      : (this.body.nextArray(path, Int32Array, length + 1) as Int32Array);
    let last = 0;
    for (let i = 0; i <= length; i++) {
      const offset = offsets[i] as number;
      if (offset < last) throw new ArrowError('malformed', `offset ${i} of column "${path}" is ${offset}, below ${last}`);
      last = offset;
    }
    return offsets;
  }
}

function narrowOffsets(wide: BigInt64Array, path: string): Int32Array {
  const words = new Int32Array(wide.buffer, wide.byteOffset, wide.length * 2);
  const narrow = new Int32Array(wide.length);
  for (let i = 0; i < narrow.length; i++) {
    if (words[i * 2 + 1] !== 0) throw new ArrowError('malformed', `offset ${i} of column "${path}" lies outside the message`);
    narrow[i] = words[i * 2] as number;
  }
  return narrow;
}

function limitUnbacked(length: number, path: string): number {
  if (length > MAX_UNBACKED_ROWS) throw new ArrowError('too-large', `column "${path}" claims ${length} rows without any bytes`);
  return length;
}
