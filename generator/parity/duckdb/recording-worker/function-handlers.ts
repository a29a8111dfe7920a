import { randomBytes } from 'node:crypto';
import { type CallContext, type RecordBatch, Schema, type ServerStream } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import { CatalogHandlers } from './catalog-handlers.ts';
import { columnStatistics } from './column-statistics.ts';
import { functionNamed } from './functions/index.ts';
import type { FunctionCall } from './functions/recorded-function.ts';
import { bufferedChunks } from './functions/row-functions.ts';

/** How many threads may read one scan. */
const MAX_WORKERS = 4n;

const keyOf = (id: Uint8Array): string => Buffer.from(id).toString('hex');

/** Calls of scalar, table, table-in-out and table-buffering functions. */
export abstract class FunctionHandlers extends CatalogHandlers {
  override bind(request: vgi.BindRequest): vgi.BindResponse {
    const bound = functionNamed(request.functionName).bind(this.#call(request));
    return bound instanceof Schema ? vgi.newBindResponse({ outputSchema: bound, opaqueData: Buffer.from('bound') }) : bound;
  }

  override init(request: vgi.InitRequest, context: CallContext): ServerStream<vgi.GlobalInitResponse> {
    const executionId = request.executionId ?? randomBytes(16);
    const opened = functionNamed(request.bindCall.functionName).open({ ...request, executionId }, this.#call(request.bindCall), context, request.executionId === undefined);
    return { ...opened, header: vgi.newGlobalInitResponse({ executionId, opaqueData: Buffer.from('opened'), maxWorkers: MAX_WORKERS }) };
  }

  override tableFunctionCardinality(): vgi.TableCardinality {
    return { estimate: 100_000n };
  }

  override tableFunctionStatistics({ bindCall }: vgi.TableFunctionStatisticsRequest): RecordBatch | undefined {
    const bound = this.bind(bindCall);
    return bound.outputSchema.fields.length === 0 ? undefined : columnStatistics(bound.outputSchema.fields.slice(0, 1));
  }

  override tableFunctionDynamicToString(): vgi.TableFunctionDynamicToStringResponse {
    return { keys: ['recorded'], values: ['yes'] };
  }

  /** Two splits, on two pages. */
  override tableFunctionPlan({ cursor }: vgi.TableFunctionPlanRequest): vgi.TableFunctionPlanResponse {
    const token = Buffer.from(cursor === undefined ? 'first' : 'second');
    return vgi.newTableFunctionPlanResponse({ splits: [vgi.newScanSplit({ payload: new Uint8Array(), token })], ...(cursor === undefined && { nextCursors: [Buffer.from('next')] }) });
  }

  override tableBufferingProcess({ executionId, inputBatch }: vgi.TableBufferingProcessRequest): vgi.TableBufferingProcessResponse {
    const key = keyOf(executionId);
    bufferedChunks.set(key, [...(bufferedChunks.get(key) ?? []), inputBatch]);
    return { stateId: executionId };
  }

  override tableBufferingCombine({ functionName, executionId }: vgi.TableBufferingCombineRequest): vgi.TableBufferingCombineResponse {
    return { finalizeStateIds: functionName === 'collect' ? [executionId] : [] };
  }

  override tableBufferingDestructor({ executionId }: vgi.TableBufferingDestructorRequest): vgi.TableBufferingDestructorResponse {
    bufferedChunks.delete(keyOf(executionId));
    return {};
  }

  #call(bind: vgi.BindRequest): FunctionCall {
    return { bind, catalog: this.catalog(bind.attachOpaqueData) };
  }
}
