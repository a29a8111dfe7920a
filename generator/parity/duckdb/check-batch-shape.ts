import type { RecordBatch } from '../../../runtime/arrow/record-batch.ts';
import { typeName } from '../../../runtime/arrow/type-name.ts';
import type { Model, Version } from '../../model/model.ts';
import { livesIn } from '../../model/versions.ts';

const withoutMark = (type: string): string => type.replace(/\?$/, '');

/**
 * Checks the known columns of a batch and that every value can be read. Throws what is wrong. Nullability is not compared: most of these
 * schemas follow from data.
 */
export function checkBatchShape(model: Model, shapeName: string | undefined, batch: RecordBatch, version: Version): void {
  for (const column of batch.columns) column.values();
  const shape = model.batches.find(({ name }) => name === shapeName);
  if (shape === undefined) return;
  const columns = shape.columns.filter(({ since, removed }) => livesIn({ since: since ?? shape.since, removed }, version));
  for (const { name, type } of columns) {
    if (type === 'any') continue;
    const index = batch.schema.indexOf(name);
    const found = batch.schema.fields[index];
    if (found === undefined) throw new Error(`the batch lacks the column ${name} of ${shape.name}`);
    if (typeName(found.type) !== withoutMark(type)) throw new Error(`the column ${name} of ${shape.name} is ${typeName(found.type)} instead of ${withoutMark(type)}`);
  }
  if (shape.open) return;
  const unknown = batch.schema.fields.find(({ name }) => columns.every((column) => column.name !== name));
  if (unknown !== undefined) throw new Error(`${shape.name} has no column ${unknown.name}`);
}
