import type { CallOptions } from '../rpc/client-connection.ts';

/** The signal that ends a request: the caller's, or the time. */
export function deadline({ signal, timeout }: CallOptions): AbortSignal | undefined {
  if (timeout === undefined) return signal;
  const timer = AbortSignal.timeout(timeout);
  return signal ? AbortSignal.any([signal, timer]) : timer;
}
