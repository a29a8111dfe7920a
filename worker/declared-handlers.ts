import { Schema } from '../runtime/arrow/schema.ts';
import type { RecordBatch } from '../runtime/arrow/record-batch.ts';
import type { CallContext } from '../runtime/rpc/call-context.ts';
import { RpcError } from '../runtime/rpc/errors.ts';
import type { MaybePromise, ServerStream } from '../runtime/rpc/stream.ts';
import * as vgi from '../generated/vgi/ts/index.ts';
import { BindCall } from './call/bind-call.ts';
import { BufferingCalls } from './buffered/buffering-calls.ts';
import type { Catalog, WorkerFunction } from './catalog/catalog.ts';
import { CatalogHandlers } from './catalog/catalog-handlers.ts';
import type { Bound, SecretLookup } from './call/declared-function.ts';
import { InitCall } from './call/init-call.ts';
import { chosenOverload } from './catalog/overload-choice.ts';
import type { TableFunction } from './table/table-function.ts';
import { WorkerStorage } from './call/worker-storage.ts';

/** What a worker of declared catalogs can be told. */
export interface DeclaredHandlersOptions {
  /** Where the processes of this worker share their storage, see `openStorage`; by default the environment decides. */
  readonly storage?: string;
}

/** Answers VGI for catalogs that were declared as plain objects. */
export class DeclaredHandlers extends CatalogHandlers {
  readonly #storage: WorkerStorage;
  readonly #buffering: BufferingCalls;

  constructor(catalogs: readonly Catalog[], options: DeclaredHandlersOptions = {}) {
    super(catalogs);
    this.#storage = new WorkerStorage(options.storage);
    this.#buffering = new BufferingCalls({
      storage: this.#storage,
      bindCall: (request, context) => this.#bindCall(request, context),
      functionOf: (call) => this.#function(call),
    });
  }

  override bind(request: vgi.BindRequest, context: CallContext): MaybePromise<vgi.BindResponse> {
    const call = this.#bindCall(request, context);
    const declared = this.#function(call);
    const lookups = request.resolvedSecretsProvided ? [] : (declared.secretLookups?.(call) ?? []);
    if (lookups.length > 0) return lookupResponse(lookups);
    const bound = declared.bind(call);
    return bound instanceof Promise ? bound.then(bindResponse) : bindResponse(bound);
  }

  override init(request: vgi.InitRequest, context: CallContext): MaybePromise<ServerStream<vgi.GlobalInitResponse>> {
    const call = this.#bindCall(request.bindCall, context);
    const declared = this.#function(call);
    const init = new InitCall(request, call, this.catalogVersion().version);
    if (declared.kind === 'buffered' && init.isPrimary && !context.resumed) return this.#buffering.open(init).then(() => declared.init(init));
    return declared.init(init);
  }

  override tableFunctionCardinality(request: vgi.TableFunctionCardinalityRequest, context: CallContext): MaybePromise<vgi.TableCardinality> {
    const call = this.#bindCall(request.bindCall, context);
    const found = this.#function(call);
    return 'cardinality' in found ? found.cardinality(call) : {};
  }

  override tableFunctionStatistics(request: vgi.TableFunctionStatisticsRequest, context: CallContext): MaybePromise<RecordBatch | undefined> {
    const call = this.#bindCall(request.bindCall, context);
    return this.#tableFunction(call)?.statistics(call);
  }

  override tableFunctionPlan(request: vgi.TableFunctionPlanRequest, context: CallContext): MaybePromise<vgi.TableFunctionPlanResponse> {
    const bind = this.#bindCall(request.bindCall, context);
    return this.#tableFunction(bind)?.plan({ request, bind, catalogVersion: this.catalogVersion().version }) ?? super.tableFunctionPlan(request, context);
  }

  override tableFunctionDynamicToString(request: vgi.TableFunctionDynamicToStringRequest, context: CallContext): MaybePromise<vgi.TableFunctionDynamicToStringResponse> {
    const call = this.#bindCall(request.bindCall, context);
    return this.#tableFunction(call)?.dynamicToString(call, () => call.executionStorage(request.globalExecutionId)) ?? { keys: [], values: [] };
  }

  override tableBufferingProcess(request: vgi.TableBufferingProcessRequest, context: CallContext): Promise<vgi.TableBufferingProcessResponse> {
    return this.#buffering.process(request, context);
  }

  override tableBufferingCombine(request: vgi.TableBufferingCombineRequest, context: CallContext): Promise<vgi.TableBufferingCombineResponse> {
    return this.#buffering.combine(request, context);
  }

  override async tableBufferingDestructor(request: vgi.TableBufferingDestructorRequest): Promise<vgi.TableBufferingDestructorResponse> {
    await this.#buffering.destroy(request);
    return {};
  }

  override catalogTransactionCommit(params: vgi.CatalogTransactionCommitParams): Promise<void> {
    return this.#endTransaction(params);
  }

  override catalogTransactionRollback(params: vgi.CatalogTransactionRollbackParams): Promise<void> {
    return this.#endTransaction(params);
  }

  /** What functions kept for the transaction goes with it, however it ends. */
  async #endTransaction({ attachOpaqueData, transactionOpaqueData }: vgi.CatalogTransactionCommitParams): Promise<void> {
    const storage = await this.#storage.transaction(this.attachment(attachOpaqueData), transactionOpaqueData);
    await storage.clear();
  }

  #bindCall(request: vgi.BindRequest, context: CallContext): BindCall {
    return new BindCall(request, this.attachment(request.attachOpaqueData), context, this.#storage);
  }

  #tableFunction(call: BindCall): TableFunction | undefined {
    const found = this.#function(call);
    return found.kind === 'table' ? found : undefined;
  }

  /** The function of a call, with its arguments checked. Throws an RpcError if no overload takes them. */
  #function(call: BindCall): WorkerFunction {
    const { functions } = this.attached(call.request.attachOpaqueData);
    const { functionType, schemaPath, functionName } = call.request;
    return chosenOverload(functions.find(functionType, schemaPath, functionName), call);
  }
}

function bindResponse({ output, opaqueData }: Bound): vgi.BindResponse {
  return vgi.newBindResponse({ outputSchema: output, opaqueData });
}

/** Asks the client for secrets and to bind once more (vgi-semantics, section 10); "" leaves a part of a look-up open. */
function lookupResponse(lookups: readonly SecretLookup[]): vgi.BindResponse {
  return vgi.newBindResponse({
    outputSchema: new Schema([]),
    lookupSecretTypes: lookups.map(({ type }) => type),
    lookupScopes: lookups.map(({ scope }) => scope ?? ''),
    lookupNames: lookups.map(({ name }) => name ?? ''),
  });
}
