import { columnFrom } from '../../runtime/arrow/column-builder.ts';
import { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import { newScanBranch, newScanFunctionResult, type ScanBranch, type ScanFunctionResult } from '../../generated/vgi/ts/index.ts';
import type { ColumnType } from '../declare/column-types.ts';
import type { TableFunction } from '../table/table-function.ts';
import { scanArguments } from './function-scan.ts';

/** A value with the type in which it travels. */
export interface TypedValue {
  readonly type: ColumnType;
  readonly value: unknown;
}

/** Rows from a table function of this catalog. */
export interface FunctionScan {
  readonly function: TableFunction;
  /** Values of the function's arguments, by name; those with a default may be left out. */
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** Rows from any function that DuckDB knows, such as `read_parquet`; the worker does not see them. */
export interface DuckDbScan {
  readonly duckdbFunction: string;
  /** Positional arguments. */
  readonly arguments?: readonly TypedValue[];
  readonly named?: Readonly<Record<string, TypedValue>>;
  /** DuckDB extensions that the call needs; the client loads them. */
  readonly requiredExtensions?: readonly string[];
}

/** Rows of a table in another catalog that the client has attached. */
export interface AttachedTableScan {
  readonly attachedTable: { readonly catalog: string; readonly schema: readonly string[]; readonly table: string };
}

/** One part of a table that consists of several. */
export type TableBranch = (FunctionScan | DuckDbScan | AttachedTableScan) & {
  /** SQL condition for the branch's share of the rows: columns, constants, comparisons, AND and OR. */
  readonly filter?: string;
  /** The branch that INSERT goes to; one at most. */
  readonly writable?: boolean;
};

/** Where functions of the catalog are found: the path of the schema that holds one. */
export type FunctionPath = (called: TableFunction) => readonly string[];

/** The one call that gives a table's rows, as clients are told of it. */
export function scanFunctionResult(source: FunctionScan | DuckDbScan, pathOf: FunctionPath): ScanFunctionResult {
  return newScanFunctionResult({ ...functionCall(source, pathOf), requiredExtensions: 'function' in source ? [] : (source.requiredExtensions ?? []) });
}

/** One of several parts, as clients are told of it. */
export function scanBranch(branch: TableBranch, pathOf: FunctionPath): ScanBranch {
  const shared = { branchFilter: branch.filter, writable: branch.writable ?? false };
  if (!('attachedTable' in branch)) return newScanBranch({ ...functionCall(branch, pathOf), ...shared });
  const { catalog, schema, table } = branch.attachedTable;
  return newScanBranch({ functionName: '', arguments: namedRow({}), sourceCatalog: catalog, sourceSchemaPath: schema, sourceTable: table, ...shared });
}

function functionCall(source: FunctionScan | DuckDbScan, pathOf: FunctionPath): Pick<ScanFunctionResult, 'functionName' | 'arguments' | 'schemaPath'> {
  if ('function' in source) return { functionName: source.function.name, arguments: scanArguments(source), schemaPath: pathOf(source.function) };
  const positional = (source.arguments ?? []).map((value, index) => [`arg_${index}`, value] as const);
  return { functionName: source.duckdbFunction, arguments: namedRow({ ...Object.fromEntries(positional), ...source.named }) };
}

/** One row, a column a value. */
function namedRow(values: Readonly<Record<string, TypedValue>>): RecordBatch {
  const schema = new Schema(Object.entries(values).map(([name, { type }]) => field(name, type.type, true)));
  return RecordBatch.of(schema, Object.values(values).map(({ type, value }) => columnFrom(type.type, [value])), { numRows: 1 });
}
