import type { CallOptions } from './client-connection.ts';
import { RpcError } from './errors.ts';

/** The caller gave up. Never seen outside: callers get the reason. */
export class CallAborted extends Error {
  /** What the caller is told: the reason of its signal, or a `TimeoutError`. */
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('aborted');
    this.reason = reason;
  }
}

/**
 * The result of the work, or a `CallAborted` if the signal is aborted or the time is up before. The work goes on then; who started it has to
 * end it.
 */
export function abortable<T>(work: Promise<T>, { signal, timeout }: CallOptions, method: string): Promise<T> {
  if (signal === undefined && timeout === undefined) return work;
  return new Promise((resolve, reject) => {
    const settled = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const stop = (reason: unknown): void => {
      settled();
      reject(new CallAborted(reason));
    };
    const onAbort = (): void => stop(signal?.reason);
    const onTimeout = (): void => stop(new RpcError(`${method}: no answer within ${timeout} ms`, { type: 'TimeoutError' }));
    const timer = timeout === undefined ? undefined : setTimeout(onTimeout, timeout);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort);
    work.then(resolve, reject).finally(settled);
  });
}
