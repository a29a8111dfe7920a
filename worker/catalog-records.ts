import { Schema } from '../runtime/arrow/schema.ts';
import { FunctionType, type FunctionInfo, newFunctionInfo, newScanFunctionResult, newTableInfo, newViewInfo, type TableInfo, type ViewInfo } from '../generated/vgi/ts/index.ts';
import type { FunctionTable, View, WorkerFunction } from './catalog.ts';
import { filterCapabilities } from './filters/filter-capabilities.ts';
import { bindArguments, scanArguments } from './function-table.ts';

/** A declared function as the catalog tells it to clients. */
export function functionInfo(schemaName: string, declared: WorkerFunction): FunctionInfo {
  const shared = {
    name: declared.name,
    schemaPath: [schemaName],
    arguments: new Schema(declared.arguments.fields),
    description: declared.description,
  };
  if (declared.kind === 'scalar') {
    return newFunctionInfo({
      ...shared,
      functionType: FunctionType.SCALAR,
      outputSchema: declared.returns,
      stability: declared.stability,
      nullHandling: declared.nullHandling,
    });
  }
  return newFunctionInfo({
    ...shared,
    functionType: FunctionType.TABLE,
    outputSchema: declared.columns,
    projectionPushdown: true,
    samplingPushdown: declared.sampling,
    ...(declared.filters && filterCapabilities(declared.filters)),
  });
}

/**
 * A function-backed table. How to scan it is told along with it, which saves the client a call for each scan: both depend on nothing but
 * the declaration.
 */
export function tableInfo(schemaName: string, name: string, table: FunctionTable): TableInfo {
  const { estimate, max } = table.function.cardinality(bindArguments(table));
  return newTableInfo({
    name,
    schemaPath: [schemaName],
    comment: table.comment,
    columns: table.function.columns,
    notNullConstraints: [],
    uniqueConstraints: [],
    checkConstraints: [],
    scanFunction: newScanFunctionResult({ functionName: table.function.name, arguments: scanArguments(table), schemaPath: [schemaName] }),
    cardinalityEstimate: estimate,
    cardinalityMax: max,
  });
}

export function viewInfo(schemaName: string, name: string, view: View): ViewInfo {
  return newViewInfo({
    name,
    schemaPath: [schemaName],
    comment: view.comment,
    definition: view.sql,
    columnComments: new Map(Object.entries(view.columnComments ?? {})),
  });
}
