import { errorMessage, errorType, RpcError } from '../runtime/rpc/errors.ts';
import type { RpcServer } from '../runtime/rpc/server.ts';

/**
 * Has clients told why their calls end when the process does: by `process.exit`, or by an error that nobody caught. Of a process that is
 * killed nobody is told.
 */
export function tellOfExit(server: RpcServer): void {
  let cause: string | undefined;
  process.once('uncaughtExceptionMonitor', (error) => {
    cause = `nobody caught ${errorType(error)}: ${errorMessage(error)}`;
  });
  process.once('exit', (code) => {
    server.abandon(new RpcError(`the worker process ended before the call was done: ${cause ?? `exit code ${code}`}`, { type: 'WorkerExit' }));
  });
}
