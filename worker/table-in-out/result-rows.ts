import type { MaybePromise, ServerStream } from '../../runtime/rpc/stream.ts';
import type { GlobalInitResponse } from '../../generated/vgi/ts/index.ts';
import type { InitCall } from '../call/init-call.ts';
import { type Columns, ScanTurns } from '../table/scan-batches.ts';
import type { ScanPlan } from '../table/scan-plan.ts';
import { ScanStream } from '../table/scan-stream.ts';
import { type GivenBatches, givenRows } from './given-rows.ts';

export interface ResultParts {
  readonly name: string;
  readonly call: InitCall;
  readonly plan: ScanPlan;
  /** Streams of this execution that may run at once. */
  readonly maxWorkers: number;
  rows(): GivenBatches<Columns>;
  onCancel(): MaybePromise<void>;
  onEnd?(): MaybePromise<void>;
}

/** The stream of the rows that a function gives once it has seen its input. */
export function resultRows({ name, call, plan, maxWorkers, rows, onCancel, onEnd }: ResultParts): ServerStream<GlobalInitResponse> {
  return {
    kind: 'producer',
    header: call.header({ maxWorkers }),
    output: plan.output,
    stream: new ScanStream({ name, turns: new ScanTurns(name, plan, call.call), open: () => givenRows(rows), call: call.call, onCancel, ...(onEnd && { onEnd }) }),
  };
}
