import type { StructType } from '../arrow/type.ts';
import { BoundValue } from './bound-value.ts';
import type { LayoutCursor } from './layout-cursor.ts';
import { layoutMismatch } from './layout-mismatch.ts';
import { childPlace } from './list-value.ts';
import type { RecordReader } from './record-reader.ts';
import type { RecordWriter } from './record-writer.ts';
import type { ColumnCodec, Place, ValueCodec } from './value-codec.ts';

/** Members of a struct by property name, in wire order. */
export interface StructLayout<T extends object> {
  readonly columns: { readonly [K in keyof T]-?: ColumnCodec<T[K]> };
}

/** A struct, read as a plain object with every property. */
export function structValue<T extends object>(layout: StructLayout<T>): ValueCodec<T> {
  const members = Object.entries(layout.columns) as [keyof T, ColumnCodec<T[keyof T]>][];
  return {
    bind(place, cursor) {
      if (place.type.kind !== 'struct' || place.type.fields.length !== members.length) throw layoutMismatch(place, `a struct of ${members.length} members`);
      return new StructValue(place, cursor, place.type, members);
    },
  };
}

interface Member<T> {
  readonly property: keyof T;
  readonly value: BoundValue<T[keyof T]>;
}

class StructValue<T extends object> extends BoundValue<T> {
  private readonly members: readonly Member<T>[];

  constructor(place: Place, cursor: LayoutCursor, type: StructType, members: readonly [keyof T, ColumnCodec<T[keyof T]>][]) {
    super(place, cursor, 1);
    this.members = members.map(([property, column], i) => {
      const field = type.fields[i] as StructType['fields'][number];
      return { property, value: column.bind({ ...childPlace(place, field), nulls: column.nulls }, cursor) };
    });
  }

  write(w: RecordWriter, value: T): void {
    this.writeRows(w, [value], false);
  }

  writeRows(w: RecordWriter, values: ArrayLike<T | null | undefined>, lenient: boolean): void {
    this.writeValidity(w, values, lenient);
    for (const { property, value } of this.members) {
      const column = new Array<T[keyof T] | undefined>(values.length);
      let hasNull = false;
      for (let i = 0; i < values.length; i++) {
        const struct = values[i];
        if (struct === null || struct === undefined) hasNull = true;
        else if (typeof struct !== 'object') throw this.invalid(struct);
        column[i] = struct === null || struct === undefined ? undefined : value.present(struct[property]);
      }
      value.writeRows(w, column, hasNull);
    }
  }

  readRow(r: RecordReader, row: number): T {
    if (this.isNull(r, row)) return this.nullValue();
    const struct = {} as T;
    for (const { property, value } of this.members) struct[property] = value.readRow(r, row);
    return struct;
  }
}
