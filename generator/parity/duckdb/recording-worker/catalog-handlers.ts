import { type Field, field, methodNotImplemented, type RecordBatch, RpcError, Schema, utf8 } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import { attachResult } from './attach-result.ts';
import { columnStatistics } from './column-statistics.ts';
import { convertValue } from './convert-value.ts';
import { functionInfos } from './functions/index.ts';
import { copyFormats } from './functions/row-functions.ts';
import { tableFunction } from './functions/table-functions.ts';
import { macros } from './macros.ts';
import { dataFields, MemoryCatalog, type StoredTable, tableColumns } from './memory-catalog.ts';
import { columnIndex, withFields, withMetadata } from './table-columns.ts';

/** By what a method names a table. */
interface TableParams {
  readonly attachOpaqueData: Uint8Array;
  readonly schemaPath: readonly string[];
  readonly name: string;
}

/** The catalog that answers "not implemented" when asked for scan branches, so that the client falls back to the older method. */
const WITHOUT_BRANCHES = 'without_branches';

/** DDL and look-ups on catalogs in memory, one for each name by which the worker was attached. */
export abstract class CatalogHandlers extends vgi.VgiHandlers {
  readonly #catalogs = new Map<string, MemoryCatalog>();

  /** The catalog that opaque attach data of ours belongs to. */
  protected catalog(attachOpaqueData: Uint8Array | undefined): MemoryCatalog {
    const name = Buffer.from(attachOpaqueData ?? []).toString();
    const found = this.#catalogs.get(name);
    if (found === undefined) throw new RpcError(`nothing was attached as ${JSON.stringify(name)}`, { type: 'CatalogNotFoundError' });
    return found;
  }

  override catalogCatalogs(): vgi.CatalogsResponse {
    const option = vgi.newAttachOptionSpec({ name: 'label', description: 'Text without effect.', type: new Schema([field('value', utf8, true)]) });
    return { items: [vgi.newCatalogInfo({ name: 'recording', attachOptionSpecs: [option] }), vgi.newCatalogInfo({ name: WITHOUT_BRANCHES })] };
  }

  override catalogAttach({ name }: vgi.CatalogAttachRequest): vgi.CatalogAttachResult {
    if (!this.#catalogs.has(name)) this.#catalogs.set(name, new MemoryCatalog());
    return attachResult(name);
  }

  override catalogVersion({ attachOpaqueData }: vgi.CatalogVersionParams): vgi.CatalogVersionResponse {
    return { version: this.catalog(attachOpaqueData).version };
  }

  override catalogTransactionBegin({ attachOpaqueData }: vgi.CatalogTransactionBeginParams): vgi.TransactionBeginResponse {
    return { transactionOpaqueData: this.catalog(attachOpaqueData).begin() };
  }

  override catalogTransactionCommit({ attachOpaqueData, transactionOpaqueData }: vgi.CatalogTransactionCommitParams): void {
    this.catalog(attachOpaqueData).commit(transactionOpaqueData);
  }

  override catalogTransactionRollback({ attachOpaqueData, transactionOpaqueData }: vgi.CatalogTransactionRollbackParams): void {
    this.catalog(attachOpaqueData).rollback(transactionOpaqueData);
  }

  override catalogCopyFromFormats(): vgi.CopyFromFormatsResponse {
    return { items: copyFormats };
  }

  override catalogSchemas({ attachOpaqueData }: vgi.CatalogSchemasParams): vgi.SchemasResponse {
    return { items: this.catalog(attachOpaqueData).schemas.map(({ name, comment }) => vgi.newSchemaInfo({ path: [name], comment, attachOpaqueData })) };
  }

  override catalogSchemaCreate({ attachOpaqueData, path, comment }: vgi.CatalogSchemaCreateParams): void {
    this.catalog(attachOpaqueData).createSchema(path, comment);
  }

  override catalogSchemaDrop({ attachOpaqueData, path }: vgi.CatalogSchemaDropParams): void {
    this.catalog(attachOpaqueData).dropSchema(path);
  }

  override catalogSchemaContentsTables({ attachOpaqueData, path }: vgi.CatalogSchemaContentsTablesParams): vgi.TablesResponse {
    return { items: [...this.catalog(attachOpaqueData).schema(path).tables.values()].map(({ info }) => info) };
  }

  override catalogSchemaContentsViews({ attachOpaqueData, path }: vgi.CatalogSchemaContentsViewsParams): vgi.ViewsResponse {
    return { items: [...this.catalog(attachOpaqueData).schema(path).views.values()] };
  }

  override catalogSchemaContentsFunctions({ path, type }: vgi.CatalogSchemaContentsFunctionsParams): vgi.FunctionsResponse {
    return { items: path.join('.') === 'main' ? functionInfos(type) : [] };
  }

  override catalogSchemaContentsMacros({ path, type }: vgi.CatalogSchemaContentsMacrosParams): vgi.MacrosResponse {
    return { items: path.join('.') === 'main' ? macros.filter(({ macroType }) => `${macroType}_MACRO` === type) : [] };
  }

  override catalogTableGet({ attachOpaqueData, schemaPath, name }: vgi.CatalogTableGetParams): vgi.TablesResponse {
    const found = this.catalog(attachOpaqueData).schema(schemaPath).tables.get(name.toLowerCase());
    return { items: found === undefined ? [] : [found.info] };
  }

  override catalogViewGet({ attachOpaqueData, schemaPath, name }: vgi.CatalogViewGetParams): vgi.ViewsResponse {
    const found = this.catalog(attachOpaqueData).schema(schemaPath).views.get(name.toLowerCase());
    return { items: found === undefined ? [] : [found] };
  }

  override catalogTableCreate(request: vgi.TableCreateRequest): void {
    const { attachOpaqueData, schemaPath, name, columns } = request;
    const info = vgi.newTableInfo({
      name,
      schemaPath,
      columns: tableColumns(columns.fields),
      notNullConstraints: request.notNullConstraints,
      uniqueConstraints: request.uniqueConstraints,
      checkConstraints: request.checkConstraints,
      primaryKeyConstraints: request.primaryKeyConstraints,
      foreignKeyConstraints: request.foreignKeyConstraints,
      writeResultModes: new Map([['insert', 'rows'], ['update', 'rows'], ['delete', 'rows']]),
      supportsColumnStatistics: true,
    });
    this.catalog(attachOpaqueData).putTable(schemaPath, name, { info, rows: new Map(), nextRowId: 1n });
  }

  override catalogTableDrop({ attachOpaqueData, schemaPath, name }: vgi.CatalogTableDropParams): void {
    this.catalog(attachOpaqueData).putTable(schemaPath, name, undefined);
  }

  override catalogTableRename({ newName, ...params }: vgi.CatalogTableRenameParams): void {
    const { attachOpaqueData, schemaPath, name } = params;
    const catalog = this.catalog(attachOpaqueData);
    const table = catalog.table(schemaPath, name);
    catalog.putTable(schemaPath, name, undefined);
    catalog.putTable(schemaPath, newName, { ...table, info: { ...table.info, name: newName } });
  }

  override catalogTableCommentSet({ comment, ...params }: vgi.CatalogTableCommentSetParams): void {
    this.#changeTable(params, (table) => ({ ...table, info: { ...table.info, comment } }));
  }

  override catalogTableColumnAdd({ columnDefinition, ...params }: vgi.CatalogTableColumnAddParams): void {
    this.#changeTable(params, (table) => ({
      ...withFields(table, [...dataFields(table.info.columns), ...columnDefinition.fields]),
      rows: new Map([...table.rows].map(([id, values]) => [id, [...values, null]])),
    }));
  }

  override catalogTableColumnDrop({ columnName, ...params }: vgi.CatalogTableColumnDropParams): void {
    this.#changeTable(params, (table) => {
      const fields = dataFields(table.info.columns);
      const index = columnIndex(fields, columnName);
      return { ...withFields(table, fields.toSpliced(index, 1)), rows: new Map([...table.rows].map(([id, values]) => [id, values.toSpliced(index, 1)])) };
    });
  }

  override catalogTableColumnRename({ columnName, newColumnName, ...params }: vgi.CatalogTableColumnRenameParams): void {
    this.#changeColumn(params, columnName, (column) => ({ ...column, name: newColumnName }));
  }

  override catalogTableColumnTypeChange({ columnDefinition, ...params }: vgi.CatalogTableColumnTypeChangeParams): void {
    const [wanted] = columnDefinition.fields;
    if (wanted === undefined) throw new RpcError('the column definition has no column', { type: 'ValueError' });
    this.#changeTable(params, (table) => {
      const fields = dataFields(table.info.columns);
      const index = columnIndex(fields, wanted.name);
      const rows = [...table.rows].map(([id, values]) => [id, values.with(index, convertValue(values[index], wanted.type))] as const);
      return { ...withFields(table, fields.with(index, { ...(fields[index] as Field), type: wanted.type })), rows: new Map(rows) };
    });
  }

  override catalogTableColumnDefaultSet({ columnName, expression, ...params }: vgi.CatalogTableColumnDefaultSetParams): void {
    this.#changeColumn(params, columnName, (column) => withMetadata(column, vgi.columnKeys.default, expression));
  }

  override catalogTableColumnDefaultDrop({ columnName, ...params }: vgi.CatalogTableColumnDefaultDropParams): void {
    this.#changeColumn(params, columnName, (column) => withMetadata(column, vgi.columnKeys.default, undefined));
  }

  override catalogTableColumnCommentSet({ columnName, comment, ...params }: vgi.CatalogTableColumnCommentSetParams): void {
    this.#changeColumn(params, columnName, (column) => withMetadata(column, vgi.columnKeys.comment, comment));
  }

  override catalogTableNotNullSet({ columnName, ...params }: vgi.CatalogTableNotNullSetParams): void {
    this.#changeTable(params, (table) => {
      const index = columnIndex(dataFields(table.info.columns), columnName);
      return { ...table, info: { ...table.info, notNullConstraints: [...new Set([...table.info.notNullConstraints, index])] } };
    });
  }

  override catalogTableNotNullDrop({ columnName, ...params }: vgi.CatalogTableNotNullDropParams): void {
    this.#changeTable(params, (table) => {
      const index = columnIndex(dataFields(table.info.columns), columnName);
      return { ...table, info: { ...table.info, notNullConstraints: table.info.notNullConstraints.filter((each) => each !== index) } };
    });
  }

  override catalogTableScanBranchesGet(params: vgi.CatalogTableScanBranchesGetParams): vgi.ScanBranchesResult {
    if (Buffer.from(params.attachOpaqueData).toString() === WITHOUT_BRANCHES) throw methodNotImplemented('catalog_table_scan_branches_get');
    const { functionName, arguments: args, schemaPath } = tableFunction('scan_table', params);
    return vgi.newScanBranchesResult({ branches: [vgi.newScanBranch({ functionName, arguments: args, schemaPath })] });
  }

  override catalogTableScanFunctionGet(params: vgi.CatalogTableScanFunctionGetParams): vgi.ScanFunctionResult {
    return tableFunction('scan_table', params);
  }

  override catalogTableInsertFunctionGet(params: vgi.CatalogTableInsertFunctionGetParams): vgi.ScanFunctionResult {
    return tableFunction('insert_rows', params);
  }

  override catalogTableUpdateFunctionGet(params: vgi.CatalogTableUpdateFunctionGetParams): vgi.ScanFunctionResult {
    return tableFunction('update_rows', params);
  }

  override catalogTableDeleteFunctionGet(params: vgi.CatalogTableDeleteFunctionGetParams): vgi.ScanFunctionResult {
    return tableFunction('delete_rows', params);
  }

  override catalogTableColumnStatisticsGet({ attachOpaqueData, schemaPath, name }: vgi.CatalogTableColumnStatisticsGetParams): RecordBatch {
    const { info } = this.catalog(attachOpaqueData).table(schemaPath, name);
    return columnStatistics(dataFields(info.columns));
  }

  override catalogViewCreate({ attachOpaqueData, schemaPath, name, definition }: vgi.CatalogViewCreateParams): void {
    this.catalog(attachOpaqueData).putView(schemaPath, name, vgi.newViewInfo({ name, schemaPath, definition }));
  }

  override catalogViewDrop({ attachOpaqueData, schemaPath, name }: vgi.CatalogViewDropParams): void {
    this.catalog(attachOpaqueData).putView(schemaPath, name, undefined);
  }

  override catalogViewRename({ attachOpaqueData, schemaPath, name, newName }: vgi.CatalogViewRenameParams): void {
    const catalog = this.catalog(attachOpaqueData);
    const view = catalog.view(schemaPath, name);
    catalog.putView(schemaPath, name, undefined);
    catalog.putView(schemaPath, newName, { ...view, name: newName });
  }

  override catalogViewCommentSet({ attachOpaqueData, schemaPath, name, comment }: vgi.CatalogViewCommentSetParams): void {
    const catalog = this.catalog(attachOpaqueData);
    catalog.putView(schemaPath, name, { ...catalog.view(schemaPath, name), comment });
  }

  #changeTable({ attachOpaqueData, schemaPath, name }: TableParams, change: (table: StoredTable) => StoredTable): void {
    const catalog = this.catalog(attachOpaqueData);
    catalog.putTable(schemaPath, name, change(catalog.table(schemaPath, name)));
  }

  #changeColumn(params: TableParams, columnName: string, change: (column: Field) => Field): void {
    this.#changeTable(params, (table) => {
      const fields = dataFields(table.info.columns);
      const index = columnIndex(fields, columnName);
      return withFields(table, fields.with(index, change(fields[index] as Field)));
    });
  }
}
