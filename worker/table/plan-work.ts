import type { Arguments, ConstantValues } from '../declare/arguments.ts';
import type { InitCall } from '../call/init-call.ts';
import type { Columns } from './scan-batches.ts';
import type { ScanContext } from './scan-context.ts';
import { splitItem } from './plan-splits.ts';
import { splitPayload } from './split-token.ts';
import type { TableFunctionOptions } from './table-function-options.ts';
import { OwnWork, SharedWork, type WorkQueue } from './work-queue.ts';

/** The work of one stream, and how many streams there may be. */
export interface Work {
  readonly queue: WorkQueue | undefined;
  readonly maxWorkers: number;
}

/** The work of a function without a plan: all rows in one stream. */
export const noWork: Work = { queue: undefined, maxWorkers: 1 };

/** The first stream plans the work; it is stored only if others may take part. A stream for splits is told its items. */
export async function planWork<A extends Arguments, C extends Columns, B, I, S>(
  options: TableFunctionOptions<A, C, B, I, S>,
  args: ConstantValues<A>,
  context: ScanContext<B, undefined>,
  call: InitCall,
): Promise<Work> {
  const { splitTokens } = call.request;
  if (splitTokens) {
    const subject = { bind: call.bind.request, catalogVersion: call.catalogVersion };
    return { queue: new OwnWork(splitTokens.map((token) => splitItem(splitPayload(subject, token)))), maxWorkers: 1 };
  }
  const shared = async (): Promise<SharedWork> => new SharedWork(await call.executionStorage({ reserved: true }), options.dynamicToString !== undefined);
  if (!call.isPrimary) return { queue: await (await shared()).begin(undefined), maxWorkers: 1 };
  const items = [...((await options.plan?.(args, context)) ?? [])];
  const maxWorkers = Math.max(1, Math.min(options.maxWorkers ?? items.length, items.length));
  return { queue: maxWorkers === 1 ? new OwnWork(items.map((item, index) => ({ index, item }))) : await (await shared()).begin(items), maxWorkers };
}
