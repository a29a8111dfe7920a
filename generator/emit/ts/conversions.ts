import type { Column } from '../../layout/columns.ts';
import { isOptional, notExpressible, type TsModule } from './ts-module.ts';
import { fieldDefault } from './literal.ts';

/** The runtime's functions for a conversion: from the first of its two types to the second, and back. */
const functions: Readonly<Record<string, { readonly from: Column['place']['type']['kind']; readonly there: string; readonly back: string }>> = {
  single_component_path: { from: 'utf8', there: 'pathFromComponent', back: 'componentFromPath' },
};

/** The value of today from what an earlier form of the field holds. */
export function readConverted(module: TsModule, column: Column, read: string): string {
  const { field, place } = column;
  const converted = convertCall(module, column, read, 'read');
  return place.nullable && !isOptional(field) ? `${converted} ?? ${fieldDefault(module, field)}` : converted;
}

/** What an earlier form of the field holds for the value of today. */
export const writeConverted = (module: TsModule, column: Column, value: string): string => convertCall(module, column, value, 'write');

function convertCall(module: TsModule, column: Column, value: string, direction: 'read' | 'write'): string {
  if (column.convert === undefined) return value;
  const conversion = functions[column.convert];
  if (conversion === undefined) throw notExpressible(column.field.range, `\`${column.name}\``, `the conversion \`${column.convert}\``);
  const forward = (column.place.type.kind === conversion.from) === (direction === 'read');
  return `${module.runtimeValue(forward ? conversion.there : conversion.back)}(${value})`;
}
