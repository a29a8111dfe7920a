import type { Field, Place, Version } from '../model/model.ts';
import { compareVersions, livesIn } from '../model/versions.ts';

/** One column as a version has it. */
export interface Column {
  /** Wire name in that version. */
  readonly name: string;
  readonly place: Place;
  /** Declared not null, null travels all the same. */
  readonly carriesNull: boolean;
  /** Conversion between the form of that version and the present one. */
  readonly convert?: string;
  readonly field: Field;
}

/** The columns of a version, in wire order. */
export const columnsIn = (fields: readonly Field[], version: Version): Column[] =>
  fields.filter((field) => livesIn(field, version)).map((field) => columnIn(field, version));

function columnIn(field: Field, version: Version): Column {
  const earlier = field.was.find(({ before }) => compareVersions(version, before) < 0);
  if (earlier === undefined) return { name: field.name, place: field.type, carriesNull: field.carriesNull, field };
  const { name, type, convert } = earlier;
  // What is nullable now held nulls before, too; only the declaration said otherwise.
  const carriesNull = !type.nullable && (field.carriesNull || field.type.nullable);
  return { name, place: type, carriesNull, convert, field };
}
