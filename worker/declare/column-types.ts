import type { ColumnValues } from '../../runtime/arrow/column.ts';
import { type Field, field } from '../../runtime/arrow/schema.ts';
import * as arrow from '../../runtime/arrow/type.ts';

/**
 * A type for columns and arguments: the Arrow type on the wire, and the JS types that go with it. `Value` is one value, `Values` all
 * values of a column in which nothing is null.
 */
export interface ColumnType<Value = unknown, Values = ColumnValues> {
  readonly type: arrow.DataType;
  /** Field metadata that belongs to the type, such as an Arrow extension type. */
  readonly metadata?: ReadonlyMap<string, string>;
  /** A column of this type has no NULLs. */
  readonly notNull?: true;
  /** Values of every type are taken; `type` is the null type then. */
  readonly any?: true;
  /** Never present; carries the JS types for inference. */
  readonly js?: { readonly value: Value; readonly values: Values };
}

/** One value of a column type. */
export type ValueOf<T> = T extends ColumnType<infer Value, infer _> ? Value : never;

/** All values of a column of a type, nulls aside: a typed array where Arrow has one. */
export type ValuesOf<T> = T extends ColumnType<infer _, infer Values> ? Values : never;

/** What may be given for a column: all values, or any array in which null marks missing ones. */
export type ColumnOutput<T> = ValuesOf<T> | readonly (ValueOf<T> | null)[];

export const bool: ColumnType<boolean, readonly boolean[]> = { type: arrow.bool };
export const int8: ColumnType<number, Int8Array> = { type: arrow.int8 };
export const int16: ColumnType<number, Int16Array> = { type: arrow.int16 };
export const int32: ColumnType<number, Int32Array> = { type: arrow.int32 };
export const int64: ColumnType<bigint, BigInt64Array> = { type: arrow.int64 };
export const uint8: ColumnType<number, Uint8Array> = { type: arrow.uint8 };
export const uint16: ColumnType<number, Uint16Array> = { type: arrow.uint16 };
export const uint32: ColumnType<number, Uint32Array> = { type: arrow.uint32 };
export const uint64: ColumnType<bigint, BigUint64Array> = { type: arrow.uint64 };
export const float32: ColumnType<number, Float32Array> = { type: arrow.float32 };
export const float64: ColumnType<number, Float64Array> = { type: arrow.float64 };
export const utf8: ColumnType<string, readonly string[]> = { type: arrow.utf8 };
export const binary: ColumnType<Uint8Array, readonly Uint8Array[]> = { type: arrow.binary };
/** Days since 1970-01-01. */
export const date: ColumnType<number, Int32Array> = { type: arrow.date32 };

/** Time of day in microseconds or nanoseconds. */
export function time(unit: 'us' | 'ns' = 'us'): ColumnType<bigint, BigInt64Array> {
  return { type: arrow.time64(unit) };
}

/** Units since 1970-01-01 00:00:00, in UTC if a time zone is given (DuckDB's TIMESTAMP WITH TIME ZONE), else of no zone. */
export function timestamp(unit: arrow.TimeUnit = 'us', timezone?: string): ColumnType<bigint, BigInt64Array> {
  return { type: arrow.timestamp(unit, timezone) };
}

/** A span of time; of a constant that is an INTERVAL months count as 30 days. */
export function duration(unit: arrow.TimeUnit = 'us'): ColumnType<bigint, BigInt64Array> {
  return { type: arrow.duration(unit) };
}

/** DuckDB's INTERVAL. */
export const interval: ColumnType<IntervalValue, readonly IntervalValue[]> = { type: arrow.interval('month_day_nano') };

/** Parts of an interval; they are not carried over into each other. */
export interface IntervalValue {
  readonly months: number;
  readonly days: number;
  readonly nanoseconds: bigint;
}

/** Values are the unscaled integer: 12.50 in decimal(4, 2) is 1250n. */
export function decimal(precision: number, scale: number): ColumnType<bigint, readonly bigint[]> {
  return { type: arrow.decimal128(precision, scale) };
}

export function list<T extends ColumnType>(item: T): ColumnType<readonly (ValueOf<T> | null)[], readonly (readonly (ValueOf<T> | null)[])[]> {
  return { type: arrow.listOf(field('item', item.type, true)) };
}

/** A list with the same number of items in every row: DuckDB's ARRAY. */
export function fixedList<T extends ColumnType>(item: T, size: number): ColumnType<readonly (ValueOf<T> | null)[], readonly (readonly (ValueOf<T> | null)[])[]> {
  return { type: arrow.fixedListOf(field('item', item.type, true), size) };
}

export function map<K extends ColumnType, V extends ColumnType>(
  key: K,
  value: V,
): ColumnType<ReadonlyMap<ValueOf<K>, ValueOf<V> | null>, readonly ReadonlyMap<ValueOf<K>, ValueOf<V> | null>[]> {
  return { type: arrow.mapOf(field('key', key.type), field('value', value.type, true)) };
}

/** A struct's values are objects by field name. */
export function struct<F extends Readonly<Record<string, ColumnType>>>(
  fields: F,
): ColumnType<{ readonly [K in keyof F]: ValueOf<F[K]> | null }, readonly { readonly [K in keyof F]: ValueOf<F[K]> | null }[]> {
  return { type: arrow.structOf(Object.entries(fields).map(([name, { type }]) => field(name, type, true))) };
}

/** Constants only: one of several types, with the name of the one that a value has. */
export function union<M extends Readonly<Record<string, ColumnType>>>(members: M): ColumnType<{ readonly [K in keyof M]: { readonly tag: K; readonly value: ValueOf<M[K]> | null } }[keyof M]> {
  return { type: arrow.unionOf('sparse', Object.entries(members).map(([name, { type }]) => field(name, type, true))) };
}

/** A constant of any type, and the type that it has. */
export interface AnyValue {
  readonly type: ColumnType;
  /** `null` for NULL. */
  readonly value: unknown;
}

/** Arguments only: whatever the call gives. What comes out of it may be decided per call, see `returns` of a scalar function. */
export const any: ColumnType<AnyValue> = { type: arrow.nullType, any: true };

/** The type of a column that was received, extension type included. */
export function typeOf({ type, metadata }: Field): ColumnType {
  return { type, metadata };
}

/** Any Arrow type, values untyped. */
export function ofType(type: arrow.DataType): ColumnType {
  return { type };
}
