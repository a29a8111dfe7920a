import type { CallContext, ColumnValuesOf, ResumableExchange } from 'vgi-gen/runtime/v1';
import { rows, type Rows } from './rows.ts';

/** The one column that most exchanges of the service take and give. */
export interface Numbers {
  readonly value: ColumnValuesOf<number>;
}

/** Answers each turn with what `answer` makes of it; keeps nothing from turn to turn. */
export function perTurn<In, Out>(answer: (input: In, context: CallContext) => Out): ResumableExchange<In, Out, Record<string, never>> {
  return { state: {}, exchange: (_state, input, context) => answer(input, context) };
}

export function scaled(factor: number): ResumableExchange<Numbers, Numbers> {
  return perTurn(({ value }) => ({ value: value instanceof Float64Array ? value.map((x) => x * factor) : Array.from(value, (x) => (x === null ? null : x * factor)) }));
}

export function echoed(before?: (context: CallContext) => void): ResumableExchange<Numbers, Numbers> {
  return perTurn((input, context) => {
    before?.(context);
    return input;
  });
}

/** The input back, until turn `failOn` (counted from 1) throws. */
export function failingOn(failOn: bigint, failure: (turn: number) => Error): ResumableExchange<Numbers, Numbers, { turn: number }> {
  return {
    state: { turn: 0 },
    exchange(state, input) {
      state.turn += 1;
      if (state.turn >= failOn) throw failure(state.turn);
      return input;
    },
  };
}

export interface RunningSum {
  readonly running_sum: Float64Array;
  readonly exchange_count: BigInt64Array;
}

export function accumulated(): ResumableExchange<Numbers, RunningSum, { sum: number; turns: number }> {
  return {
    state: { sum: 0, turns: 0 },
    exchange(state, { value }) {
      let turnSum = 0;
      for (const number of value) turnSum += number ?? 0;
      state.sum += turnSum;
      state.turns += 1;
      return { running_sum: Float64Array.of(state.sum), exchange_count: BigInt64Array.of(BigInt(state.turns)) };
    },
  };
}

/** The same rows whatever comes in. */
export function constantRows(count: bigint): ResumableExchange<unknown, Rows> {
  return perTurn(() => rows(0, Number(count)));
}

export interface DescribedInput {
  readonly seen: readonly string[];
  readonly keys: readonly string[];
}

/** Says of each input what metadata it had. */
export function describedInput(): ResumableExchange<unknown, DescribedInput> {
  return perTurn((_input, { inputMetadata }) => ({ seen: [inputMetadata.get('vgi.conformance.input') ?? ''], keys: [[...inputMetadata.keys()].sort().join(',')] }));
}
