import { RpcError } from '../../runtime/rpc/errors.ts';
import type { MaybePromise } from '../../runtime/rpc/stream.ts';

/**
 * An error that names the function. What an author says by an `RpcError` is told as it is; the stack of others stays that of the place where
 * they happened.
 */
export function namedError(name: string, error: unknown): unknown {
  if (error instanceof RpcError || !(error instanceof Error) || error.message.startsWith(`${name}: `)) return error;
  error.message = `${name}: ${error.message}`;
  return error;
}

/** Runs code of a function; errors name it. */
export function naming<T>(name: string, run: () => MaybePromise<T>): MaybePromise<T> {
  try {
    const result = run();
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw namedError(name, error);
    });
  } catch (error) {
    throw namedError(name, error);
  }
}
