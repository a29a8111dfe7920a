import type { Place, TypeRef } from './model.ts';

/** A type in the notation of docs/language.md. */
export function typeText(type: TypeRef): string {
  switch (type.kind) {
    case 'int':
      return `${type.signed ? '' : 'u'}int${type.bits}`;
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
      return `${type.kind}<${itemText(type.item)}>`;
    case 'fixed_list':
      return `fixed_list<${itemText(type.item)}, ${type.size}>`;
    case 'map':
      return `map<${typeText(type.key.type)}, ${itemText(type.value)}>`;
    case 'dictionary':
      return `dictionary<${typeText(type.index)}, ${typeText(type.value)}>`;
    case 'enum':
    case 'record':
      return type.name;
    case 'ipc':
      return `ipc<${type.name}>`;
    case 'batch': {
      const word = type.large ? 'large_batch' : 'batch';
      return type.shape === undefined ? word : `${word}<${type.shape}>`;
    }
    default:
      return type.kind;
  }
}

/** The type of a field, parameter or result, with its `?`. */
export const placeText = (place: Place): string => typeText(place.type) + (place.nullable ? '?' : '');

/** The type of a list item or map value, with its `?` or `!`. */
const itemText = (place: Place): string => typeText(place.type) + (place.nullable ? '?' : place.wireNullable ? '' : '!');
