import { isDeepStrictEqual } from 'node:util';
import type { Field, Schema } from '../../../runtime/arrow/schema.ts';
import { typeEquals } from '../../../runtime/arrow/type-equals.ts';
import { typeName } from '../../../runtime/arrow/type-name.ts';
import type { DataType } from '../../../runtime/arrow/type.ts';

/** The first field, on whatever level, in which a schema is not the wanted one; `undefined` if all are. Metadata may differ. */
export const schemaDifference = (found: Schema, wanted: Schema): string | undefined => fieldsDifference(found.fields, wanted.fields, '');

function fieldsDifference(found: readonly Field[], wanted: readonly Field[], path: string): string | undefined {
  for (let index = 0; index < Math.max(found.length, wanted.length); index++) {
    const [own, due] = [found[index], wanted[index]];
    if (own?.name !== due?.name) return orderDifference(found, wanted, index, path);
    const difference = own === undefined || due === undefined ? undefined : fieldDifference(own, due, `${path}/${due.name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** What to say where two lists of fields have different names in the same place. */
function orderDifference(found: readonly Field[], wanted: readonly Field[], index: number, path: string): string {
  const [own, due] = [found[index], wanted[index]];
  if (due !== undefined && !found.some(({ name }) => name === due.name)) return own === undefined || wanted.some(({ name }) => name === own.name) ? `\`${path}/${due.name}\` is missing` : `\`${path}/${own.name}\` stands in the place of \`${due.name}\``;
  if (own !== undefined && !wanted.some(({ name }) => name === own.name)) return `\`${path}/${own.name}\` is not in the layout`;
  return `\`${path}/${own?.name}\` stands at position ${index + 1}, where \`${due?.name}\` should`;
}

function fieldDifference(found: Field, wanted: Field, path: string): string | undefined {
  if (found.nullable !== wanted.nullable) return `\`${path}\` is ${found.nullable ? 'nullable, which it must not be' : 'not nullable, which it must be'}`;
  if (typeEquals(found.type, wanted.type)) return undefined;
  const inner = found.type.kind === wanted.type.kind ? fieldsDifference(innerFields(found.type), innerFields(wanted.type), path) : undefined;
  return inner ?? `\`${path}\` is of type \`${typeName(found.type)}\`, not \`${typeName(wanted.type)}\``;
}

function innerFields(type: DataType): readonly Field[] {
  switch (type.kind) {
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return [type.item];
    case 'map':
      return [type.key, type.value];
    case 'struct':
      return type.fields;
    default:
      return [];
  }
}

/** A place in which values differ, as a JSON pointer, with what stands on both sides. */
export interface ValueDifference {
  readonly path: string;
  readonly found: string;
  readonly wanted: string;
}

/** The first place in which JSON values differ; `undefined` if they are equal. The order of members means nothing. */
export function valueDifference(found: unknown, wanted: unknown, path = ''): ValueDifference | undefined {
  if (isDeepStrictEqual(found, wanted)) return undefined;
  if (typeof found === 'object' && found !== null && typeof wanted === 'object' && wanted !== null && Array.isArray(found) === Array.isArray(wanted)) {
    const sides = [found, wanted] as readonly [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
    for (const key of Object.keys({ ...sides[1], ...sides[0] })) {
      const difference = valueDifference(sides[0][key], sides[1][key], `${path}/${key}`);
      if (difference !== undefined) return difference;
    }
  }
  return { path, found: shown(found), wanted: shown(wanted) };
}

const longest = 200;

/** A value for messages. What is long is cut: the place says where to look. */
function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest)}...`;
}
