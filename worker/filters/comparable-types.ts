import type { DataType } from '../../runtime/arrow/type.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';
import type { Expression } from './expression.ts';
import { filterError } from './filter-error.ts';
import { isNumeric } from './numeric-types.ts';

/** Extensions whose values compare as their storage does. */
const plainExtensions: ReadonlySet<string> = new Set(['arrow.uuid', 'arrow.json']);

/** Throws unless the two can be compared: values of one kind, whatever their width, unit or scale. */
export function checkComparable(left: Expression, right: Expression, where: string): void {
  for (const side of [left, right]) {
    const extension = 'extension' in side ? side.extension : undefined;
    if (extension !== undefined && !plainExtensions.has(extension)) throw filterError(`${where} compares values of the extension type ${extension}, whose order is not known`);
  }
  if (!comparable(left.type, right.type)) throw filterError(`${where} compares ${typeName(left.type)} with ${typeName(right.type)}`);
}

function comparable(left: DataType, right: DataType): boolean {
  if (left.kind === 'dictionary') return comparable(left.value, right);
  if (right.kind === 'dictionary') return comparable(left, right.value);
  if (left.kind === 'null' || right.kind === 'null') return true;
  if (isNumeric(left) && isNumeric(right)) return true;
  if (left.kind === 'struct' && right.kind === 'struct') {
    const others = right.fields;
    return left.fields.length === others.length && left.fields.every(({ type }, index) => comparable(type, others[index]?.type as DataType));
  }
  if ('item' in left && 'item' in right) return comparable(left.item.type, right.item.type);
  if (left.kind === 'map' && right.kind === 'map') return comparable(left.key.type, right.key.type) && comparable(left.value.type, right.value.type);
  if (left.kind === 'timestamp' && right.kind === 'timestamp') return (left.timezone === undefined) === (right.timezone === undefined);
  const family = (kind: DataType['kind']): string => families[kind] ?? kind;
  return family(left.kind) === family(right.kind) && left.kind !== 'union';
}

/** Kinds that hold the same values in different layouts. */
const families: Partial<Record<DataType['kind'], string>> = {
  large_utf8: 'utf8',
  large_binary: 'binary',
  fixed_binary: 'binary',
};
