import { newScanFunctionResult, newTableInfo, newViewInfo, type TableInfo, type ViewInfo } from '../generated/vgi/ts/index.ts';
import type { FunctionTable, View } from './catalog.ts';
import { bindArguments, scanArguments } from './function-table.ts';

/**
 * A function-backed table. How to scan it is told along with it, which saves the client a call for each scan: both depend on nothing but
 * the declaration.
 */
export function tableInfo(schemaName: string, name: string, table: FunctionTable): TableInfo {
  const { estimate, max } = table.function.cardinalityOf(bindArguments(table));
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
