import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import { newSettingSpec, type SettingSpec } from '../../generated/vgi/ts/index.ts';
import type { ColumnType, ValueOf } from './column-types.ts';

/** A session setting of the catalog: `SET name = value`. */
export interface Setting<T extends ColumnType = ColumnType> {
  readonly type: T;
  readonly description: string;
  /** The value before any SET; without it the setting is absent until it is set. */
  readonly default?: ValueOf<T>;
}

/** A setting that functions read by itself, typed: `context.setting(declared)`. `V` is what reading gives. */
export interface NamedSetting<T extends ColumnType = ColumnType, V = unknown> extends Setting<T> {
  readonly name: string;
  /** Never present; carries the type of the value. */
  readonly js?: V;
}

/** Declares a session setting with its name, for `settings` of a catalog and of functions. */
export function setting<T extends ColumnType>(name: string, options: Setting<T> & { readonly default: ValueOf<T> }): NamedSetting<T, ValueOf<T>>;
export function setting<T extends ColumnType>(name: string, options: Setting<T>): NamedSetting<T, ValueOf<T> | undefined>;
export function setting<T extends ColumnType>(name: string, options: Setting<T>): NamedSetting<T, ValueOf<T> | undefined> {
  return { name, ...options };
}

/** The value of a setting among those of a call: its default where it is not set or NULL. */
export function settingValue<T extends ColumnType, V>(values: SettingValues, { name, default: otherwise }: NamedSetting<T, V>): V {
  return (values[name] ?? otherwise) as V;
}

/** Values of the settings at the time of a call, by name. May be secrets of the user: never to be logged. */
export type SettingValues = Readonly<Record<string, unknown>>;

/** Throws for a setting that is declared with another name than the catalog gives it: a mistake of the author. */
export function settingSpec(name: string, declared: Setting | NamedSetting): SettingSpec {
  if ('name' in declared && declared.name !== name) throw new Error(`setting ${declared.name} is listed as ${name}`);
  const { type, description, default: value } = declared;
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
