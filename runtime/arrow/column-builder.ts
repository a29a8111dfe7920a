import { ArrowError } from './arrow-error.ts';
import { bitmapBytes, setBit } from './bits.ts';
import { Column, type ColumnValues, type Interval } from './column.ts';
import { toFloat16 } from './float16.ts';
import { fixedLayout, holdsValues, type NumericArray, type NumericArrayConstructor } from './physical-layout.ts';
import { buildBytes, buildText } from './text-builder.ts';
import type { DataType, DecimalType, DictionaryType, FixedListType, IntervalType, MapType, StructType } from './type.ts';
import { typeName } from './type-name.ts';

/** What a column is built from: a typed array of the type's own kind (kept, not copied) or any array of values and nulls. */
export type ColumnInput = ColumnValues | readonly unknown[];

/**
 * Builds a column. `null` and `undefined` are null; 64-bit types take `bigint` and safe integers; dictionaries are made of the
 * distinct values. Throws `ArrowError` `invalid-value` for a value that the type cannot hold, naming its row and `name`, and
 * `unsupported-type` for unions, which are built from their parts with `new Column`.
 */
export function columnFrom(type: DataType, values: ColumnInput, name = ''): Column {
  const length = values.length;
  const layout = fixedLayout(type);
  if (layout !== undefined && holdsValues(type) && values instanceof layout.array) return new Column({ type, length, data: values as NumericArray });
  const rows = values as ArrayLike<unknown>;
  const nulls = validityOf(rows);
  const build = new Rows(type, rows, name);
  return new Column({ type, length, ...nulls, ...build.parts() });
}

/** Validity bitmap and null count of rows; nothing if no row is null. */
function validityOf(rows: ArrayLike<unknown>): { validity?: Uint8Array; nullCount: number } {
  let nullCount = 0;
  for (let i = 0; i < rows.length; i++) if (rows[i] === null || rows[i] === undefined) nullCount++;
  if (nullCount === 0) return { nullCount };
  const validity = new Uint8Array(bitmapBytes(rows.length));
  for (let i = 0; i < rows.length; i++) if (rows[i] !== null && rows[i] !== undefined) setBit(validity, i);
  return { validity, nullCount };
}

type Parts = Partial<Pick<Column, 'data' | 'offsets' | 'children' | 'dictionary'>>;

/** The rows of one column on their way into buffers. */
class Rows {
  private readonly type: DataType;
  private readonly rows: ArrayLike<unknown>;
  private readonly name: string;

  constructor(type: DataType, rows: ArrayLike<unknown>, name: string) {
    this.type = type;
    this.rows = rows;
    this.name = name;
  }

  parts(): Parts {
    const { type, rows } = this;
    const bad = (row: number): ArrowError => this.invalid(row);
    switch (type.kind) {
      case 'null':
        for (let row = 0; row < rows.length; row++) if (rows[row] !== null && rows[row] !== undefined) throw bad(row);
        return {};
      case 'bool':
        return { data: this.bits() };
      case 'utf8':
      case 'large_utf8':
        return buildText(rows, bad);
      case 'binary':
      case 'large_binary':
        return buildBytes(rows, bad);
      case 'fixed_binary':
        return { data: this.fixedBytes(type.width) };
      case 'float':
        return { data: this.floats(type.bits) };
      case 'decimal':
        return { data: this.decimals(type) };
      case 'interval':
        return { data: this.intervals(type) };
      case 'list':
      case 'large_list': {
        const items: unknown[] = [];
        const offsets = this.flatten((value) => isArrayLike(value) && appendAll(items, value), items);
        return { offsets, children: [columnFrom(type.item.type, items, this.child(type.item.name))] };
      }
      case 'fixed_list':
        return { children: [this.fixedItems(type)] };
      case 'map':
        return this.entries(type);
      case 'struct':
        return { children: this.members(type) };
      case 'dictionary':
        return this.dictionary(type);
      case 'union':
        throw new ArrowError('unsupported-type', `column "${this.name}": a union column is made of its parts with \`new Column\``);
      default:
        return { data: this.integers() };
    }
  }

  private bits(): Uint8Array {
    const bits = new Uint8Array(bitmapBytes(this.rows.length));
    for (let row = 0; row < this.rows.length; row++) {
      const value = this.rows[row];
      if (value === true) setBit(bits, row);
      else if (value !== false && value !== null && value !== undefined) throw this.invalid(row);
    }
    return bits;
  }

  /** Integers and everything that is an integer inside: date, time, timestamp, duration. */
  private integers(): NumericArray {
    const { array } = fixedLayout(this.type) as { array: NumericArrayConstructor };
    const data = new array(this.rows.length);
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) return this.bigints(data);
    for (let row = 0; row < data.length; row++) {
      const value = this.rows[row];
      if (value === null || value === undefined) continue;
      // What does not fit comes back changed: fractions, values out of range, other JS types.
      data[row] = value as number;
      if (data[row] !== value) throw this.invalid(row);
    }
    return data;
  }

  private bigints(data: BigInt64Array | BigUint64Array): NumericArray {
    for (let row = 0; row < data.length; row++) {
      const value = this.rows[row];
      if (value === null || value === undefined) continue;
      if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw this.invalid(row);
      const integer = BigInt(value as bigint | number);
      data[row] = integer;
      if (data[row] !== integer) throw this.invalid(row);
    }
    return data;
  }

  private floats(bits: 16 | 32 | 64): NumericArray {
    const data = new (fixedLayout(this.type) as { array: NumericArrayConstructor }).array(this.rows.length);
    for (let row = 0; row < data.length; row++) {
      const value = this.rows[row];
      if (value === null || value === undefined) continue;
      if (typeof value !== 'number') throw this.invalid(row);
      data[row] = bits === 16 ? toFloat16(value) : value;
    }
    return data;
  }

  private decimals({ bits }: DecimalType): NumericArray {
    const perRow = bits / 64;
    const data = new BigUint64Array(this.rows.length * perRow);
    for (let row = 0; row < this.rows.length; row++) {
      const value = this.rows[row];
      if (value === null || value === undefined) continue;
      if ((typeof value !== 'bigint' && !Number.isSafeInteger(value)) || BigInt.asIntN(bits, BigInt(value as bigint)) !== BigInt(value as bigint)) throw this.invalid(row);
      let rest = BigInt(value as bigint);
      for (let i = row * perRow; i < (row + 1) * perRow; i++) {
        data[i] = BigInt.asUintN(64, rest);
        rest >>= 64n;
      }
    }
    return data;
  }

  private intervals(type: IntervalType): NumericArray {
    const perRow = fixedLayout(type)?.perRow ?? 1;
    const data = new Int32Array(this.rows.length * perRow);
    for (let row = 0; row < this.rows.length; row++) {
      const value = this.rows[row];
      if (value === null || value === undefined) continue;
      const words = isInterval(value) ? intervalWords(type, value) : undefined;
      if (words === undefined) throw this.invalid(row);
      data.set(words, row * perRow);
    }
    return data;
  }

  private fixedBytes(width: number): Uint8Array {
    const data = new Uint8Array(this.rows.length * width);
    for (let row = 0; row < this.rows.length; row++) {
      const value = this.rows[row];
      if (value === null || value === undefined) continue;
      if (!(value instanceof Uint8Array) || value.length !== width) throw this.invalid(row);
      data.set(value, row * width);
    }
    return data;
  }

  /** Appends the items of each row with `append`, which says no to other values; returns the offsets into `items`. */
  private flatten(append: (value: unknown) => boolean, items: readonly unknown[]): Int32Array {
    const offsets = new Int32Array(this.rows.length + 1);
    for (let row = 0; row < this.rows.length; row++) {
      const value = this.rows[row];
      if (value !== null && value !== undefined && !append(value)) throw this.invalid(row);
      offsets[row + 1] = items.length;
    }
    return offsets;
  }

  private entries(type: MapType): Parts {
    const keys: unknown[] = [];
    const values: unknown[] = [];
    const append = (value: unknown): boolean => {
      if (!(value instanceof Map)) return false;
      for (const [key, item] of value) {
        keys.push(key);
        values.push(item);
      }
      return true;
    };
    const offsets = this.flatten(append, keys);
    return { offsets, children: [columnFrom(type.key.type, keys, this.child(type.key.name)), columnFrom(type.value.type, values, this.child(type.value.name))] };
  }

  private fixedItems(type: FixedListType): Column {
    const items = new Array<unknown>(this.rows.length * type.size).fill(null);
    for (let row = 0; row < this.rows.length; row++) {
      const value = this.rows[row];
      if (value === null || value === undefined) continue;
      if (!isArrayLike(value) || value.length !== type.size) throw this.invalid(row);
      for (let i = 0; i < type.size; i++) items[row * type.size + i] = value[i];
    }
    return columnFrom(type.item.type, items, this.child(type.item.name));
  }

  private members(type: StructType): Column[] {
    for (let row = 0; row < this.rows.length; row++) {
      if (this.rows[row] !== undefined && typeof this.rows[row] !== 'object') throw this.invalid(row);
    }
    return type.fields.map((field) => {
      const members = new Array<unknown>(this.rows.length);
      for (let row = 0; row < members.length; row++) members[row] = (this.rows[row] as Record<string, unknown> | null | undefined)?.[field.name];
      return columnFrom(field.type, members, this.child(field.name));
    });
  }

  private dictionary(type: DictionaryType): Parts {
    const positions = new Map<unknown, number>();
    const indices = new Array<number | null>(this.rows.length);
    for (let row = 0; row < indices.length; row++) {
      const value = this.rows[row];
      if (value === null || value === undefined) {
        indices[row] = null;
        continue;
      }
      let position = positions.get(value);
      if (position === undefined) {
        position = positions.size;
        positions.set(value, position);
      }
      indices[row] = position;
    }
    return { data: columnFrom(type.index, indices, this.name).data, dictionary: columnFrom(type.value, [...positions.keys()], this.name) };
  }

  private child(name: string): string {
    return this.name === '' ? name : `${this.name}.${name}`;
  }

  private invalid(row: number): ArrowError {
    const value = this.rows[row];
    const shown = typeof value === 'bigint' ? `${value}n` : typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeof value === 'number' ? String(value) : `a value of type ${value?.constructor?.name ?? typeof value}`;
    return new ArrowError('invalid-value', `column "${this.name}", row ${row}: ${shown} is no ${typeName(this.type)}`);
  }
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function appendAll(items: unknown[], values: ArrayLike<unknown>): true {
  for (let i = 0; i < values.length; i++) items.push(values[i]);
  return true;
}

function isInterval(value: unknown): value is Interval {
  const { months, days, nanoseconds } = value as Partial<Interval>;
  return months === ((months as number) | 0) && days === ((days as number) | 0) && typeof nanoseconds === 'bigint' && BigInt.asIntN(64, nanoseconds) === nanoseconds;
}

/** The words of an interval, `undefined` if its unit cannot express it. */
function intervalWords(type: IntervalType, { months, days, nanoseconds }: Interval): number[] | undefined {
  if (type.unit === 'year_month') return days === 0 && nanoseconds === 0n ? [months] : undefined;
  if (type.unit === 'month_day_nano') return [months, days, Number(BigInt.asIntN(32, nanoseconds)), Number(nanoseconds >> 32n)];
  const milliseconds = Number(nanoseconds / 1_000_000n);
  return months === 0 && nanoseconds % 1_000_000n === 0n && milliseconds === (milliseconds | 0) ? [days, milliseconds] : undefined;
}
