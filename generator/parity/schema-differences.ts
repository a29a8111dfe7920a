import type { Field, Schema } from '../../runtime/arrow/schema.ts';
import { typeEquals } from '../../runtime/arrow/type-equals.ts';
import { typeName } from '../../runtime/arrow/type-name.ts';

/** One way in which a schema is not the declared one. */
export type SchemaDifference =
  | { readonly kind: 'missing'; readonly column: string }
  | { readonly kind: 'unknown'; readonly column: string }
  | { readonly kind: 'differs'; readonly column: string; readonly found: string; readonly declared: string }
  | { readonly kind: 'order'; readonly found: string; readonly declared: string };

const fieldText = ({ type, nullable }: Field): string => `${typeName(type)}${nullable ? '?' : ''}`;

/** Compares names, types, nullability and order; metadata is not looked at. */
export function schemaDifferences(found: Schema, declared: Schema): SchemaDifference[] {
  const differences: SchemaDifference[] = [];
  for (const field of declared.fields) {
    const { name: column } = field;
    const other = found.fields.find(({ name }) => name === column);
    if (other === undefined) differences.push({ kind: 'missing', column });
    else if (other.nullable !== field.nullable || !typeEquals(other.type, field.type)) differences.push({ kind: 'differs', column, found: fieldText(other), declared: fieldText(field) });
  }
  for (const { name: column } of found.fields) if (declared.indexOf(column) < 0) differences.push({ kind: 'unknown', column });
  const [ours, theirs] = [commonNames(declared, found), commonNames(found, declared)];
  if (ours !== theirs) differences.push({ kind: 'order', found: theirs, declared: ours });
  return differences;
}

const commonNames = ({ fields }: Schema, other: Schema): string =>
  fields.flatMap(({ name }) => (other.indexOf(name) < 0 ? [] : [name])).join(', ');
