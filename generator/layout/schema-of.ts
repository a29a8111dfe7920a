import type { Schema } from '../../runtime/arrow/schema.ts';
import type { Model, Version } from '../model/model.ts';
import { layoutSchema } from './arrow-schema.ts';
import { Layouts } from './layouts.ts';
import { wireRecords } from './wire-record.ts';

/**
 * The exact Arrow schema of a record in a version: `TableInfo` for a type, `catalog_table_get` for the parameters of a method (of a
 * wrapped request the column `request`), `catalog_table_get.result` for its answer, `produce_n.input` and `.output` for
 * the columns of a stream. Throws for names and versions that are unknown, not served or do not go together.
 */
export function schemaOf(model: Model, name: string, version: Version): Schema {
  const record = wireRecords(model).find((candidate) => candidate.name === name);
  if (record === undefined) throw new Error(`protocol ${model.protocol.name} has no record ${name}`);
  const layouts = new Layouts(model);
  return layoutSchema(layouts, layouts.in(record, version));
}
