import { ArrowError } from '../../runtime/arrow/arrow-error.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { type Field, Schema } from '../../runtime/arrow/schema.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';

const describeField = ({ name, type, nullable, metadata }: Field): unknown => [name, typeName(type), nullable, ...metadata];

/**
 * A batch nested in a binary column, by column name. What senders of one version do differently is left out: order, declared
 * nullability, and columns that are null or not sent at all (vgi-semantics, section 1).
 */
function nestedBatch(batch: RecordBatch): unknown {
  const columns = batch.schema.fields.map(({ name, type, metadata }, index) => {
    const values = Array.from(batch.column(index).values() as Iterable<unknown>, plainValue);
    return [name, { type: typeName(type).replaceAll('?', ''), metadata: [...metadata], values }] as const;
  });
  const told = columns.filter(([, { values }]) => values.some((value) => value !== null));
  // Peers disagree on the rows of a record without columns; nothing depends on it.
  return { rows: columns.length === 0 ? 0 : batch.numRows, columns: Object.fromEntries(told) };
}

/** What lies in a binary column: a batch, a schema, or just bytes. */
function opened(bytes: Uint8Array): unknown {
  for (const read of [(): unknown => nestedBatch(RecordBatch.fromIpc(bytes)), (): unknown => plainValue(Schema.fromIpc(bytes))]) {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ArrowError)) throw error;
    }
  }
  return Buffer.from(bytes).toString('hex');
}

/** A value as plain data that compares by value: batches and schemas by content, bytes as text, missing and null alike. */
export function plainValue(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return opened(value);
  if (value instanceof Schema) return { fields: value.fields.map(describeField), metadata: [...value.metadata] };
  if (value instanceof RecordBatch) {
    return { schema: plainValue(value.schema), rows: value.numRows, columns: value.columns.map((column) => Array.from(column.values() as Iterable<unknown>, plainValue)) };
  }
  if (value instanceof Map) return [...value].map(([key, entry]) => [plainValue(key), plainValue(entry)]);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, plainValue);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainValue(entry)]));
  return value;
}
