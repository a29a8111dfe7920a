import type { CallOptions } from '../rpc/client-connection.ts';
import { RpcError } from '../rpc/errors.ts';

/** Runs requests of a call until the caller aborts, which rejects with the reason, or the time is up, which is a `TimeoutError`. */
export async function withDeadline<T>({ signal, timeout }: CallOptions, method: string, run: (signal: AbortSignal | undefined) => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  const timer = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  try {
    return await run(signal && timer ? AbortSignal.any([signal, timer]) : (signal ?? timer));
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (timer?.aborted) throw new RpcError(`${method}: no answer within ${timeout} ms`, { type: 'TimeoutError' });
    throw error;
  }
}
