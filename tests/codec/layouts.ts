import { type ColumnCodec, type Contract, type RecordCodec, recordCodec, type Schema } from '../../runtime/v1.ts';
import { recordPrefix } from '../../runtime/codec/record-prefix.ts';

export function prefixOf(schema: Schema, dictionaries: Readonly<Record<string, readonly string[]>> = {}): string {
  return Buffer.from(recordPrefix(schema, new Map(Object.entries(dictionaries)))).toString('base64');
}

/** A codec as generated code makes it, for records whose properties are written and read one after another. */
export function testCodec<T extends object>(
  name: string,
  schema: Schema,
  columns: { readonly [K in keyof T]-?: ColumnCodec<T[K]> },
  options: { readonly contract?: Contract; readonly dictionaries?: Readonly<Record<string, readonly string[]>> } = {},
): RecordCodec<T> {
  const properties = Object.keys(columns) as (keyof T & string)[];
  return recordCodec({
    name,
    contract: options.contract ?? 'by_name',
    prefix: prefixOf(schema, options.dictionaries),
    columns: columns as Readonly<Record<string, ColumnCodec<unknown>>>,
    write(w, c, value: T) {
      for (const property of properties) c[property]?.write(w, value[property]);
    },
    read: (r, c): T => Object.fromEntries(properties.map((property) => [property, c[property]?.read(r)])) as T,
  });
}
