import type { Field } from './schema.ts';
import type { DataType } from './type.ts';

/**
 * A type as text for messages, in the notation of docs/language.md: `list<utf8>`, `map<utf8, int64>`, `timestamp<us, UTC>`. List items
 * and map values are nullable unless marked `!`; struct and union members are not null unless marked `?`.
 */
export function typeName(type: DataType): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? 'int' : 'uint'}${type.bits}`;
    case 'float':
      return `float${type.bits}`;
    case 'fixed_binary':
      return `fixed_binary<${type.width}>`;
    case 'decimal':
      return `decimal${type.bits}<${type.precision}, ${type.scale}>`;
    case 'date':
      return type.unit === 'day' ? 'date32' : 'date64';
    case 'time':
      return `time${type.bits}<${type.unit}>`;
    case 'timestamp':
      return type.timezone === undefined ? `timestamp<${type.unit}>` : `timestamp<${type.unit}, ${type.timezone}>`;
    case 'duration':
    case 'interval':
      return `${type.kind}<${type.unit}>`;
    case 'list':
    case 'large_list':
      return `${type.kind}<${itemName(type.item)}>`;
    case 'fixed_list':
      return `fixed_list<${itemName(type.item)}, ${type.size}>`;
    case 'map':
      return `map<${typeName(type.key.type)}, ${itemName(type.value)}>`;
    case 'struct':
      return `struct<${memberNames(type.fields)}>`;
    case 'union':
      return `${type.mode}_union<${memberNames(type.fields)}>`;
    case 'dictionary':
      return `dictionary<${typeName(type.index)}, ${typeName(type.value)}>`;
    default:
      return type.kind;
  }
}

function itemName(item: Field): string {
  return item.nullable ? typeName(item.type) : `${typeName(item.type)}!`;
}

function memberNames(fields: readonly Field[]): string {
  return fields.map((field) => `${field.name}: ${typeName(field.type)}${field.nullable ? '?' : ''}`).join(', ');
}
