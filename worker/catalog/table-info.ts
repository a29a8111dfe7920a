import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { field, Schema } from '../../runtime/arrow/schema.ts';
import { newTableInfo, type TableInfo } from '../../generated/vgi/ts/index.ts';
import { columnsSchema } from '../table/column-fields.ts';
import { columnStatistics } from '../table/column-statistics.ts';
import { bindArguments } from './function-scan.ts';
import { type FunctionPath, scanFunctionResult } from './scan-source.ts';
import type { ResolvedTable, TableDescription } from './table.ts';

/**
 * A table as clients are told of it. With `inline` how to scan it is told along, which saves the client a call for each scan: that depends on
 * nothing but the declaration.
 */
export function tableInfo(schemaName: string, name: string, table: ResolvedTable, options: { readonly pathOf: FunctionPath; readonly inline: boolean }): TableInfo {
  const columns = columnSchema(name, table);
  const index = (column: string): number => columnIndex(`table ${schemaName}.${name}`, columns, column);
  const indexes = (names: readonly string[] | undefined): number[] => (names ?? []).map(index);
  const { estimate, max } = table.cardinality ?? ('function' in table ? table.function.cardinalityOf(bindArguments(table)) : {});
  return newTableInfo({
    name,
    schemaPath: [schemaName],
    comment: table.comment,
    tags: new Map(Object.entries(table.tags ?? {})),
    columns,
    notNullConstraints: indexes(table.notNull),
    uniqueConstraints: (table.unique ?? []).map(indexes),
    checkConstraints: table.checks ?? [],
    primaryKeyConstraints: table.primaryKey ? [indexes(table.primaryKey)] : [],
    foreignKeyConstraints: (table.foreignKeys ?? []).map((key) => ({
      fkColumns: key.columns,
      pkColumns: key.referencedColumns,
      referencedTable: key.table,
      referencedSchemaPath: [key.schema ?? schemaName],
    })),
    scanFunction: options.inline && !('branches' in table) ? scanFunctionResult(table, options.pathOf) : undefined,
    cardinalityEstimate: estimate,
    cardinalityMax: max,
    requiredFilters: table.requiredFilters ?? [],
    supportsColumnStatistics: table.statistics !== undefined,
    columnStatistics: table.statisticsMaxAge === 0 ? undefined : tableStatistics(name, table),
  });
}

/** Shape `ColumnStatistics`; undefined if the table declares none. */
export function tableStatistics(name: string, table: ResolvedTable): RecordBatch | undefined {
  const { statistics, statisticsMaxAge: maxAge } = table;
  return statistics && columnStatistics(`table ${name}`, columnSchema(name, table), statistics, maxAge === undefined ? {} : { maxAge });
}

/** The columns with what is told of each in its metadata (vgi-semantics, section 8). */
function columnSchema(name: string, table: ResolvedTable): Schema {
  const schema = table.columns ? columnsSchema(table.columns) : 'function' in table ? table.function.columns : new Schema([]);
  if (schema.fields.length === 0) throw new Error(`table ${name} has no columns; its function decides them at bind, so the table has to declare them`);
  for (const column of mentionedColumns(table)) columnIndex(`table ${name}`, schema, column);
  return new Schema(
    schema.fields.map((each) => {
      const told = columnMetadata(each.name, table);
      return told.size === 0 ? each : field(each.name, each.type, each.nullable, new Map([...(each.metadata ?? []), ...told]));
    }),
  );
}

const mentionedColumns = ({ rowId, defaults, generated, columnComments }: TableDescription): string[] => [
  ...(rowId === undefined ? [] : [rowId]),
  ...[defaults, generated, columnComments].flatMap((entries) => Object.keys(entries ?? {})),
];

function columnMetadata(column: string, { rowId, defaults, generated, columnComments }: TableDescription): Map<string, string> {
  const metadata = new Map<string, string>();
  if (rowId === column) metadata.set('is_row_id', '');
  const texts: [string, string | undefined][] = [
    ['default', defaults?.[column]],
    ['generated_expression', generated?.[column]],
    ['comment', columnComments?.[column]],
  ];
  for (const [key, text] of texts) if (text !== undefined) metadata.set(key, text);
  return metadata;
}

/** A mistake in the declaration, which the worker's author has to mend. */
function columnIndex(subject: string, schema: Schema, column: string): number {
  const index = schema.indexOf(column);
  if (index < 0) throw new Error(`${subject} has no column "${column}"; it has ${schema.fields.map(({ name }) => name).join(', ')}`);
  return index;
}
