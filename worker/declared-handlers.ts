import { randomBytes } from 'node:crypto';
import type { RecordBatch } from '../runtime/arrow/record-batch.ts';
import type { Schema } from '../runtime/arrow/schema.ts';
import type { CallContext } from '../runtime/rpc/call-context.ts';
import { RpcError } from '../runtime/rpc/errors.ts';
import type { ServerStream } from '../runtime/rpc/stream.ts';
import * as vgi from '../generated/vgi/ts/index.ts';
import type { Catalog, CatalogSchema, WorkerFunction } from './catalog.ts';
import { functionInfo, tableInfo, viewInfo } from './catalog-records.ts';
import { FunctionRegistry } from './function-registry.ts';
import { functionTable } from './function-table.ts';
import { projectedSchema, scanRequest } from './scan-context.ts';
import { macroInfo } from './macro.ts';
import { settingSpec, settingValues } from './settings.ts';

/** Random bytes that the attach data begins with; storage is sharded by them (vgi-semantics, section 5). */
const ATTACH_ID_BYTES = 16;

/** Objects of each kind in a schema; a kind of 0 is never listed by the client. */
function objectCounts(schema: CatalogSchema): Map<string, bigint> {
  const functions = schema.functions ?? [];
  const count = (length: number): bigint => BigInt(length);
  return new Map([
    ['table', count(Object.keys(schema.tables ?? {}).length)],
    ['view', count(Object.keys(schema.views ?? {}).length)],
    ['index', 0n],
    ['scalar_function', count(functions.filter(({ kind }) => kind === 'scalar').length)],
    ['aggregate_function', 0n],
    ['table_function', count(functions.filter(({ kind }) => kind === 'table').length)],
    ['macro', count(Object.keys(schema.macros ?? {}).length)],
  ]);
}

interface ServedCatalog {
  readonly catalog: Catalog;
  readonly functions: FunctionRegistry;
}

/** Answers VGI for catalogs that were declared as plain objects. */
export class DeclaredHandlers extends vgi.VgiHandlers {
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
      attachOpaqueData: Buffer.concat([randomBytes(ATTACH_ID_BYTES), Buffer.from(catalog.name)]),
      supportsTransactions: false,
      supportsTimeTravel: false,
      // What was declared does not change while the worker runs.
      catalogVersionFrozen: true,
      catalogVersion: 1n,
      defaultSchema: catalog.defaultSchema ?? 'main',
      comment: catalog.comment,
      tags: new Map(Object.entries(catalog.tags ?? {})),
      settings: Object.entries(catalog.settings ?? {}).map(([name, setting]) => settingSpec(name, setting)),
      resolvedDataVersion: catalog.dataVersion,
      resolvedImplementationVersion: catalog.implementationVersion,
    });
  }

  override catalogVersion(): vgi.CatalogVersionResponse {
    return { version: 1n };
  }

  override catalogSchemas(params: vgi.CatalogSchemasParams): vgi.SchemasResponse {
    const { catalog } = this.#attached(params.attachOpaqueData);
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
    return { items: Object.entries(schema?.tables ?? {}).map(([table, declared]) => tableInfo(name, table, functionTable(declared))) };
  }

  override catalogTableGet(params: vgi.CatalogTableGetParams): vgi.TablesResponse {
    const { name, schema } = this.#schema(params.attachOpaqueData, params.schemaPath);
    return { items: named(schema?.tables, params.name).map(([table, declared]) => tableInfo(name, table, functionTable(declared))) };
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
    const kind = params.type === vgi.SchemaObjectType.SCALAR_FUNCTION ? 'scalar' : params.type === vgi.SchemaObjectType.TABLE_FUNCTION ? 'table' : undefined;
    return { items: (schema?.functions ?? []).filter((declared) => declared.kind === kind).map((declared) => functionInfo(name, declared)) };
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
    const [table] = this.catalogTableGet(params).items;
    if (!table?.scanFunction) throw new RpcError(`there is no table ${[...params.schemaPath, params.name].join('.')}`, { type: 'TableNotFoundError' });
    return table.scanFunction;
  }

  override bind(request: vgi.BindRequest): vgi.BindResponse {
    return vgi.newBindResponse({ outputSchema: this.#bound(request).output });
  }

  override init(request: vgi.InitRequest, context: CallContext): ServerStream<vgi.GlobalInitResponse> {
    const { function: bound } = this.#bound(request.bindCall);
    const header = vgi.newGlobalInitResponse({ executionId: request.executionId ?? randomBytes(16), maxWorkers: 1n });
    const { arguments: args } = request.bindCall;
    if (bound.kind === 'scalar') {
      const evaluate = bound.prepare(args, context, settingValues(request.bindCall.settings));
      return { kind: 'exchange', header, output: request.outputSchema, stream: () => ({ state: undefined, exchange: (_, batch: RecordBatch) => evaluate(batch) }) };
    }
    const scan = scanRequest(request);
    return { kind: 'producer', header, output: projectedSchema(scan.schema, scan.projection), stream: bound.scan(args, scan, context) };
  }

  override tableFunctionCardinality(request: vgi.TableFunctionCardinalityRequest): vgi.TableCardinality {
    const { function: bound } = this.#bound(request.bindCall);
    return bound.kind === 'table' ? bound.cardinality(request.bindCall.arguments) : {};
  }

  /** The function of a bind, with its output schema. Throws if no overload takes the arguments. */
  #bound(request: vgi.BindRequest): { function: WorkerFunction; output: Schema } {
    const { functions } = this.#attached(request.attachOpaqueData);
    const kind = request.functionType === vgi.FunctionType.SCALAR ? 'scalar' : 'table';
    const overloads = functions.find(kind, request.schemaPath, request.functionName);
    let problem: unknown;
    for (const candidate of overloads) {
      try {
        if (candidate.kind === 'scalar') candidate.check(request.arguments, request.inputSchema);
        else candidate.check(request.arguments);
        return { function: candidate, output: candidate.kind === 'scalar' ? candidate.output(request.inputSchema) : candidate.columns };
      } catch (error) {
        problem ??= error;
      }
    }
    throw overloads.length === 1 ? problem : new RpcError(`no overload of ${request.functionName} takes these arguments`, { type: 'ValueError', cause: problem });
  }

  /** Without attach data (a caller without a catalog) the only catalog is meant. */
  #attached(attachOpaqueData: Uint8Array | undefined): ServedCatalog {
    if (!attachOpaqueData && this.#served.length === 1) return this.#served[0] as ServedCatalog;
    return this.#named(Buffer.from(attachOpaqueData?.subarray(ATTACH_ID_BYTES) ?? []).toString());
  }

  #named(name: string): ServedCatalog {
    const found = this.#served.find(({ catalog }) => catalog.name === name);
    if (found) return found;
    const names = this.#served.map(({ catalog }) => catalog.name).join(', ');
    throw new RpcError(`this worker has no such catalog (it has: ${names})`, { type: 'CatalogNotFoundError' });
  }

  #schema(attachOpaqueData: Uint8Array, path: readonly string[]): { name: string; schema: CatalogSchema | undefined } {
    const [found] = named(this.#attached(attachOpaqueData).catalog.schemas, path.join('.'));
    return { name: found?.[0] ?? path.join('.'), schema: found?.[1] };
  }
}

/** The entry of a name, case aside; none or one. */
function named<T>(entries: Readonly<Record<string, T>> | undefined, name: string): [string, T][] {
  const wanted = name.toLowerCase();
  return Object.entries(entries ?? {}).filter(([key]) => key.toLowerCase() === wanted);
}
