import { concatBytes, encodeDictionary } from '../arrow/batch-message.ts';
import { columnFrom } from '../arrow/column-builder.ts';
import type { Field, Schema } from '../arrow/schema.ts';
import type { DataType } from '../arrow/type.ts';
import { typeName } from '../arrow/type-name.ts';
import { wireChildren } from '../arrow/type-message.ts';

/**
 * The constant start of every record of a layout: the schema message and one dictionary batch for each dictionary whose values are
 * known, depth-first. `dictionaries` lists them by path (wire names joined by `.`, e.g. `kinds.item`; the entries of a map do not
 * count) or by dictionary id; a dictionary-encoded field that is not listed is free text (`dictionaryValue`), written with each record.
 */
export function recordPrefix(schema: Schema, dictionaries: ReadonlyMap<string | number, readonly string[]>): Uint8Array {
  const places = schema.fields.flatMap((field) => dictionaryPlaces(field, field.name));
  const known = new Set<string | number>([...places.map(({ path }) => path), ...places.keys()]);
  for (const key of dictionaries.keys()) {
    if (!known.has(key)) throw new RangeError(`no dictionary-encoded field ${JSON.stringify(key)} in the schema (it has: ${[...known].join(', ')})`);
  }
  const chunks = [schema.toIpc()];
  places.forEach(({ path, type }, ordinal) => {
    const members = dictionaries.get(path) ?? dictionaries.get(ordinal);
    if (members === undefined) return;
    if (type.index.bits !== 16 || !type.index.signed) throw new RangeError(`field "${path}" is ${typeName(type)}; records take dictionary<int16, utf8> only`);
    chunks.push(...encodeDictionary(schema.dictionaryIds[ordinal] as bigint, columnFrom(type.value, members, path)));
  });
  return new Uint8Array(concatBytes(chunks));
}

interface DictionaryPlace {
  readonly path: string;
  readonly type: DataType & { kind: 'dictionary' };
}

/** Dictionary-encoded fields at and under a field, in the order of `Schema.dictionaryIds`. */
function dictionaryPlaces(field: Field, path: string): DictionaryPlace[] {
  const { type } = field;
  const own = type.kind === 'dictionary' ? [{ path, type }] : [];
  const children = type.kind === 'map' ? [type.key, type.value] : wireChildren(type);
  return [...own, ...children.flatMap((child) => dictionaryPlaces(child, `${path}.${child.name}`))];
}
