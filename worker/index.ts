/** What worker authors use: declare functions and catalogs as plain objects, and run them. */
export type { Column, ColumnValues } from '../runtime/arrow/column.ts';
export { columnFrom } from '../runtime/arrow/column-builder.ts';
export { RecordBatch } from '../runtime/arrow/record-batch.ts';
export { field, Schema } from '../runtime/arrow/schema.ts';
export type { CallContext, LogLevel } from '../runtime/rpc/call-context.ts';
export { RpcError } from '../runtime/rpc/errors.ts';
export type { ArgumentLimits } from './argument-limits.ts';
export { type Argument, type ArgumentOptions, type Arguments, constant, type ConstantValues, named, type ScalarInputs, varargs } from './arguments.ts';
export type { Catalog, CatalogSchema, FunctionTable, View, WorkerFunction } from './catalog.ts';
export * from './column-types.ts';
export { DeclaredHandlers } from './declared-handlers.ts';
export type { Macro, MacroParameter } from './macro.ts';
export { runWorker } from './run-worker.ts';
export { type ScalarContext, type ScalarFunction, type ScalarFunctionOptions, scalarFunction } from './scalar-function.ts';
export type { Setting, SettingValues } from './settings.ts';
export { type Cardinality, type Columns, type ScanBatch, type ScanContext, type TableFunction, tableFunction, type TableFunctionOptions } from './table-function.ts';
