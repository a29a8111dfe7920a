import type { Field, Schema } from './schema.ts';
import type { DataType } from './type.ts';

/**
 * The spelling of a type that all ports of the RPC layer share; what they hash to compare protocols (vgi-rpc, `rpc/_type_tokens.py`). Unlike
 * `typeName` it says everything that Arrow counts as part of the type, and nothing else: children of lists and maps have fixed names.
 */
export function typeToken(type: DataType): string {
  switch (type.kind) {
    case 'null':
    case 'bool':
    case 'utf8':
    case 'large_utf8':
    case 'binary':
    case 'large_binary':
      return type.kind;
    case 'int':
      return `${type.signed ? 'int' : 'uint'}${type.bits}`;
    case 'float':
      return `float${type.bits}`;
    case 'fixed_binary':
      return `fixed_size_binary(${type.width})`;
    case 'decimal':
      return `decimal${type.bits}(${type.precision},${type.scale})`;
    case 'date':
      return type.unit === 'day' ? 'date32' : 'date64';
    case 'time':
      return `time${type.bits}(${type.unit})`;
    case 'timestamp':
      return type.timezone === undefined ? `timestamp(${type.unit})` : `timestamp(${type.unit},tz=${type.timezone})`;
    case 'duration':
      return `duration(${type.unit})`;
    case 'interval':
      return type.unit === 'year_month' ? 'interval_months' : `interval_${type.unit}`;
    case 'list':
    case 'large_list':
      return `${type.kind}<${child(type.item, 'item')}>`;
    case 'fixed_list':
      return `fixed_size_list(${type.size})<${child(type.item, 'item')}>`;
    case 'map':
      return `map<${child(type.key, 'key')},${child(type.value, 'value')}>${type.keysSorted ? ',keys_sorted' : ''}`;
    case 'struct':
      return `struct<${type.fields.map((field) => child(field)).join(',')}>`;
    case 'union':
      return `${type.mode}_union<${type.fields.map((field, i) => `${type.typeIds[i]}=${child(field)}`).join(',')}>`;
    case 'dictionary':
      return `dictionary<index:${typeToken(type.index)},value:${typeToken(type.value)}>${type.ordered ? ',ordered' : ''}`;
  }
}

function child(field: Field, name = field.name): string {
  return `${name}${field.nullable ? '?' : ''}:${fieldToken(field)}`;
}

const EXTENSION_NAME = 'ARROW:extension:name';

/** An extension is told by the metadata of its field, and travels as its storage type. */
function fieldToken({ type, metadata }: Field): string {
  const extension = metadata.get(EXTENSION_NAME);
  return extension === undefined ? typeToken(type) : `extension(${extension})<${typeToken(type)}>`;
}

/** One field of a schema in the form that is hashed. */
export interface SchemaToken {
  readonly name: string;
  readonly nullable: boolean;
  readonly type: string;
}

/** The fields in wire order, which is part of what is hashed. */
export function schemaTokens(schema: Schema): SchemaToken[] {
  return schema.fields.map((field) => ({ name: field.name, nullable: field.nullable, type: fieldToken(field) }));
}
