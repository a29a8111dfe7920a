import {
  Binary,
  Bool,
  type DataType,
  Dictionary,
  Field,
  Int16,
  Int32,
  Int64,
  List,
  Map_,
  makeData,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import * as ours from '../runtime/v1.ts';

/** The same schema in apache-arrow's classes; only the types that the cases use. */
export function peerSchema(schema: ours.Schema): Schema {
  let dictionaries = 0;
  const convert = (type: ours.DataType): DataType => {
    switch (type.kind) {
      case 'utf8':
        return new Utf8();
      case 'binary':
        return new Binary();
      case 'bool':
        return new Bool();
      case 'int':
        return type.bits === 64 ? new Int64() : new Int32();
      case 'list':
        return new List(convertField(type.item));
      case 'map':
        return new Map_(new Field('entries', new Struct([convertField(type.key), convertField(type.value)]), false) as never);
      case 'struct':
        return new Struct(type.fields.map(convertField));
      case 'dictionary':
        return new Dictionary(new Utf8(), new Int16(), dictionaries++);
      default:
        throw new Error(`no ${type.kind} in these cases`);
    }
  };
  const convertField = (field: ours.Field): Field => new Field(field.name, convert(field.type), field.nullable);
  return new Schema(schema.fields.map(convertField));
}

/** Writes one record as an IPC stream: a builder for each column, then the stream writer. */
export function peerEncode(schema: Schema, values: readonly unknown[]): Uint8Array {
  const children = schema.fields.map((field, i) => vectorFromArray([values[i] ?? null], field.type).data[0]);
  const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: 1, nullCount: 0, children: children as never }));
  return RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);
}

/** Reads every column of the one row. */
export function peerDecode(bytes: Uint8Array): unknown[] {
  const batch = RecordBatchReader.from(bytes).next().value as RecordBatch;
  return batch.schema.fields.map((_, i) => plain(batch.getChildAt(i)?.get(0)));
}

/** Values as plain JS: apache-arrow's own are views that would be read later. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  const items = [...(value as Iterable<unknown>)];
  return Array.isArray(items[0]) ? new Map(items as [unknown, unknown][]) : items.map(plain);
}
