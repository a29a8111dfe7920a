import { columnFrom } from '../runtime/arrow/column-builder.ts';
import { RecordBatch } from '../runtime/arrow/record-batch.ts';
import { field, Schema } from '../runtime/arrow/schema.ts';
import { newSettingSpec, type SettingSpec } from '../generated/vgi/ts/index.ts';
import type { ColumnType, ValueOf } from './column-types.ts';

/** A session setting of the catalog: `SET name = value`. */
export interface Setting<T extends ColumnType = ColumnType> {
  readonly type: T;
  readonly description: string;
  /** The value before any SET; without it the setting is absent until it is set. */
  readonly default?: ValueOf<T>;
}

/** Values of the settings at the time of a call, by name. May be secrets of the user: never to be logged. */
export type SettingValues = Readonly<Record<string, unknown>>;

export function settingSpec(name: string, { type, description, default: value }: Setting): SettingSpec {
  const schema = new Schema([field('value', type.type, true)]);
  return newSettingSpec({
    name,
    description,
    type: schema,
    defaultValue: value === undefined ? undefined : RecordBatch.of(schema, [columnFrom(type.type, [value])], { numRows: 1 }),
  });
}

/** The values of a bind's settings batch: one row, a column for each setting that has a value. */
export function settingValues(batch: RecordBatch | undefined): SettingValues {
  if (!batch || batch.numRows === 0) return {};
  return Object.fromEntries(batch.schema.fields.map(({ name }, index) => [name, batch.column(index).get(0)]));
}
