import type { Interval } from '../arrow/column.ts';
import type { RecordBatch } from '../arrow/record-batch.ts';
import { batchStreamValue, bytesValue } from './bytes-value.ts';
import * as formats from './fixed-formats.ts';
import { fixedValue } from './fixed-value.ts';
import { listValue } from './list-value.ts';
import { textValue } from './text-value.ts';
import type { ValueCodec } from './value-codec.ts';

export { boolValue } from './bool-value.ts';
export { ipcValue, schemaValue } from './bytes-value.ts';
export { dictionaryValue, enumTextValue, enumValue } from './enum-value.ts';
export { fixedListValue, listValue } from './list-value.ts';
export { mapValue } from './map-value.ts';
export { structValue } from './struct-value.ts';

export const int8Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.int8Format);
export const int16Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.int16Format);
export const int32Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.int32Format);
/** 64-bit integers also take safe integers of type number when written. */
export const int64Value: ValueCodec<bigint> = /* @__PURE__ */ fixedValue(formats.int64Format);
export const uint8Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.uint8Format);
export const uint16Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.uint16Format);
export const uint32Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.uint32Format);
export const uint64Value: ValueCodec<bigint> = /* @__PURE__ */ fixedValue(formats.uint64Format);
export const float16Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.float16Format);
export const float32Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.float32Format);
export const float64Value: ValueCodec<number> = /* @__PURE__ */ fixedValue(formats.float64Format);

export const utf8Value: ValueCodec<string> = textValue;
export const largeUtf8Value: ValueCodec<string> = textValue;
/** Bytes; what is read is a view of the message. */
export const binaryValue: ValueCodec<Uint8Array> = bytesValue;
export const largeBinaryValue: ValueCodec<Uint8Array> = bytesValue;
export function fixedBinaryValue(width: number): ValueCodec<Uint8Array> {
  return fixedValue(formats.fixedBinaryFormat(width));
}

/** Days since 1970-01-01. */
export const date32Value: ValueCodec<number> = int32Value;
/** Milliseconds since 1970-01-01. */
export const date64Value: ValueCodec<bigint> = int64Value;
/** Times and durations are counted in the unit of their type, timestamps since 1970-01-01. */
export const time32Value: ValueCodec<number> = int32Value;
export const time64Value: ValueCodec<bigint> = int64Value;
export const timestampValue: ValueCodec<bigint> = int64Value;
export const durationValue: ValueCodec<bigint> = int64Value;
/** Unscaled value of a decimal. */
export const decimal128Value: ValueCodec<bigint> = /* @__PURE__ */ fixedValue(/* @__PURE__ */ formats.decimalFormat(128));
export const decimal256Value: ValueCodec<bigint> = /* @__PURE__ */ fixedValue(/* @__PURE__ */ formats.decimalFormat(256));
export const yearMonthValue: ValueCodec<Interval> = /* @__PURE__ */ fixedValue(formats.yearMonthFormat);
export const dayTimeValue: ValueCodec<Interval> = /* @__PURE__ */ fixedValue(formats.dayTimeFormat);
export const monthDayNanoValue: ValueCodec<Interval> = /* @__PURE__ */ fixedValue(formats.monthDayNanoFormat);

export function largeListValue<T>(item: ValueCodec<T>): ValueCodec<readonly T[]> {
  return listValue(item);
}

export const batchValue: ValueCodec<RecordBatch> = batchStreamValue;
export const largeBatchValue: ValueCodec<RecordBatch> = batchStreamValue;
