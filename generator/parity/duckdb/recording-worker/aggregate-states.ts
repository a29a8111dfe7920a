import { RpcError } from 'vgi-gen/runtime/v1';

/** Sum of the values seen; NULL before the first. */
export type Sum = bigint | null;

export const add = (sum: Sum, value: unknown): Sum => (value === null || value === undefined ? sum : (sum ?? 0n) + BigInt(value as bigint));

/** One aggregate call: its groups, and the window partitions that it was given. */
export class AggregateExecution {
  readonly groups = new Map<bigint, Sum>();
  readonly partitions = new Map<bigint, readonly unknown[]>();
  /** Sums of the partitions of a running aggregate, by their keys. */
  readonly running = new Map<string, Sum>();
  /** Of the columns of a running aggregate: how many come before the values. */
  keyCount = { partition: 0, order: 0 };
}

/** Aggregate calls by execution id. */
export class AggregateStates {
  readonly #executions = new Map<string, AggregateExecution>();

  open(): Uint8Array {
    const id = `aggregate ${this.#executions.size + 1}`;
    this.#executions.set(id, new AggregateExecution());
    return Buffer.from(id);
  }

  of(executionId: Uint8Array): AggregateExecution {
    const found = this.#executions.get(Buffer.from(executionId).toString());
    if (found === undefined) throw new RpcError('there is no such execution', { type: 'ValueError' });
    return found;
  }
}
