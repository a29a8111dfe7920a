import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import { decodeState, encodeState } from '../../runtime/rpc/state-codec.ts';
import { type InitRequest, newTableFunctionPlanResponse, type TableFunctionPlanRequest, type TableFunctionPlanResponse } from '../../generated/vgi/ts/index.ts';
import type { Arguments, ConstantValues } from '../declare/arguments.ts';
import type { BindCall } from '../call/bind-call.ts';
import { InitCall } from '../call/init-call.ts';
import type { Columns } from './scan-batches.ts';
import { ScanContext } from './scan-context.ts';
import { planScan } from './scan-plan.ts';
import { scanRequest } from './scan-request.ts';
import { type BoundCall, boundState } from './bound-call.ts';
import { splitToken } from './split-token.ts';
import type { TableFunctionOptions } from './table-function-options.ts';
import type { WorkItem } from './work-queue.ts';

/** A request for the parts of a scan. */
export interface SplitsCall {
  readonly request: TableFunctionPlanRequest;
  readonly bind: BindCall;
  readonly catalogVersion: bigint;
}

/** The items of a scan's plan, each in a token of its own. */
export async function planSplits<A extends Arguments, C extends Columns, B, I, S>(
  options: TableFunctionOptions<A, C, B, I, S>,
  args: ConstantValues<A>,
  bindOf: (call: BindCall) => MaybePromise<BoundCall<B>>,
  { request, bind, catalogVersion }: SplitsCall,
): Promise<TableFunctionPlanResponse> {
  const { output, state } = await bindOf(bind);
  const bound = (request.bindOpaqueData ? boundState(request.bindOpaqueData) : state) as B;
  // A plan is asked as a scan is, but for the schema.
  const init: InitRequest = { ...request, outputSchema: output };
  const scan = scanRequest(init);
  const plan = planScan(scan, options.filters === 'auto', bind.call);
  const context = new ScanContext<B, undefined>(new InitCall(init, bind), scan, plan, bound, undefined);
  const items = [...((await options.plan?.(args, context)) ?? [])];
  const begin = request.cursor ? Number(decodeState(request.cursor)) : 0;
  const end = Math.min(items.length, begin + Number(request.maxSplitsPerResponse ?? BigInt(items.length)));
  const subject = { bind: bind.request, catalogVersion };
  return newTableFunctionPlanResponse({
    splits: items.slice(begin, end).map((item, index) => ({
      payload: new Uint8Array(),
      token: splitToken(subject, encodeState([begin + index, item])),
      rowsExact: false,
    })),
    ...(end < items.length && { nextCursors: [encodeState(end)] }),
    ...(options.maxWorkers !== undefined && { maxWorkers: BigInt(options.maxWorkers) }),
    estimatedTotalSplits: BigInt(items.length),
    catalogVersion,
    scope: 'catalog',
  });
}

/** The item that a token's payload names. */
export function splitItem(payload: Uint8Array): WorkItem {
  const [index, item] = decodeState(payload) as [number, unknown];
  return { index, item };
}
