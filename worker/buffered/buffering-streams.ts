import type { MaybePromise, ServerStream } from '../../runtime/rpc/stream.ts';
import type { GlobalInitResponse } from '../../generated/vgi/ts/index.ts';
import type { InitCall } from '../call/init-call.ts';
import type { Columns } from '../table/scan-batches.ts';
import { planScan } from '../table/scan-plan.ts';
import { scanRequest } from '../table/scan-request.ts';
import type { GivenBatches } from '../table-in-out/given-rows.ts';
import { resultRows } from '../table-in-out/result-rows.ts';
import { FinalizeContext } from './buffering-context.ts';

/** Threads share the work as DuckDB sees fit. */
const MAX_WORKERS = 2 ** 31 - 1;

/** The stream that opens an execution, or joins it. Input comes by calls of their own, so that it stays empty. */
export function inputStream(call: InitCall): ServerStream<GlobalInitResponse> {
  return {
    kind: 'exchange',
    header: call.header({ maxWorkers: MAX_WORKERS }),
    output: call.request.outputSchema,
    stream: () => ({ state: undefined, exchange: () => Promise.reject(new Error('input of a buffered function comes by table_buffering_process')) }),
  };
}

export interface BufferedFinalizeParts {
  readonly name: string;
  readonly call: InitCall;
  readonly applyFilters: boolean;
  finalize(context: FinalizeContext): GivenBatches<Columns>;
  onCancel(context: FinalizeContext): MaybePromise<void>;
}

/** The stream of one part of the result. */
export async function finalizeStream({ name, call, applyFilters, finalize, onCancel }: BufferedFinalizeParts): Promise<ServerStream<GlobalInitResponse>> {
  const request = scanRequest(call.request);
  const plan = planScan(request, applyFilters, call.call);
  const context = new FinalizeContext(call, request, plan, await call.executionStorage());
  return resultRows({ name, call, plan, maxWorkers: MAX_WORKERS, rows: () => finalize(context), onCancel: () => onCancel(context) });
}
