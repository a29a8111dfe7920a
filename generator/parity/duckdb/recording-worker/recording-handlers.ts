import { field, int64, RecordBatch, Schema } from 'vgi-gen/runtime/v1';
import * as vgi from 'vgi-gen/vgi';
import { add, AggregateStates, type Sum } from './aggregate-states.ts';
import { FunctionHandlers } from './function-handlers.ts';

const sumSchema = new Schema([field('result', int64, true)]);

const sums = (values: readonly Sum[]): RecordBatch => RecordBatch.of(sumSchema, [values], { numRows: values.length });

/** A worker that does what each call asks for, so that the client goes on to the next; what it was sent is recorded elsewhere. */
export class RecordingHandlers extends FunctionHandlers {
  readonly #aggregates = new AggregateStates();

  override aggregateBind(): vgi.AggregateBindResponse {
    return { outputSchema: sumSchema, executionId: this.#aggregates.open() };
  }

  override aggregateUpdate({ executionId, inputBatch }: vgi.AggregateUpdateRequest): vgi.AggregateUpdateResponse {
    const { groups } = this.#aggregates.of(executionId);
    const [ids, values] = inputBatch.columns;
    for (let row = 0; row < inputBatch.numRows; row++) {
      const id = ids?.get(row) as bigint;
      groups.set(id, add(groups.get(id) ?? null, values?.get(row)));
    }
    return {};
  }

  override aggregateCombine({ executionId, mergeBatch }: vgi.AggregateCombineRequest): vgi.AggregateCombineResponse {
    const { groups } = this.#aggregates.of(executionId);
    const [sources, targets] = [mergeBatch.column('source_group_id'), mergeBatch.column('target_group_id')];
    for (let row = 0; row < mergeBatch.numRows; row++) {
      const target = targets.get(row) as bigint;
      groups.set(target, add(groups.get(target) ?? null, groups.get(sources.get(row) as bigint)));
    }
    return {};
  }

  override aggregateFinalize({ executionId, groupIdsBatch }: vgi.AggregateFinalizeRequest): vgi.AggregateFinalizeResponse {
    const { groups } = this.#aggregates.of(executionId);
    const ids = groupIdsBatch.column('group_id');
    return { resultBatch: sums(Array.from({ length: groupIdsBatch.numRows }, (_, row) => groups.get(ids.get(row) as bigint) ?? null)) };
  }

  override aggregateWindowInit({ executionId, partitionId, partitionBatch }: vgi.AggregateWindowInitRequest): vgi.AggregateWindowInitResponse {
    const [values] = partitionBatch.columns;
    this.#aggregates.of(executionId).partitions.set(partitionId, Array.from({ length: partitionBatch.numRows }, (_, row) => values?.get(row)));
    return {};
  }

  override aggregateWindow({ executionId, partitionId, frameStarts, frameEnds }: vgi.AggregateWindowRequest): vgi.AggregateWindowResponse {
    const values = this.#aggregates.of(executionId).partitions.get(partitionId) ?? [];
    let sum: Sum = null;
    frameStarts.forEach((start, frame) => {
      for (const value of values.slice(Number(start), Number(frameEnds[frame]))) sum = add(sum, value);
    });
    return { resultBatch: sums([sum]) };
  }

  override aggregateWindowBatch({ executionId, partitionId, framesPerRow, frameStarts, frameEnds, ...request }: vgi.AggregateWindowBatchRequest): vgi.AggregateWindowBatchResponse {
    let next = 0;
    const results = framesPerRow.map((frames) => {
      const [from, to] = [next, (next += Number(frames))];
      const { resultBatch } = this.aggregateWindow({ ...request, executionId, partitionId, rid: 0n, frameStarts: frameStarts.slice(from, to), frameEnds: frameEnds.slice(from, to) });
      return resultBatch.column(0).get(0) as Sum;
    });
    return { resultBatch: sums(results) };
  }

  override aggregateStreamingOpen({ partitionKeyCount, orderKeyCount }: vgi.AggregateStreamingOpenRequest): vgi.AggregateStreamingOpenResponse {
    const executionId = this.#aggregates.open();
    this.#aggregates.of(executionId).keyCount = { partition: Number(partitionKeyCount), order: Number(orderKeyCount) };
    return { executionId };
  }

  override aggregateStreamingChunk({ executionId, inputBatch }: vgi.AggregateStreamingChunkRequest): vgi.AggregateStreamingChunkResponse {
    const { running, keyCount } = this.#aggregates.of(executionId);
    const values = inputBatch.columns[keyCount.partition + keyCount.order];
    const results = Array.from({ length: inputBatch.numRows }, (_, row) => {
      const key = inputBatch.columns.slice(0, keyCount.partition).map((column) => String(column.get(row))).join('\n');
      const sum = add(running.get(key) ?? null, values?.get(row));
      running.set(key, sum);
      return sum;
    });
    return { resultBatch: sums(results) };
  }

  override aggregateStreamingClose(): vgi.AggregateStreamingCloseResponse {
    return {};
  }
}
