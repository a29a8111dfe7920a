import type { Field } from './schema.ts';
import type { DataType } from './type.ts';

/**
 * Same type with the same parameters, children and nullability of children. As in other Arrow libraries the names of list items
 * and of a map's entries, key and value do not count; those of struct and union members do. Metadata is not compared.
 */
export function typeEquals(a: DataType, b: DataType): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'int':
      return b.kind === 'int' && a.bits === b.bits && a.signed === b.signed;
    case 'float':
      return b.kind === 'float' && a.bits === b.bits;
    case 'fixed_binary':
      return b.kind === 'fixed_binary' && a.width === b.width;
    case 'decimal':
      return b.kind === 'decimal' && a.bits === b.bits && a.precision === b.precision && a.scale === b.scale;
    case 'date':
    case 'duration':
    case 'interval':
      return a.kind === b.kind && a.unit === b.unit;
    case 'time':
      return b.kind === 'time' && a.unit === b.unit && a.bits === b.bits;
    case 'timestamp':
      return b.kind === 'timestamp' && a.unit === b.unit && a.timezone === b.timezone;
    case 'list':
    case 'large_list':
      return a.kind === b.kind && childEquals(a.item, b.item);
    case 'fixed_list':
      return b.kind === 'fixed_list' && a.size === b.size && childEquals(a.item, b.item);
    case 'map':
      return b.kind === 'map' && a.keysSorted === b.keysSorted && childEquals(a.key, b.key) && childEquals(a.value, b.value);
    case 'struct':
      return b.kind === 'struct' && fieldsEqual(a.fields, b.fields);
    case 'union':
      return b.kind === 'union' && a.mode === b.mode && a.typeIds.every((id, i) => id === b.typeIds[i]) && fieldsEqual(a.fields, b.fields);
    case 'dictionary':
      return b.kind === 'dictionary' && a.ordered === b.ordered && typeEquals(a.index, b.index) && typeEquals(a.value, b.value);
    default:
      return a.kind === b.kind;
  }
}

/** Same names, order, types and nullability. */
export function fieldsEqual(a: readonly Field[], b: readonly Field[]): boolean {
  return a.length === b.length && a.every((field, i) => field.name === b[i]?.name && childEquals(field, b[i] as Field));
}

function childEquals(a: Field, b: Field): boolean {
  return a.nullable === b.nullable && typeEquals(a.type, b.type);
}
