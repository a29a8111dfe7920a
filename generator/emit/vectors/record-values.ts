import type { Interval } from '../../../runtime/arrow/column.ts';
import { RecordBatch } from '../../../runtime/arrow/record-batch.ts';
import { Schema } from '../../../runtime/arrow/schema.ts';
import { typeName } from '../../../runtime/arrow/type.ts';
import { columnsIn, type Column } from '../../layout/columns.ts';
import { nestedLayout, type Layout, type Layouts } from '../../layout/layouts.ts';
import type { TypeRef, Version } from '../../model/model.ts';

/** A value in the JSON form of docs/vectors.md. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** Reads the batch of an IPC stream that a column carries. */
export type OpenBatch = (bytes: Uint8Array) => RecordBatch;

/** The values of a record batch of one row, by wire name, in the JSON form of docs/vectors.md. Throws if the batch lacks a column. */
export function recordValues(layouts: Layouts, layout: Layout, batch: RecordBatch, open: OpenBatch = RecordBatch.fromIpc): { readonly [name: string]: JsonValue } {
  const { columns, last, record } = layout;
  if (batch.numRows !== 1) throw new Error(`${record.name}: one row expected, not ${batch.numRows}`);
  return namedValues({ layouts, open, version: last }, columns, (name) => {
    const index = batch.schema.indexOf(name);
    if (index < 0) throw new Error(`${record.name}: there is no column ${name}`);
    return batch.column(index).get(0);
  });
}

interface Reading {
  readonly layouts: Layouts;
  readonly open: OpenBatch;
  readonly version: Version;
}

const namedValues = (reading: Reading, columns: readonly Column[], valueOf: (name: string) => unknown): { readonly [name: string]: JsonValue } =>
  Object.fromEntries(columns.map(({ name, place }) => [name, jsonValue(reading, place.type, valueOf(name))]));

function jsonValue(reading: Reading, type: TypeRef, value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  const { layouts, open, version } = reading;
  const inner = (item: TypeRef, of: unknown): JsonValue => jsonValue(reading, item, of);
  switch (type.kind) {
    case 'ipc': {
      const nested = nestedLayout(layouts, type.name, version);
      return { record: type.name, values: recordValues(layouts, nested, open(value as Uint8Array), open) };
    }
    case 'schema':
      return { schema: schemaFields(Schema.fromIpc(value as Uint8Array)) };
    case 'batch': {
      const batch = open(value as Uint8Array);
      return { schema: schemaFields(batch.schema), rows: Array.from({ length: batch.numRows }, (_, row) => batch.columns.map((column) => plainValue(column.get(row)))) };
    }
    case 'record':
      return namedValues(reading, columnsIn(layouts.type(type.name).fields, version), (name) => (value as Record<string, unknown>)[name]);
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return [...(value as Iterable<unknown>)].map((item) => inner(type.item.type, item));
    case 'map':
      return [...(value as ReadonlyMap<unknown, unknown>)].map(([key, of]) => [inner(type.key.type, key), inner(type.value.type, of)]);
    default:
      return plainValue(value);
  }
}

/** Numbers that JSON lacks are text, and so is every 64-bit integer, which most readers of JSON would round. */
function plainValue(value: unknown): JsonValue {
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return String(value);
    default:
  }
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const { months, days, nanoseconds } = value as Interval;
  return { months, days, nanoseconds: String(nanoseconds) };
}

const schemaFields = (schema: Schema): JsonValue => schema.fields.map(({ name, type, nullable }) => ({ name, type: typeName(type), nullable }));
