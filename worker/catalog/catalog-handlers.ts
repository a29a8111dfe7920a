import type { RecordBatch } from '../../runtime/arrow/record-batch.ts';
import { RpcError } from '../../runtime/rpc/errors.ts';
import * as vgi from '../../generated/vgi/ts/index.ts';
import { type Attachment, newAttachment, readAttachment } from '../call/attachment.ts';
import type { TimeTravel } from '../call/bind-call.ts';
import type { Catalog, CatalogSchema } from './catalog.ts';
import { resolveTable, travelsInTime } from './resolve-table.ts';
import { scanBranch, scanFunctionResult } from './scan-source.ts';
import type { ResolvedTable, Table } from './table.ts';
import { tableInfo, tableStatistics } from './table-info.ts';
import { viewInfo } from './view-info.ts';
import { FunctionRegistry } from './function-registry.ts';
import { globalFunctions } from './global-functions.ts';
import { macroInfo } from './macro.ts';
import { randomBytes } from '../call/random-bytes.ts';
import { secretTypeSpec } from '../secrets/secret-type.ts';
import { settingSpec } from '../declare/settings.ts';

/** Bytes of a transaction's identity: as many as make a clash impossible. */
const TRANSACTION_ID_BYTES = 16;

/** Objects of each kind in a schema; a kind of 0 is never listed by the client. */
function objectCounts(schema: CatalogSchema): Map<string, bigint> {
  const functions = schema.functions ?? [];
  const count = (length: number): bigint => BigInt(length);
  const ofType = (type: vgi.SchemaObjectType): bigint => count(functions.filter(({ objectType }) => objectType === type).length);
  return new Map([
    ['table', count(Object.keys(schema.tables ?? {}).length)],
    ['view', count(Object.keys(schema.views ?? {}).length)],
    ['index', 0n],
    ['scalar_function', ofType(vgi.SchemaObjectType.SCALAR_FUNCTION)],
    ['aggregate_function', ofType(vgi.SchemaObjectType.AGGREGATE_FUNCTION)],
    ['table_function', ofType(vgi.SchemaObjectType.TABLE_FUNCTION)],
    ['macro', count(Object.keys(schema.macros ?? {}).length)],
  ]);
}

/** What parameters say that name a table. */
type NamedTable = Pick<vgi.CatalogTableScanFunctionGetParams, 'attachOpaqueData' | 'schemaPath' | 'name'> & { readonly atUnit?: string | undefined; readonly atValue?: string | undefined };

/** A declared catalog with its functions by name. */
export interface ServedCatalog {
  readonly catalog: Catalog;
  readonly functions: FunctionRegistry;
}

/** Answers what catalogs contain, for catalogs that were declared as plain objects. */
export abstract class CatalogHandlers extends vgi.VgiHandlers {
  readonly #served: readonly ServedCatalog[];

  constructor(catalogs: readonly Catalog[]) {
    super();
    this.#served = catalogs.map((catalog) => ({ catalog, functions: new FunctionRegistry(catalog) }));
  }

  override catalogCatalogs(): vgi.CatalogsResponse {
    return {
      items: this.#served.map(({ catalog }) =>
        vgi.newCatalogInfo({ name: catalog.name, implementationVersion: catalog.implementationVersion, dataVersionSpec: catalog.dataVersion }),
      ),
    };
  }

  override catalogAttach(request: vgi.CatalogAttachRequest): vgi.CatalogAttachResult {
    const { catalog } = this.#named(request.name);
    return vgi.newCatalogAttachResult({
      attachOpaqueData: newAttachment(catalog.name),
      supportsTransactions: catalog.transactions ?? false,
      supportsTimeTravel: tablesOf(catalog).some(travelsInTime),
      // What was declared does not change while the worker runs.
      catalogVersionFrozen: true,
      catalogVersion: 1n,
      supportsColumnStatistics: tablesOf(catalog).some((table) => 'statistics' in table && table.statistics !== undefined),
      defaultSchema: catalog.defaultSchema ?? 'main',
      comment: catalog.comment,
      tags: new Map(Object.entries(catalog.tags ?? {})),
      globalFunctions: globalFunctions(catalog),
      globalFunctionPrefix: catalog.globalFunctions?.prefix ?? '',
      settings: Object.entries(catalog.settings ?? {}).map(([name, setting]) => settingSpec(name, setting)),
      secretTypes: (catalog.secretTypes ?? []).map(secretTypeSpec),
      resolvedDataVersion: catalog.dataVersion,
      resolvedImplementationVersion: catalog.implementationVersion,
    });
  }

  override catalogVersion(): vgi.CatalogVersionResponse {
    return { version: 1n };
  }

  override catalogSchemas(params: vgi.CatalogSchemasParams): vgi.SchemasResponse {
    const { catalog } = this.attached(params.attachOpaqueData);
    return {
      items: Object.entries(catalog.schemas).map(([name, schema]) =>
        vgi.newSchemaInfo({
          path: [name],
          comment: schema.comment,
          tags: new Map(),
          attachOpaqueData: params.attachOpaqueData,
          estimatedObjectCount: objectCounts(schema),
        }),
      ),
    };
  }

  override catalogSchemaGet(params: vgi.CatalogSchemaGetParams): vgi.SchemasResponse {
    const wanted = params.path.join('.').toLowerCase();
    return { items: this.catalogSchemas(params).items.filter(({ path }) => path.join('.').toLowerCase() === wanted) };
  }

  override catalogSchemaContentsTables(params: vgi.CatalogSchemaContentsTablesParams): vgi.TablesResponse {
    const { name, schema } = this.#schema(params.attachOpaqueData, params.path);
    const { functions } = this.attached(params.attachOpaqueData);
    return { items: Object.entries(schema?.tables ?? {}).map(([table, declared]) => this.#tableInfo(name, table, declared, functions, undefined)) };
  }

  override catalogTableGet(params: vgi.CatalogTableGetParams): vgi.TablesResponse {
    const { name, schema } = this.#schema(params.attachOpaqueData, params.schemaPath);
    const { functions } = this.attached(params.attachOpaqueData);
    return { items: named(schema?.tables, params.name).map(([table, declared]) => this.#tableInfo(name, table, declared, functions, timeOf(params))) };
  }

  override catalogSchemaContentsViews(params: vgi.CatalogSchemaContentsViewsParams): vgi.ViewsResponse {
    const { name, schema } = this.#schema(params.attachOpaqueData, params.path);
    return { items: Object.entries(schema?.views ?? {}).map(([view, declared]) => viewInfo(name, view, declared)) };
  }

  override catalogViewGet(params: vgi.CatalogViewGetParams): vgi.ViewsResponse {
    const { name, schema } = this.#schema(params.attachOpaqueData, params.schemaPath);
    return { items: named(schema?.views, params.name).map(([view, declared]) => viewInfo(name, view, declared)) };
  }

  override catalogSchemaContentsFunctions(params: vgi.CatalogSchemaContentsFunctionsParams): vgi.FunctionsResponse {
    const { name, schema } = this.#schema(params.attachOpaqueData, params.path);
    return { items: (schema?.functions ?? []).filter(({ objectType }) => objectType === params.type).map((declared) => declared.info([name])) };
  }

  override catalogSchemaContentsMacros(params: vgi.CatalogSchemaContentsMacrosParams): vgi.MacrosResponse {
    const { name, schema } = this.#schema(params.attachOpaqueData, params.path);
    const kind = params.type === vgi.SchemaObjectType.SCALAR_MACRO ? 'scalar' : 'table';
    const declared = Object.entries(schema?.macros ?? {}).filter(([, macro]) => macro.kind === kind);
    return { items: declared.map(([macro, each]) => macroInfo(name, macro, each)) };
  }

  override catalogMacroGet(params: vgi.CatalogMacroGetParams): vgi.MacrosResponse {
    const { name, schema } = this.#schema(params.attachOpaqueData, params.schemaPath);
    return { items: named(schema?.macros, params.name).map(([macro, declared]) => macroInfo(name, macro, declared)) };
  }

  override catalogTableScanFunctionGet(params: vgi.CatalogTableScanFunctionGetParams): vgi.ScanFunctionResult {
    const { table, functions } = this.#table(params);
    if ('branches' in table) throw new RpcError(`table ${params.name} has several branches; ask for them`, { type: 'ValueError' });
    return scanFunctionResult(table, (called) => functions.pathOf(called));
  }

  override catalogTableScanBranchesGet(params: vgi.CatalogTableScanBranchesGetParams): vgi.ScanBranchesResult {
    const { table, functions } = this.#table(params);
    const branches = 'branches' in table ? table.branches : [table];
    return vgi.newScanBranchesResult({
      branches: branches.map((branch) => scanBranch(branch, (called) => functions.pathOf(called))),
      requiredExtensions: [...new Set(branches.flatMap((branch) => ('duckdbFunction' in branch ? (branch.requiredExtensions ?? []) : [])))],
    });
  }

  override catalogTableColumnStatisticsGet(params: vgi.CatalogTableColumnStatisticsGetParams): RecordBatch | undefined {
    const { table } = this.#table(params);
    return tableStatistics(params.name, table);
  }

  override catalogTransactionBegin(): vgi.TransactionBeginResponse {
    return { transactionOpaqueData: randomBytes(TRANSACTION_ID_BYTES) };
  }

  /** Without attach data (a caller without a catalog) the only catalog is meant. */
  protected attachment(attachOpaqueData: Uint8Array | undefined): Attachment {
    const [only, other] = this.#served;
    if (!attachOpaqueData && only && !other) return readAttachment(newAttachment(only.catalog.name));
    return readAttachment(attachOpaqueData ?? new Uint8Array());
  }

  protected attached(attachOpaqueData: Uint8Array | undefined): ServedCatalog {
    return this.#named(this.attachment(attachOpaqueData).catalogName);
  }

  #tableInfo(schemaName: string, name: string, declared: Table, functions: FunctionRegistry, time: TimeTravel | undefined): vgi.TableInfo {
    // How a table of several times is scanned depends on the time, for which the client asks at each scan.
    return tableInfo(schemaName, name, resolveTable(name, declared, time), { pathOf: (called) => functions.pathOf(called), inline: !('at' in declared) });
  }

  /** The table of a scan. Throws an RpcError if there is none. */
  #table(params: NamedTable): { table: ResolvedTable; functions: FunctionRegistry } {
    const { schema } = this.#schema(params.attachOpaqueData, params.schemaPath);
    const [found] = named(schema?.tables, params.name);
    if (!found) throw new RpcError(`there is no table ${[...params.schemaPath, params.name].join('.')}`, { type: 'TableNotFoundError' });
    return { table: resolveTable(found[0], found[1], timeOf(params)), functions: this.attached(params.attachOpaqueData).functions };
  }

  #named(name: string): ServedCatalog {
    const found = this.#served.find(({ catalog }) => catalog.name === name);
    if (found) return found;
    const names = this.#served.map(({ catalog }) => catalog.name).join(', ');
    throw new RpcError(`this worker has no such catalog (it has: ${names})`, { type: 'CatalogNotFoundError' });
  }

  #schema(attachOpaqueData: Uint8Array, path: readonly string[]): { name: string; schema: CatalogSchema | undefined } {
    const [found] = named(this.attached(attachOpaqueData).catalog.schemas, path.join('.'));
    return { name: found?.[0] ?? path.join('.'), schema: found?.[1] };
  }
}

const tablesOf = (catalog: Catalog): Table[] => Object.values(catalog.schemas).flatMap(({ tables }) => Object.values(tables ?? {}));

const timeOf = ({ atUnit: unit, atValue: value }: Pick<NamedTable, 'atUnit' | 'atValue'>): TimeTravel | undefined =>
  unit === undefined || value === undefined ? undefined : { unit, value };

/** The entry of a name, case aside; none or one. */
function named<T>(entries: Readonly<Record<string, T>> | undefined, name: string): [string, T][] {
  const wanted = name.toLowerCase();
  return Object.entries(entries ?? {}).filter(([key]) => key.toLowerCase() === wanted);
}
