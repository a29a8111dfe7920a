import type { Field } from './schema.ts';

export { typeEquals } from './type-equals.ts';
export { typeName } from './type-name.ts';

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

export interface NullType { readonly kind: 'null' }
export interface BoolType { readonly kind: 'bool' }
export interface IntType { readonly kind: 'int'; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
export interface FloatType { readonly kind: 'float'; readonly bits: 16 | 32 | 64 }
export interface Utf8Type { readonly kind: 'utf8' }
export interface LargeUtf8Type { readonly kind: 'large_utf8' }
export interface BinaryType { readonly kind: 'binary' }
export interface LargeBinaryType { readonly kind: 'large_binary' }
export interface FixedBinaryType { readonly kind: 'fixed_binary'; readonly width: number }
export interface DecimalType { readonly kind: 'decimal'; readonly bits: 128 | 256; readonly precision: number; readonly scale: number }
export interface DateType { readonly kind: 'date'; readonly unit: 'day' | 'ms' }
export interface TimeType { readonly kind: 'time'; readonly bits: 32 | 64; readonly unit: TimeUnit }
export interface TimestampType { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly timezone?: string }
export interface DurationType { readonly kind: 'duration'; readonly unit: TimeUnit }
export interface IntervalType { readonly kind: 'interval'; readonly unit: 'year_month' | 'day_time' | 'month_day_nano' }
export interface ListType { readonly kind: 'list'; readonly item: Field }
export interface LargeListType { readonly kind: 'large_list'; readonly item: Field }
export interface FixedListType { readonly kind: 'fixed_list'; readonly item: Field; readonly size: number }
/** On the wire a list of the struct `entries` with the two fields; `entriesName` keeps the name of that child. */
export interface MapType {
  readonly kind: 'map';
  readonly key: Field;
  readonly value: Field;
  readonly keysSorted: boolean;
  readonly entriesName: string;
}
export interface StructType { readonly kind: 'struct'; readonly fields: readonly Field[] }
/** `typeIds[i]` is the number by which rows name `fields[i]`. */
export interface UnionType {
  readonly kind: 'union';
  readonly mode: 'sparse' | 'dense';
  readonly typeIds: readonly number[];
  readonly fields: readonly Field[];
}
export interface DictionaryType {
  readonly kind: 'dictionary';
  readonly index: IntType;
  readonly value: DataType;
  readonly ordered: boolean;
}

/** An Arrow data type. Children are fields: they have names, nullability and metadata of their own. */
export type DataType =
  | NullType
  | BoolType
  | IntType
  | FloatType
  | Utf8Type
  | LargeUtf8Type
  | BinaryType
  | LargeBinaryType
  | FixedBinaryType
  | DecimalType
  | DateType
  | TimeType
  | TimestampType
  | DurationType
  | IntervalType
  | ListType
  | LargeListType
  | FixedListType
  | MapType
  | StructType
  | UnionType
  | DictionaryType;

export const nullType: NullType = { kind: 'null' };
export const bool: BoolType = { kind: 'bool' };
export const int8: IntType = { kind: 'int', bits: 8, signed: true };
export const int16: IntType = { kind: 'int', bits: 16, signed: true };
export const int32: IntType = { kind: 'int', bits: 32, signed: true };
export const int64: IntType = { kind: 'int', bits: 64, signed: true };
export const uint8: IntType = { kind: 'int', bits: 8, signed: false };
export const uint16: IntType = { kind: 'int', bits: 16, signed: false };
export const uint32: IntType = { kind: 'int', bits: 32, signed: false };
export const uint64: IntType = { kind: 'int', bits: 64, signed: false };
export const float16: FloatType = { kind: 'float', bits: 16 };
export const float32: FloatType = { kind: 'float', bits: 32 };
export const float64: FloatType = { kind: 'float', bits: 64 };
export const utf8: Utf8Type = { kind: 'utf8' };
export const largeUtf8: LargeUtf8Type = { kind: 'large_utf8' };
export const binary: BinaryType = { kind: 'binary' };
export const largeBinary: LargeBinaryType = { kind: 'large_binary' };
export const date32: DateType = { kind: 'date', unit: 'day' };
export const date64: DateType = { kind: 'date', unit: 'ms' };

export function fixedBinary(width: number): FixedBinaryType {
  return { kind: 'fixed_binary', width };
}

export function decimal128(precision: number, scale: number): DecimalType {
  return { kind: 'decimal', bits: 128, precision, scale };
}

export function decimal256(precision: number, scale: number): DecimalType {
  return { kind: 'decimal', bits: 256, precision, scale };
}

export function time32(unit: 's' | 'ms'): TimeType {
  return { kind: 'time', bits: 32, unit };
}

export function time64(unit: 'us' | 'ns'): TimeType {
  return { kind: 'time', bits: 64, unit };
}

export function timestamp(unit: TimeUnit, timezone?: string): TimestampType {
  return timezone === undefined ? { kind: 'timestamp', unit } : { kind: 'timestamp', unit, timezone };
}

export function duration(unit: TimeUnit): DurationType {
  return { kind: 'duration', unit };
}

export function interval(unit: IntervalType['unit']): IntervalType {
  return { kind: 'interval', unit };
}

/** Lists by convention call their field `item` and let it be null: `listOf(field('item', utf8, true))`. */
export function listOf(item: Field): ListType {
  return { kind: 'list', item };
}

export function largeListOf(item: Field): LargeListType {
  return { kind: 'large_list', item };
}

export function fixedListOf(item: Field, size: number): FixedListType {
  return { kind: 'fixed_list', item, size };
}

/** Maps by convention call their fields `key` (never null) and `value`. */
export function mapOf(key: Field, value: Field, keysSorted = false, entriesName = 'entries'): MapType {
  return { kind: 'map', key, value, keysSorted, entriesName };
}

export function structOf(fields: readonly Field[]): StructType {
  return { kind: 'struct', fields };
}

export function unionOf(mode: UnionType['mode'], fields: readonly Field[], typeIds: readonly number[] = fields.map((_, i) => i)): UnionType {
  return { kind: 'union', mode, typeIds, fields };
}

export function dictionaryOf(index: IntType, value: DataType, ordered = false): DictionaryType {
  return { kind: 'dictionary', index, value, ordered };
}
