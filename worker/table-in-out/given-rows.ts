import type { MaybePromise } from '../../runtime/rpc/stream.ts';
import type { Columns, ScanGiven } from '../table/scan-batches.ts';
import { ScanOutput } from '../table/scan-output.ts';
import { iteratedRows, type ScanRows } from '../table/scan-rows.ts';
import { columnsOf, type GivenBatch } from './given-batch.ts';

/** The batches of a stream that follows its input. */
export type GivenBatches<C extends Columns> = AsyncIterable<GivenBatch<C>> | Iterable<GivenBatch<C>>;

/** The same batches as a scan gives them: columns by name. Opened when the first one is asked for. */
export function givenRows(open: () => MaybePromise<GivenBatches<Columns>>): ScanRows<ScanGiven<Columns>> {
  let rows: ScanRows<GivenBatch<Columns>> | undefined;
  const result = (given: IteratorResult<GivenBatch<Columns>>): IteratorResult<ScanGiven<Columns>> => (given.done ? given : { done: false, value: scanGiven(given.value) });
  const next = (): MaybePromise<IteratorResult<ScanGiven<Columns>>> => {
    const given = (rows as ScanRows<GivenBatch<Columns>>).next();
    return given instanceof Promise ? given.then(result) : result(given);
  };
  const opened = (batches: GivenBatches<Columns>): MaybePromise<IteratorResult<ScanGiven<Columns>>> => {
    rows = iteratedRows(batches);
    return next();
  };
  return {
    next() {
      if (rows) return next();
      const batches = open();
      return batches instanceof Promise ? batches.then(opened) : opened(batches);
    },
    return: () => rows?.return?.(),
  };
}

function scanGiven(given: GivenBatch<Columns>): ScanGiven<Columns> {
  return given instanceof ScanOutput ? new ScanOutput(columnsOf(given.columns), given.options) : columnsOf(given);
}
