import type { MaybePromise } from '../../runtime/rpc/stream.ts';

/** Batches of one scan, or of one item of its work, one at a time. */
export interface ScanRows<G> {
  next(): MaybePromise<IteratorResult<G>>;
  /** Gives up the rest. */
  return?(): MaybePromise<unknown>;
}

/** Rows from a generator, or from anything else that can be iterated. */
export function iteratedRows<G>(source: AsyncIterable<G> | Iterable<G>): ScanRows<G> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : (source as Iterable<G>)[Symbol.iterator]();
}

/** Rows whose whole progress is in a state. */
export function steppedRows<G, S>(state: S, next: (state: S) => MaybePromise<G | undefined>): ScanRows<G> {
  const result = (value: G | undefined): IteratorResult<G> => (value === undefined ? { done: true, value: undefined } : { done: false, value });
  return {
    next: () => {
      const value = next(state);
      return value instanceof Promise ? value.then(result) : result(value);
    },
  };
}
