import { ArrowError } from './arrow-error.ts';
import { FlatbufferWriter } from './flatbuffer-writer.ts';
import type { FlatTable } from './flatbuffer-reader.ts';
import { HEADER_SCHEMA, METADATA_V5 } from './message-format.ts';
import { encapsulate } from './message-framing.ts';
import { readCustomMetadata, writeCustomMetadata } from './metadata.ts';
import type { Field } from './schema.ts';
import * as types from './type.ts';
import { readIntType, readType, typeNumber, wireChildren, writeTypeTable } from './type-message.ts';

/** Nesting deeper than this is refused: a reader recurses, and no real schema comes near. */
const MAX_DEPTH = 64;
/** A field takes at least this many bytes, which bounds what tables that are pointed to many times can unfold to. */
const MIN_FIELD_BYTES = 16;

export interface EncodedSchema {
  /** The encapsulated schema message. */
  readonly message: Uint8Array;
  /** Ids of the dictionary-encoded fields, depth-first in field order, a field before those under its value type. */
  readonly dictionaryIds: readonly bigint[];
}

export interface SchemaContent {
  readonly fields: readonly Field[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly dictionaryIds: readonly bigint[];
}

/** Writes a schema message. Dictionary ids count up from 0. */
export function encodeSchema(fields: readonly Field[], metadata: ReadonlyMap<string, string>): EncodedSchema {
  const w = new FlatbufferWriter();
  const shared = new SharedTargets();
  const [version, headerType, header] = w.table(0, [2, 1, 4]) as [number, number, number];
  w.setInt16(version, METADATA_V5);
  w.setUint8(headerType, HEADER_SCHEMA);
  const [, fieldsLink, metadataLink] = w.table(header, metadata.size > 0 ? [0, 4, 4] : [0, 4]) as [number, number, number];
  const ids: bigint[] = [];
  writeFields(w, fieldsLink, fields, shared, ids);
  if (metadata.size > 0) writeCustomMetadata(w, metadataLink, metadata);
  shared.write(w);
  return { message: encapsulate(w.finish()), dictionaryIds: ids };
}

function writeFields(w: FlatbufferWriter, link: number, fields: readonly Field[], shared: SharedTargets, ids: bigint[]): void {
  const start = w.vector(link, fields.length, 4);
  fields.forEach((field, i) => {
    writeField(w, start + i * 4, field, shared, ids);
  });
}

function writeField(w: FlatbufferWriter, link: number, field: Field, shared: SharedTargets, ids: bigint[]): void {
  const dictionary = field.type.kind === 'dictionary' ? field.type : undefined;
  const type = valueType(field);
  const children = wireChildren(type);
  const slots = [4, 1, 1, 4, dictionary ? 4 : 0, 4, field.metadata.size > 0 ? 4 : 0];
  const [name, nullable, typeType, typeLink, dictionaryLink, childrenLink, metadataLink] = w.table(link, slots) as [number, number, number, number, number, number, number];
  w.setUint8(nullable, field.nullable ? 1 : 0);
  w.setUint8(typeType, typeNumber(type));
  w.string(name, field.name);
  shared.add(typeLink, type);
  if (dictionary) {
    const [id, indexLink, ordered] = w.table(dictionaryLink, [8, 4, 1]) as [number, number, number];
    w.setInt64(id, BigInt(ids.length));
    ids.push(BigInt(ids.length));
    w.setUint8(ordered, dictionary.ordered ? 1 : 0);
    shared.add(indexLink, dictionary.index);
  }
  // Some readers want a vector of children even where there are none; the empty one is shared.
  if (children.length > 0) writeFields(w, childrenLink, children, shared, ids);
  else shared.add(childrenLink, undefined);
  if (field.metadata.size > 0) writeCustomMetadata(w, metadataLink, field.metadata);
}

/** The type that is on the wire as the field's own: of a dictionary that of its values. */
function valueType(field: Field): Exclude<types.DataType, types.DictionaryType> {
  const type = field.type.kind === 'dictionary' ? field.type.value : field.type;
  if (type.kind === 'dictionary') throw new ArrowError('unsupported-type', `column "${field.name}": the values of a dictionary cannot be dictionary-encoded themselves`);
  return type;
}

/**
 * Type tables and empty vectors, written once and pointed to by all fields that need them: a schema message is a constant part
 * of every record, and this takes a quarter off it.
 */
class SharedTargets {
  private readonly links = new Map<string, { type: Exclude<types.DataType, types.DictionaryType> | undefined; at: number[] }>();

  add(link: number, type: Exclude<types.DataType, types.DictionaryType> | undefined): void {
    const key = type === undefined ? 'none' : parametersOf(type);
    const target = this.links.get(key);
    if (target) target.at.push(link);
    else this.links.set(key, { type, at: [link] });
  }

  write(w: FlatbufferWriter): void {
    for (const { type, at } of this.links.values()) {
      const [first, ...others] = at as [number, ...number[]];
      if (type === undefined) w.vector(first, 0, 4);
      else writeTypeTable(w, first, type);
      for (const link of others) w.share(link, first);
    }
  }
}

/** What a type's own table holds, children left out. */
function parametersOf(type: types.DataType): string {
  const own = { ...type, item: undefined, key: undefined, value: undefined, fields: undefined, entriesName: undefined };
  return JSON.stringify(own);
}

/** Reads the table `Schema` of a schema message. */
export function decodeSchema(schema: FlatTable): SchemaContent {
  if (schema.int16(0) !== 0) throw new ArrowError('unsupported-endianness', 'the schema says that its data is big-endian; only little-endian data is supported');
  const dictionaryIds: bigint[] = [];
  const budget = { fields: Math.floor(schema.regionBytes / MIN_FIELD_BYTES) };
  const fields = readFields(schema, 1, '', 0, budget, dictionaryIds);
  return { fields, metadata: readCustomMetadata(schema, 2), dictionaryIds };
}

function readFields(parent: FlatTable, slot: number, path: string, depth: number, budget: { fields: number }, ids: bigint[]): Field[] {
  const vector = parent.vector(slot, 4);
  if (vector === undefined || vector.length === 0) return [];
  budget.fields -= vector.length;
  if (budget.fields < 0 || depth > MAX_DEPTH) throw new ArrowError('malformed', `the schema nests too deep or unfolds to more fields than its bytes can hold${path && ` (at "${path}")`}`);
  return Array.from({ length: vector.length }, (_, i) => readField(parent.element(vector, i), path, depth, budget, ids));
}

function readField(table: FlatTable, parentPath: string, depth: number, budget: { fields: number }, ids: bigint[]): Field {
  const name = table.string(0) ?? '';
  const path = parentPath ? `${parentPath}.${name}` : name;
  const encoding = table.table(4);
  if (encoding) ids.push(encoding.int64(0));
  const children = readFields(table, 5, path, depth + 1, budget, ids);
  const typeTable = table.table(3);
  if (typeTable === undefined) throw new ArrowError('malformed', `column "${path}" has no type`);
  const value = readType(table.uint8(2), typeTable, children, path);
  const nullable = table.bool(1);
  const metadata = readCustomMetadata(table, 6);
  if (!encoding) return { name, type: value, nullable, metadata };
  const indexTable = encoding.table(1);
  const index = indexTable ? readIntType(indexTable, path) : types.int32;
  return { name, type: types.dictionaryOf(index, value, encoding.bool(2)), nullable, metadata };
}
