import type { DefaultValue, Field, Place, TypeRef, Version } from '../../model/model.ts';
import { placeText } from '../../model/type-text.ts';
import { cell, code, deprecation, lifetime, link } from './markdown.ts';

/** One row of a table of columns. */
export interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly versions: string;
  readonly meaning: string;
}

/**
 * Columns in wire order, earlier forms of a column as rows of their own before it: a version has the rows that name it, or all rows
 * that name none.
 */
export const columnRows = (fields: readonly Field[], oldest: Version): ColumnRow[] => fields.flatMap((field) => formRows(field, oldest));

function formRows(field: Field, oldest: Version): ColumnRow[] {
  const rows: ColumnRow[] = [];
  let { since } = field;
  for (const form of field.was) {
    const renamed = form.name === field.name ? '' : `Earlier form of ${code(field.name)}.`;
    const nulls = !form.type.nullable && field.type.nullable ? 'Declared not null then; null travels all the same.' : '';
    const about = [renamed, nulls].filter((note) => note !== '').join(' ') || 'Earlier form of the same column.';
    rows.push({ name: code(form.name), type: typeCell(form.type), versions: lifetime({ since, removed: form.before }, oldest), meaning: about });
    since = form.before;
  }
  rows.push({ name: code(field.name), type: typeCell(field.type), versions: lifetime({ since, removed: field.removed }, oldest), meaning: cell(meaning(field)) });
  return rows;
}

function meaning(field: Field): string {
  const notes = [
    field.doc.trim(),
    field.default === undefined || field.default.value === null ? '' : `Default: ${code(defaultText(field.default.value))}.`,
    field.carriesNull ? 'Declared not null, but null travels all the same.' : '',
    field.opaque === undefined ? '' : `Opaque (${field.opaque}).`,
    field.secret ? 'Never logged.' : '',
    deprecation(field),
  ];
  return notes.filter((note) => note !== '').join(' ');
}

export const defaultText = (value: DefaultValue): string => (typeof value === 'string' && value !== '' ? value : JSON.stringify(value));

/** A type with a link to the first declared name in it. */
export function typeCell(place: Place): string {
  const text = cell(code(placeText(place)));
  const named = namedType(place.type);
  return named === undefined ? text : `[${text}](${named.page}.md#${named.name.toLowerCase()})`;
}

function namedType(type: TypeRef): { page: string; name: string } | undefined {
  switch (type.kind) {
    case 'record':
    case 'ipc':
      return { page: 'types', name: type.name };
    case 'enum':
      return { page: 'enums', name: type.name };
    case 'batch':
      return type.shape === undefined ? undefined : { page: 'batches', name: type.shape };
    case 'list':
    case 'large_list':
    case 'fixed_list':
      return namedType(type.item.type);
    case 'map':
      return namedType(type.value.type);
    default:
      return undefined;
  }
}

/** A link to a type. */
export const typeLink = (name: string): string => link(name, 'types', name);
