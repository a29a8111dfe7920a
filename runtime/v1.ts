/** Everything that generated code imports. Grows only: generated code of an earlier release must keep working. */
export { ArrowError, type ArrowErrorCode } from './arrow/arrow-error.ts';
export { Column, type ColumnValues, type Interval, type NumericArray } from './arrow/column.ts';
export { columnFrom, type ColumnInput } from './arrow/column-builder.ts';
export { type IpcMessages, splitIpcStream } from './arrow/ipc-stream.ts';
export type { Metadata } from './arrow/metadata.ts';
export { RecordBatch, type RecordBatchOptions } from './arrow/record-batch.ts';
export { type Field, field, Schema, schemaEquals } from './arrow/schema.ts';
export * from './arrow/type.ts';
export { adaptedCodec } from './codec/adapted-codec.ts';
export { CodecError, type CodecErrorCode } from './codec/codec-error.ts';
export { type Contract, type RecordCodec, recordCodec } from './codec/record-codec.ts';
export type { RecordReader } from './codec/record-reader.ts';
export type { RecordWriter } from './codec/record-writer.ts';
export { carriesNull, type ColumnCodec, nullable, optional, required, type ValueCodec } from './codec/value-codec.ts';
export * from './codec/values.ts';
