import { type Field, field, Schema } from '../../runtime/arrow/schema.ts';
import * as arrow from '../../runtime/arrow/type.ts';
import type { Place, TypeRef, Version } from '../model/model.ts';
import { columnsIn, type Column } from './columns.ts';
import type { Layout, Layouts } from './layouts.ts';

/** The exact Arrow schema of a layout. */
export const layoutSchema = (layouts: Layouts, { columns, last }: Layout): Schema => new Schema(columns.map((column) => columnField(layouts, column, last)));

/**
 * The values of every dictionary of a layout that is known beforehand, by dictionary id: a place in the order that schemas number
 * their dictionary-encoded fields, depth-first.
 */
export function knownDictionaries(layouts: Layouts, { columns, last }: Layout): ReadonlyMap<number, readonly string[]> {
  const known = new Map<number, readonly string[]>();
  let next = 0;
  const visit = (type: TypeRef): void => {
    if (type.kind === 'dictionary') next++;
    else if (type.kind === 'enum' && layouts.enum(type.name).encoding === 'dictionary') known.set(next++, layouts.members(type.name, last));
    else for (const inner of innerTypes(layouts, type, last)) visit(inner);
  };
  for (const { place } of columns) visit(place.type);
  return known;
}

/** The types of the Arrow children of a type. */
function innerTypes(layouts: Layouts, type: TypeRef, version: Version): TypeRef[] {
  switch (type.kind) {
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return [type.item.type];
    case 'map':
      return [type.key.type, type.value.type];
    case 'record':
      return columnsIn(layouts.type(type.name).fields, version).map(({ place }) => place.type);
    default:
      return [];
  }
}

const columnField = (layouts: Layouts, { name, place }: Column, version: Version): Field => placeField(layouts, name, place, version);

const placeField = (layouts: Layouts, name: string, { type, wireNullable }: Place, version: Version): Field => field(name, arrowType(layouts, type, version), wireNullable);

/** The Arrow type of a type expression in a version. */
export function arrowType(layouts: Layouts, type: TypeRef, version: Version): arrow.DataType {
  switch (type.kind) {
    case 'null':
      return arrow.nullType;
    case 'list':
      return arrow.listOf(placeField(layouts, 'item', type.item, version));
    case 'large_list':
      return arrow.largeListOf(placeField(layouts, 'item', type.item, version));
    case 'fixed_list':
      return arrow.fixedListOf(placeField(layouts, 'item', type.item, version), type.size);
    case 'map':
      return arrow.mapOf(placeField(layouts, 'key', type.key, version), placeField(layouts, 'value', type.value, version));
    case 'dictionary': {
      const index = arrowType(layouts, type.index, version);
      if (index.kind !== 'int') throw new Error(`the index of a dictionary is an integer, not ${index.kind}`);
      return arrow.dictionaryOf(index, arrowType(layouts, type.value, version));
    }
    case 'enum':
      return layouts.enum(type.name).encoding === 'utf8' ? arrow.utf8 : arrow.dictionaryOf(arrow.int16, arrow.utf8);
    case 'record':
      return arrow.structOf(columnsIn(layouts.type(type.name).fields, version).map((column) => columnField(layouts, column, version)));
    case 'ipc':
    case 'schema':
      return arrow.binary;
    case 'batch':
      return type.large ? arrow.largeBinary : arrow.binary;
    default:
      // What is left has the form of its Arrow type.
      return type;
  }
}
