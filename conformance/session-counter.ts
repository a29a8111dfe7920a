import type { CallContext, ColumnValuesOf, ResumableExchange, ResumableProducer } from 'vgi-gen/runtime/v1';
import { runtimeError } from './python-errors.ts';
import { perTurn } from './exchanges.ts';

/** What a session of the service holds. */
class SessionCounter {
  value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }
}

export interface CounterRow {
  readonly value: BigInt64Array;
}

export function openCounter(initial: bigint, { session }: CallContext): bigint {
  session.open(new SessionCounter(initial));
  return initial;
}

/** Adds to the counter of the session and gives its new value. Throws a `RuntimeError` if the request has no session. */
export function addToCounter(by: bigint, context: CallContext): bigint {
  const counter = counterOf(context);
  counter.value += by;
  return counter.value;
}

export function closeCounter(context: CallContext): bigint {
  const { value } = counterOf(context);
  context.session.close();
  return value;
}

/** `count` rows, each after adding 1. Throws a `RuntimeError` at once if the request has no session. */
export function countedInSession(count: bigint, opening: CallContext): ResumableProducer<CounterRow, { sent: number }> {
  counterOf(opening);
  return {
    state: { sent: 0 },
    produce(state, context) {
      if (state.sent >= count) return undefined;
      state.sent += 1;
      return { value: BigInt64Array.of(addToCounter(1n, context)) };
    },
  };
}

/** Per turn the counter after adding the sum of the input. Throws a `RuntimeError` at once if the request has no session. */
export function addedInSession(opening: CallContext): ResumableExchange<{ readonly by: ColumnValuesOf<bigint> }, CounterRow> {
  counterOf(opening);
  return perTurn(({ by }, context) => {
    let sum = 0n;
    for (const summand of by) sum += summand ?? 0n;
    return { value: BigInt64Array.of(addToCounter(sum, context)) };
  });
}

function counterOf({ session }: CallContext): SessionCounter {
  if (session.state instanceof SessionCounter) return session.state;
  throw runtimeError('no sticky counter bound to this request');
}
